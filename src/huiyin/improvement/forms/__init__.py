"""Forms of this room: opening and facts, the steps, the rows of the report."""
