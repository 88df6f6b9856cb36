"""A plugin for the tests: uses every extension point of the platform, and can be told to fail."""
