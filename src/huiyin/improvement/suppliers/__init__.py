"""Corrective action of suppliers: a request, a link by which they answer without an account, review and effect."""
