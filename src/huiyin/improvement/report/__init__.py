"""The report of a case (8D): disciplines, tables and their rows, the editor that saves in place, weak points."""
