"""E-mail from raw bytes: read whatever was sent, keep it once, never raise.

The structure is found in the bytes themselves (``structure``), not in text that was decoded too early; charsets are
taken as senders mean them (``charsets``), headers are read word by word (``headers``).
"""
