"""Toolshed: neighbours lend their tools to a project."""
