"""Its field couldn't be null where the plugin is off."""
