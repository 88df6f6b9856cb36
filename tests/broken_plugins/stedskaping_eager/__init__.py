"""Is on by default, but what it needs isn't."""
