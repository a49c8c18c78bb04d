"""The words a pack may choose from: kinds, verbs, events, guards, fields, catalogues and layouts, filled by the rooms
at start-up.

A room declares its words in its own ``vocabulary.py`` (pure declarations) and attaches the guards' code in
``guards.py``:

    @vocabulary.check("complaint", "has_customer")
    def has_customer(s: GuardContext) -> Reasons: ...

Functions of a department, phases and the events every record has are the same in all companies and stand here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar

from huiyin.kernel.text import Text, t
from huiyin.procedure.generic_guards import generic_refusals
from huiyin.procedure.held_back import HeldUntil

Answer = Text | Iterable[Text] | bool | None
Check = Callable[..., Answer]
CheckT = TypeVar("CheckT", bound=Check)

FUNCTIONS: Mapping[str, Text] = MappingProxyType(
    {
        "reception": t("客户受理", "Reception"),
        "quality": t("质量", "Quality"),
        "technical": t("技术", "Technical"),
        "production": t("生产", "Production"),
        "purchasing": t("采购", "Purchasing"),
        "warehouse": t("仓储物流", "Warehouse"),
        "finance": t("财务", "Finance"),
        "field-service": t("现场服务", "Field service"),
        "office": t("办公室", "Office"),
        "legal": t("法务", "Legal"),
        "management": t("管理层", "Management"),
        "auditor": t("审核员", "Auditor"),
    }
)
"""What part a department plays; each pack maps its own departments to these."""

PHASES: Mapping[str, Text] = MappingProxyType(
    {
        "received": t("受理", "Received"),
        "verification": t("核实", "Verification"),
        "handling": t("处理", "Handling"),
        "answer": t("答复", "Answer"),
        "acceptance": t("客户确认", "Acceptance"),
        "follow-up": t("回访", "Follow-up"),
        "closed": t("结案", "Closed"),
        "void": t("作废", "Void"),
    }
)
"""What every state of every company counts as; figures use phases only."""

LAST_PHASES = frozenset({"closed", "void"})
"""Phases in which a record may stay for ever."""

BUILT_IN = "record"
"""The kind of the events that any record may have without a step table."""


@dataclass(frozen=True, slots=True)
class DeclaredKind:
    """What a step table, a number or a visibility is about; a record of it may be made for one of ``opens_from``.

    ``is_case``: it is worked on until it ends, so that somebody owes what comes next; a file is kept and is none.
    """

    key: str
    label: Text
    part_of: str | None
    has_own_fields: bool = False
    opens_from: tuple[str, ...] = ()
    is_case: bool = True

    @property
    def is_numbered(self) -> bool:
        """Whether its records have numbers of their own; a part is known by its record."""
        return self.part_of is None


@dataclass(frozen=True, slots=True)
class Verb:
    """A step a pack may place in its step table; taking it writes ``event`` into the journal.

    ``within`` are the steps by whose forms it is taken too, where it has none of its own: of a part that so comes
    about, or moves with its record. ``ends``: it leads on nowhere, but out of the procedure. ``never_when_void``: a
    part's step that cannot be taken any more when its record is void. ``passes_on``: whose place another takes by it
    (``owner``).
    """

    key: str
    event: str
    label: Text
    within: tuple[str, ...] = ()
    ends: bool = False
    never_when_void: bool = False
    passes_on: str = ""

    @property
    def kind(self) -> str:
        """The kind of record the verb acts on."""
        return self.key.partition(".")[0]

    @property
    def name(self) -> str:
        """The verb without its kind."""
        return self.key.partition(".")[2]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, as obligations, pauses and evidence name it.

    ``promises``: its payload may carry ``promised_at``, so that an obligation may be due then. ``tells_period``: it
    carries the ``period`` (its key) that it speaks of, so that it may fulfil what is owed for that. By an event that
    ``reports`` somebody reports something: what it opens or fulfils never costs anybody anything. One that ``undoes``
    others gives back what these had settled; where nobody had done them (an automatic mail files itself) it is owed
    what the events it ``takes_up`` would have opened. What no step writes as its own comes with one of the steps
    ``told_by``; where none is named, at any time.
    """

    key: str
    label: Text
    promises: bool = False
    tells_period: bool = False
    reports: bool = False
    undoes: tuple[str, ...] = ()
    takes_up: tuple[str, ...] = ()
    told_by: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of record it happens to; ``record`` when to any."""
        return self.key.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition a pack may put before a step; ``refusal`` is what the reader is told when it does not hold.

    ``holds_back`` says until when it refuses, as far as that is a matter of what is owed: where the guard holds, no
    duty is open that such an event ends, nor one of a part that stands elsewhere.
    """

    kind: str
    name: str
    label: Text
    refusal: Text
    holds_back: tuple[HeldUntil, ...] = ()


