"""The customer file: who our customers are, the people we speak to there, what was delivered to them and under what warranty."""
