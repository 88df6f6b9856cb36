"""Its GraphQL hook returns something else."""
