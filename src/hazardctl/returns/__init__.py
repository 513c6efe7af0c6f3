"""Returns (报送): periods, what is due when, what has come, who has to be reminded."""
