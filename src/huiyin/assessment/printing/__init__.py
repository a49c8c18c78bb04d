"""The printed assessment sheet."""
