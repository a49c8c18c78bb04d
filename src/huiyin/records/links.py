"""Where the page of a record is (kept by the journal, which links to records of any kind)."""

from huiyin.journal.links import kind_name, number_said, record_url, register, subject_said

__all__ = ["kind_name", "number_said", "record_url", "register", "subject_said"]
