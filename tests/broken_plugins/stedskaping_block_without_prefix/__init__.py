"""Its block has a name that may be anybody's."""
