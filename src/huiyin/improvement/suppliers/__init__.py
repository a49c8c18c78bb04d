"""Corrective action of suppliers: a request, a link by which the supplier answers without an account, its review and effect."""
