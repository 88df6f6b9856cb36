"""The engine: everything about GraphQL that knows nothing of pilots, initiatives or plugins' domains."""
