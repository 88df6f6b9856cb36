"""Needs a plugin that isn't installed."""
