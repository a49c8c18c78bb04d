"""The report of a case (8D): its sections, tables, progress, saving in place, weak points."""
