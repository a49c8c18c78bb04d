"""The list of a declared kind, the same as a board and a calendar, and one step for many of it."""
