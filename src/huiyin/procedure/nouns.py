"""What the company calls the records of a kind, where its procedure says so."""

from __future__ import annotations

from huiyin.kernel.text import Text
from huiyin.procedure.entries import Noun
from huiyin.procedure.schema import Procedure


def noun_of(procedure: Procedure | None, kind: str) -> Noun | None:
    """The company's names for a kind of record; None where the procedure leaves them to the product."""
    nouns = procedure.nouns if procedure is not None else ()
    return next((noun for noun in nouns if noun.key == kind), None)


def singular_of(procedure: Procedure | None, kind: str, usual: Text) -> Text:
    """What one record of the kind is called; ``usual`` where the procedure does not say."""
    noun = noun_of(procedure, kind)
    return noun.one if noun else usual


def plural_of(procedure: Procedure | None, kind: str, usual: Text) -> Text:
    """What the list of them is called; ``usual`` where the procedure does not say."""
    noun = noun_of(procedure, kind)
    return noun.many if noun else usual


def menu_label_of(procedure: Procedure | None, kind: str, usual: Text) -> Text:
    """What their place in the menu is called; ``usual`` where the procedure does not say."""
    noun = noun_of(procedure, kind)
    return noun.menu if noun else usual
