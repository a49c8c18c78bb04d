"""The customer file: who our customers are, whom we speak to there, what was delivered and under what warranty."""
