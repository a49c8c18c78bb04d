"""Forms of complaints: input becomes clean values; nothing is written here."""
