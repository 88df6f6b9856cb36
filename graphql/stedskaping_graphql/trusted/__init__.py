"""Trusted documents: operations that are stored on the server and asked for by the hash of their text."""
