"""Huiyin 回音 runs a manufacturer's written customer-service procedure:
every complaint its answer, every clause its evidence.
"""
