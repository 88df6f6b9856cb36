"""Its records break the rules, each another one."""
