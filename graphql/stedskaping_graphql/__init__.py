"""The GraphQL API: schema assembly, batching, connections, execution and HTTP."""
