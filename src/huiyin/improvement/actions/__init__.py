"""Every write on problem cases, by what is done."""
