"""Mobilisation: the people who follow a project and lend a hand."""
