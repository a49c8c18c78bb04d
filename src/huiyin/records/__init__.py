"""What every controlled record shares: number, state, steps, files, comments, signatures, search, print."""