@dataclass(frozen=True, slots=True)
class DeclaredField:
    """A fact of a record that a step may require and an obligation may depend on."""

    kind: str
    name: str
    label: Text
    catalogue: str | None


@dataclass(frozen=True, slots=True)
class DeclaredCatalogue:
    """A list of choices whose options are the pack's; ``only`` limits the option keys where code depends on them."""

    key: str
    label: Text
    only: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeclaredLayout:
    """A sheet the product can print, and the kinds of record it prints."""

    key: str
    label: Text
    kinds: tuple[str, ...]


_kinds: dict[str, DeclaredKind] = {}
_verbs: dict[str, Verb] = {}
_events: dict[str, Event] = {}
_telling: set[str] = set()
_reserved: set[str] = set()
_guards: dict[tuple[str, str], Guard] = {}
_checks: dict[tuple[str, str], Check] = {}
_fields: dict[tuple[str, str], DeclaredField] = {}
_catalogues: dict[str, DeclaredCatalogue] = {}
_layouts: dict[str, DeclaredLayout] = {}

KINDS: Mapping[str, DeclaredKind] = MappingProxyType(_kinds)
VERBS: Mapping[str, Verb] = MappingProxyType(_verbs)
EVENTS: Mapping[str, Event] = MappingProxyType(_events)
PERIOD_EVENTS: Set[str] = _telling
"""Events that tell a period."""
RESERVED: Set[str] = _reserved
"""Words by which the journal knows records, documents, parts and events of the product: no kind of a pack's own."""
GUARDS: Mapping[tuple[str, str], Guard] = MappingProxyType(_guards)
FIELDS: Mapping[tuple[str, str], DeclaredField] = MappingProxyType(_fields)
CATALOGUES: Mapping[str, DeclaredCatalogue] = MappingProxyType(_catalogues)
LAYOUTS: Mapping[str, DeclaredLayout] = MappingProxyType(_layouts)

K = TypeVar("K")
V = TypeVar("V")


def _declare(words: dict[K, V], key: K, word: V) -> V:
    if words.get(key, word) != word:
        raise ValueError(f"{key!r} is declared twice with different meanings")
    words[key] = word
    return word


def reserve(word: str) -> None:
    """No pack may call a kind of its own by this word."""
    _reserved.add(word)


def kind(
    key: str,
    *,
    label: Text,
    part_of: str | None = None,
    has_own_fields: bool = False,
    opens_from: Iterable[str] = (),
    is_case: bool = True,
) -> DeclaredKind:
    """Declare a kind of record whose states and steps packs hold; ``part_of``: the kind on whose chain it is journaled.

    ``has_own_fields``: its pages ask and show what a company wants to know beside the built-in fields. ``opens_from``:
    from whose pages its records are opened, and tied to these as made for them. ``is_case`` as in ``DeclaredKind``.
    """
    return _declare(_kinds, key, DeclaredKind(key, label, part_of, has_own_fields, tuple(opens_from), is_case))


def verb(
    key: str,
    *,
    event: str,
    label: Text,
    happened: Text | None = None,
    within: Iterable[str] = (),
    ends: bool = False,
    never_when_void: bool = False,
    passes_on: str = "",
    **meaning: Any,
) -> Verb:
    """Declare the verb ``kind.name`` and the event it writes; ``happened`` says the event as a short label.

    ``within``, ``ends``, ``never_when_void`` and ``passes_on`` as in ``Verb``; ``meaning`` is what the event means
    beyond its label, as in ``Event``.
    """
    declare_event(event, label=happened or label, **meaning)
    return _declare(_verbs, key, Verb(key, event, label, tuple(within), ends, never_when_void, passes_on))


def declare_event(
    key: str,
    *,
    label: Text,
    promises: bool = False,
    tells_period: bool = False,
    reports: bool = False,
    undoes: Iterable[str] = (),
    takes_up: Iterable[str] = (),
    told_by: Iterable[str] = (),
) -> Event:
    """Declare an event; what it means beyond its label as in ``Event``."""
    made = Event(key, label, promises, tells_period, reports, tuple(undoes), tuple(takes_up), tuple(told_by))
    if tells_period:
        _telling.add(key)
    return _declare(_events, key, made)


def guard(name: str, *, kind: str, label: Text, refusal: Text, holds_back: Iterable[HeldUntil] = ()) -> Guard:
    """Declare a guard of ``kind``; its code is attached by ``check``."""
    return _declare(_guards, (kind, name), Guard(kind, name, label, refusal, tuple(holds_back)))


def field(kind: str, name: str, *, label: Text, catalogue: str | None = None) -> DeclaredField:
    """Declare a field of ``kind``; ``catalogue`` when its values are options of one."""
    return _declare(_fields, (kind, name), DeclaredField(kind, name, label, catalogue))


