"""A problem case on paper, in a workbook and for other systems: one reading of the case, several orders."""
