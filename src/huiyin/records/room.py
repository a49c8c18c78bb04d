"""What this room tells the house."""

from __future__ import annotations

from huiyin.journal.kinds import register_part
from huiyin.records import phrases  # noqa: F401 - the sentences make themselves known
from huiyin.records.models import Attachment, Comment, Link, Signature
from huiyin.ui.rooms import Room


def _declare_parts() -> None:
    """Tell the journal which rows any record may have."""
    for part in (Attachment, Comment, Signature, Link):
        register_part(part.part_kind, part)


ROOM = Room(name="records", urls=(("", "huiyin.records.urls"),), menu=(), on_start=(_declare_parts,))
