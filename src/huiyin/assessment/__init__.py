"""What lateness and freight cost whom: weekly sheets, split, appeal, rewards, and a ledger that balances (P2 5)."""
