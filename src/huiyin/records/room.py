"""What this room tells the house."""

from __future__ import annotations

from huiyin.journal.kinds import register_part
from huiyin.obligations import ties
from huiyin.procedure import vocabulary
from huiyin.records import phrases  # noqa: F401 - the sentences make themselves known
from huiyin.records.lists.export import CHAIN
from huiyin.records.models import Attachment, Comment, Link, Signature
from huiyin.records.relations.relations import made_for
from huiyin.records.steps import guards  # noqa: F401 - they make themselves known
from huiyin.ui.rooms import Room


def _declare_parts() -> None:
    """Tell the journal which rows any record may have; what was exported has chains of its own."""
    for part in (Attachment, Comment, Signature, Link):
        register_part(part.part_kind, part)
    vocabulary.reserve(CHAIN)


def _declare_ties() -> None:
    """Tell what is owed where it may be done: on a record made for the one on which it is owed."""
    ties.register_ties(made_for)


ROOM = Room(name="records", urls=(("", "huiyin.records.urls"),), menu=(), on_start=(_declare_parts, _declare_ties))
