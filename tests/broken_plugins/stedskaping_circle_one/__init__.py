"""Needs a plugin that needs it."""
