"""Its app can't be loaded."""
