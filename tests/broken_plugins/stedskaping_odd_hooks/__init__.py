"""Its hooks are written in ways that would never work."""
