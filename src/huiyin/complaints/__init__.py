"""Complaints: from the first telephone call to the closed loop (ISO 10002 clause 7; GB/T 19012)."""
