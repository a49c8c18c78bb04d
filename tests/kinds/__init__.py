"""What is said of each kind of record, a file a kind; and the tests that look at all of them alike."""
