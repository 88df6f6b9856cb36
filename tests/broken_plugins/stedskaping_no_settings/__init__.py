"""Its settings model doesn't exist."""
