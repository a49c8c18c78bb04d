"""Forms without a network: what a telephone takes along and sends, what is merged, opened, kept."""
