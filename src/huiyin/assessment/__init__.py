"""What lateness and freight cost whom: weekly assessment sheets, split, appeal, rewards, and a ledger that balances (P2 5)."""
