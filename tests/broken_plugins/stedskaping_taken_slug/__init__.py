"""Its slug belongs to the platform."""
