"""Registers an event of somebody else."""
