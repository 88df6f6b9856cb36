"""Its hook takes a parameter that doesn't exist."""
