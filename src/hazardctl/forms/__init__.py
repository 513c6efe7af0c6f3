"""Workbooks to be filled in: ours for a unit, a superior's for us."""
