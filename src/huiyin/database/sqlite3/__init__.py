"""The database engine for SQLite: Django's, with cursors that know a statement they have seen;
not used with the switch off.
"""
