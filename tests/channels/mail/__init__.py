"""Mails as they come: read, taken in once, never lost."""
