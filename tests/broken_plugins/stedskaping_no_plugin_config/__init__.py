"""Its app is no plugin."""
