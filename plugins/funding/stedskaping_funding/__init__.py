"""Funding: budgets, and in time campaigns, grants and a ledger."""
