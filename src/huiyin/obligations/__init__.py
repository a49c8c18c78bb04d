"""Who owes what to whom by when, under which clause, on which record: the one mechanism behind every deadline."""
