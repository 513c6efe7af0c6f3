"""The rules, one file a family; the tuples fix which run, and in which order their codes are listed."""
