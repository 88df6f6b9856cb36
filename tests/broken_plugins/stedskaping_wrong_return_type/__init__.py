"""Its hooks return something else."""
