"""Its metadata is empty, misspelt or belongs to somebody else."""
