"""Several people's versions of one file: told apart, merged, and settled where a person has to."""
