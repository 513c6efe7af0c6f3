"""Clerks' workbooks: where the table stands, what its headings mean, what its cells say, and what of it is new."""
