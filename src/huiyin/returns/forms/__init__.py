"""The forms of this room; rows of goods are fields with the row's place or id behind their name."""
