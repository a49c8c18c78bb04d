"""Approvals of declared records: whom a level asks, the rounds, and every step by which people sign."""
