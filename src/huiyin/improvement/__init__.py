"""One problem, its cause found and ended once for all the complaints it explains: 8D and lighter paths of corrective action, correction asked of suppliers (ISO 9001 10.2)."""
