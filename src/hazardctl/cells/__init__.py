"""One cell: from what a clerk wrote to a value, without guessing."""
