"""People, pilots, guides, initiatives, journeys and the plugin contract."""
