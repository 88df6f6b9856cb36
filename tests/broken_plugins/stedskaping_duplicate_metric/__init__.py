"""Registers a metric twice."""
