"""Where the page of a record is (kept by the journal, which links to records of any kind)."""

from huiyin.journal.links import kind_name, record_url, register

__all__ = ["kind_name", "record_url", "register"]