def catalogue(key: str, *, label: Text, only: Iterable[str] = ()) -> DeclaredCatalogue:
    """Declare a catalogue whose options packs fill."""
    return _declare(_catalogues, key, DeclaredCatalogue(key, label, tuple(only)))


def layout(key: str, *, label: Text, kind: str) -> DeclaredLayout:
    """Declare that records of ``kind`` can be printed in a layout, beside other kinds that declare the same one."""
    known = _layouts.get(key)
    if known is not None and known.label != label:
        raise ValueError(f"{key!r} is declared twice with different meanings")
    kinds = dict.fromkeys((*(known.kinds if known else ()), kind))
    _layouts[key] = DeclaredLayout(key, label, tuple(kinds))
    return _layouts[key]


def check(kind: str, name: str) -> Callable[[CheckT], CheckT]:
    """Attach the code of a declared guard.

    It answers None, True or no reasons when the guard holds; else reasons or False.
    """
    if (kind, name) not in _guards:
        raise ValueError(f"guard {name!r} of {kind!r} is not declared in the room's vocabulary")

    def attach(function: CheckT) -> CheckT:
        if _checks.setdefault((kind, name), function) is not function:
            raise ValueError(f"guard {name!r} of {kind!r} has its code twice")
        return function

    return attach


def guard_refusals(kind: str, name: str, *args: Any, **kwargs: Any) -> list[Text]:
    """Why the guard does not hold, asked with whatever its room's checks take; empty when it holds.

    Raises LookupError for a guard without code: a step must never pass because somebody forgot to write its condition.
    """
    if ":" in name:
        return list(generic_refusals(name, *args, **kwargs))
    try:
        function = _checks[kind, name]
    except KeyError:
        raise LookupError(f"guard {name!r} of {kind!r} has no code attached") from None
    answer = function(*args, **kwargs)
    if answer is None or answer is True:
        return []
    if answer is False:
        return [_guards[kind, name].refusal]
    return [answer] if isinstance(answer, Text) else list(answer)


def guards_without_check() -> list[tuple[str, str]]:
    """Declared guards without code, for the start-up check."""
    return sorted(_guards.keys() - _checks.keys())


def verb_of(kind: str, name: str) -> Verb | None:
    """The declared verb ``name`` of ``kind``, if there is one."""
    return _verbs.get(f"{kind}.{name}")


def verbs_writing(event: str) -> tuple[Verb, ...]:
    """Verbs that write ``event``."""
    return tuple(verb for verb in _verbs.values() if verb.event == event)


def undone_by(event: str) -> tuple[str, ...]:
    """The events that this one takes back."""
    return _events[event].undoes if event in _events else ()


def reporting() -> frozenset[str]:
    """Events by which somebody reports something."""
    return frozenset(event.key for event in _events.values() if event.reports)


def field_of(kind: str, name: str) -> DeclaredField | None:
    """The built-in field ``name`` of ``kind``; of a part also the fields of the record it belongs to."""
    found = _fields.get((kind, name))
    if found is None and (known := _kinds.get(kind)) and known.part_of:
        return field_of(known.part_of, name)
    return found


for _key, _label in (
    ("record.commented", t("留言", "Commented")),
    ("record.file_attached", t("附上文件", "File attached")),
    ("record.file_removed", t("撤下文件", "File removed")),
    ("record.signed", t("签字", "Signed")),
    ("record.printed", t("打印", "Printed")),
    ("record.exported", t("导出", "Exported")),
    ("record.linked", t("关联", "Tied")),
    ("record.unlinked", t("解除关联", "Tie undone")),
    ("record.signer_replaced", t("改由他人签署", "Somebody else asked to sign")),
    ("obligation.escalated", t("逾期升级", "Escalated")),
    ("obligation.fulfilled", t("在为此而办的记录上办理", "Done on a record made for it")),
    ("obligation.cancelled", t("因为此而办的记录不再应办", "Owed no more because of a record made for it")),
    ("obligation.brought_forward", t("期限提前", "Brought forward")),
    ("obligation.put_off", t("期限延后", "Put off")),
    ("obligation.called_for", t("因情况变化而应办", "Owed because facts changed")),
    ("obligation.released", t("因情况变化而免除", "Released because facts changed")),
    ("obligation.reckoned", t("期限重新推算", "Reckoned anew")),
    ("obligation.handed_over", t("因情况变化而改由他人承担", "Owed by another because facts changed")),
    ("obligation.promise_stands", t("约定的时间不变，落在别样的日子", "A promised moment stays on a day that changed")),
    ("obligation.due_changed", t("改期", "Due moment changed")),
):
    declare_event(_key, label=_label)
