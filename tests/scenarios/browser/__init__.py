"""Whole procedures walked in a real browser, each step by the colleague whose it is."""
