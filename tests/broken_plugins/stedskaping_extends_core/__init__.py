"""Adds fields to a type of the platform, past the switch."""
