"""A hook raises at start."""
