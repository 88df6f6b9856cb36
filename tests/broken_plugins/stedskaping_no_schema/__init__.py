"""graphql-core refuses its type."""
