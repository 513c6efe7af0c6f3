"""Tables as they are published: frozen, corrected, traced to what stands behind them."""

BASES = ("live", "submitted", "frozen", "restated")
"""What a table is made of: the ledgers now, as they were sent, as they were frozen, or that with its errata."""
