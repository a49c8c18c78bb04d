"""What a record of a declared kind is about, as readers of either language have it.

It is stored in Chinese, so that it can be searched and put in order; what in it are words of the procedure (options,
departments, yes and no) is said in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from huiyin.kernel.text import Text
from huiyin.procedure.schema import Procedure
from huiyin.procedure.words import YES_NO

BETWEEN = " · "
"""What stands between two facts of a subject."""
ALSO = "、"
"""What stands between two options that were chosen together."""


def subject_in_both(kind: str, subject: str, procedure: Procedure) -> Text:
    """A stored subject in both languages; somebody's own words are the same in both."""
    english = {word.zh: word.en for word in _words(kind, procedure)}
    return Text(subject, BETWEEN.join(_fact(fact, english) for fact in subject.split(BETWEEN)))


def _fact(fact: str, english: Mapping[str, str]) -> str:
    chosen = fact.split(ALSO)
    return ", ".join(english[one] for one in chosen) if english.keys() >= set(chosen) else fact


def _words(kind: str, procedure: Procedure) -> Iterator[Text]:
    """The words of the procedure that the facts of a kind's subject may be."""
    names = procedure.vocabulary.declared[kind].subject if kind in procedure.vocabulary.declared else ()
    for field in procedure.fields_of(kind) if names else ():
        if field.name not in names:
            continue
        if field.type in ("choice", "choices"):
            yield from (option.label for option in procedure.catalogue(field.catalogue or ""))
        elif field.type == "department":
            yield from (department.name for department in procedure.departments)
        elif field.type == "yesno":
            yield from YES_NO.values()
