"""How records of different rooms belong together, and what may be opened from one another."""
