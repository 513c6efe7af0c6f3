"""Files and locks: whole reads, whole writes, one writer at a time."""
