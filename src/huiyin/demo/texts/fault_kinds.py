"""What a kind of fault is made of: words of the customer, causes, measures and answers, and how packs would sort it."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.kernel.text import Text


@dataclass(frozen=True, slots=True)
class FaultCause:
    """Why it happened, in the department that plays ``function``, and what that department does about it."""

    function: str
    text: Text
    interim: Text
    corrective: Text
    preventive: Text


@dataclass(frozen=True, slots=True)
class FaultKind:
    """One kind of fault customers complain of; ``share`` says how frequent it is beside the others.

    ``defects``, ``contents``, ``severities``, ``demands`` and ``verdicts`` are option keys in order of preference: the
    first that the pack's catalogue has is taken. ``families`` are the goods it can befall, none meaning any.
    Places in the words: {model}, {batch}, {n}, {total}, {unit}.
    """

    key: str
    share: int
    quality: bool
    defects: tuple[str, ...]
    contents: tuple[str, ...]
    severities: tuple[str, ...]
    demands: tuple[str, ...]
    problem: tuple[Text, ...]
    found: tuple[Text, ...]
    causes: tuple[FaultCause, ...]
    answer: tuple[Text, ...]
    verdicts: tuple[str, ...] = ("justified",)
    families: frozenset[str] = frozenset()
    detection: tuple[str, ...] = ("incoming", "line", "installation", "use-in-warranty")
