"""Tables as they are published: frozen, corrected, traced to what stands behind them."""
