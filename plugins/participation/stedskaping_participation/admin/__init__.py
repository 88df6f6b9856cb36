"""Proposals in the admin: a list, and a page per proposal where the team decides."""
