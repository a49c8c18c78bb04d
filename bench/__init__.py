"""Measures the pages on a real server with real data. Prints figures; never passes or fails on time."""
