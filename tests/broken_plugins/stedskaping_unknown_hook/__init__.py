"""Implements a hook that doesn't exist."""
