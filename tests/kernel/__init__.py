"""The kernel by itself: no database, no Django."""
