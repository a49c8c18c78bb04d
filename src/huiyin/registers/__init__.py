"""Records of kinds that a procedure declares itself: forms, their rows, steps and duties as data (decision 0025)."""
