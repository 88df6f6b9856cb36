"""Its hooks can't be imported."""
