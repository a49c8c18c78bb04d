"""One problem, its cause found and ended once for all the complaints it explains (ISO 9001 10.2).

8D and simplified corrective action; correction asked of suppliers.
"""
