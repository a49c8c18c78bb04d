"""Finding records by any fragment of two characters or more: grams, their index, suggestions."""
