"""One module for each kind of record: what happens to it and how much time passes between."""
