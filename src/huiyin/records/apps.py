"""Django's entry for this room."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "huiyin.records"
    label = "records"

    def ready(self) -> None:
        """Tell the journal which rows any record may have, and the sentences of what happens to them."""
        from huiyin.journal.kinds import register_part
        from huiyin.records import phrases  # noqa: F401
        from huiyin.records.models import Attachment, Comment, Link, Signature

        for part in (Attachment, Comment, Signature, Link):
            register_part(part.part_kind, part)
