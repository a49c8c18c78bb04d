"""Forms of cases: opening and facts, the steps, and the fields they share."""
