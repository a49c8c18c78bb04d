"""Forms of declared kinds and the pages on which they are filled in: steps, signatures, rows made anew."""
