"""Conformance: for each clause the evidence that it was followed in a period. Reads every room, owns nothing."""
