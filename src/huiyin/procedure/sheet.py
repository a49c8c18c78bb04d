"""A merged pack under examination: its entries as far as they could be read, and the mistakes found so far."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, get_args

from pydantic import BaseModel, TypeAdapter, ValidationError

from huiyin.kernel.mistake import Invalid
from huiyin.kernel.text import Text, t
from huiyin.procedure.entries import Calendar, Header, PackEntry, StepEntry
from huiyin.procedure.kind_entries import FieldEntry, FunctionEntry, KindEntry
from huiyin.procedure.lexicon import PRODUCT, Vocabulary, vocabulary_of
from huiyin.procedure.locate import SourceLocation, TomlArray, TomlTable
from huiyin.procedure.merge import identity_of
from huiyin.procedure.mistakes import Mistake, format_path, suggestion
from huiyin.procedure.sections import SECTIONS
from huiyin.procedure.shapes import Words

VISIBILITY = TypeAdapter(dict[str, Words])
_WORDS = {"zh": "?", "en": "?"}
STAND_INS: Mapping[str, Any] = {
    "label": _WORDS,
    "title": _WORDS,
    "name": _WORDS,
    "version": "?",
    "timezone": "UTC",
    "currency": "XXX",
    "number": "?",
    "record": "",
    "department": "",
    "phase": "received",
    "type": "text",
    "by": ["anyone"],
    "opens": "",
    "closes": (),
    "owner": "",
    "within": "1 day",
    "starts": "",
    "ends": [""],
    "options": [{"key": "x", "label": _WORDS}],
    "levels": [{"who": "head", "limit": "unlimited"}],
    "brackets": [{"rate": "100%"}],
    "parts": [{"to": "head", "share": "100%"}],
}
"""What stands for a required value that could not be read; nothing is ever said about a stand-in. Keys have none."""
OF_A_KIND = ("approval", "field", "state", "step")
"""Sections whose entries say in their key of which kind of record they speak."""


@dataclass(frozen=True, slots=True)
class ParsedEntry:
    """One entry with the table it was read from; ``unread`` names what could not be read and has a stand-in."""

    section: str
    identity: str | None
    table: TomlTable
    entry: Any
    unread: frozenset[str] = frozenset()

    @property
    def is_whole(self) -> bool:
        """Whether all of the entry could be read."""
        return self.entry is not None and not self.unread

    def place(self, path: Iterable[str | int]) -> SourceLocation:
        """Where the value at ``path`` within the entry stands, or the nearest table around it."""
        place, node = self.table.place, self.table
        for part in path:
            if isinstance(node, TomlTable) and part in node.places:
                place, node = node.places[str(part)], node[str(part)]
            elif isinstance(node, TomlArray) and isinstance(part, int) and part < len(node):
                place, node = node.places[part], node[part]
            else:
                break
        return place

    def mistake(self, path: Iterable[str | int], problem: Text, remedy: Text) -> Mistake:
        """A mistake at ``path`` within the entry."""
        path = tuple(path)
        place = self.place(path)
        return Mistake(place.file, place.line, format_path(self.section, self.identity, path), problem, remedy)


@dataclass
class ParsedPack:
    """Everything of one pack; ``checks`` ask it and add their mistakes.

    ``warnings`` keep it from nothing; ``unheld`` are functions that only what it inherits names and nobody holds.
    """

    document: TomlTable
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)
    unheld: list[str] = field(default_factory=list)
    entries: dict[str, list[ParsedEntry]] = field(default_factory=dict)
    header: ParsedEntry | None = None
    calendar: ParsedEntry | None = None
    visibility: ParsedEntry | None = None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Every word that the pack may use: the product's, and those that it declares as far as it could be read."""
        return vocabulary_of(self)

    @property
    def product_kinds(self) -> Container[str]:
        """The kinds that the product knows."""
        return PRODUCT.kinds

    def is_declared(self, *kinds: str) -> bool:
        """Whether one of these is a kind of the pack's own."""
        return any(kind in self.vocabulary.declared for kind in kinds)

    def kind_entries(self) -> list[KindEntry]:
        """The kinds that could be read."""
        return [each.entry for each in self.of("kind")]

    def field_entries(self) -> list[FieldEntry]:
        """The fields that could be read."""
        return [each.entry for each in self.of("field")]

    def step_entries(self) -> list[StepEntry]:
        """The steps that could be read."""
        return [each.entry for each in self.of("step")]

    def function_entries(self) -> list[FunctionEntry]:
        """The functions that could be read."""
        return [each.entry for each in self.of("function")]

    def of(self, section: str) -> Sequence[ParsedEntry]:
        """The entries of a section that could be read."""
        return self._readable[section]

    def of_kind(self, section: str, kind: str) -> Sequence[ParsedEntry]:
        """The entries of a section that speak of one kind of record and could be read."""
        return self._by_kind.get((section, kind), ())

    @cached_property
    def _readable(self) -> dict[str, list[ParsedEntry]]:
        return {name: [each for each in entries if each.entry is not None] for name, entries in self.entries.items()}

    @cached_property
    def _by_kind(self) -> dict[tuple[str, str], list[ParsedEntry]]:
        found: dict[tuple[str, str], list[ParsedEntry]] = {}
        for section in OF_A_KIND:
            for each in self.of(section):
                found.setdefault((section, each.entry.kind), []).append(each)
        return found

    def keys(self, section: str) -> Mapping[str, None]:
        """The keys of a section, of unreadable entries too, in order."""
        return self._keys[section]

    @cached_property
    def _keys(self) -> dict[str, dict[str, None]]:
        return {
            name: dict.fromkeys(each.identity for each in entries if each.identity is not None)
            for name, entries in self.entries.items()
        }

    def names(self, section: str, kind: str) -> Sequence[str]:
        """What the keys of a section call their entries of one kind of record, those of unreadable entries too."""
        return self._names[section].get(kind, ())

    @cached_property
    def _names(self) -> dict[str, dict[str, list[str]]]:
        found: dict[str, dict[str, list[str]]] = {}
        for section in OF_A_KIND:
            of_kind = found.setdefault(section, {})
            for key in self.keys(section):
                kind, _, name = key.partition(".")
                of_kind.setdefault(kind, []).append(name)
        return found

    def is_whole(self, *sections: str) -> bool:
        """Whether every entry of these sections could be read entirely."""
        return all(each.is_whole for section in sections for each in self.entries[section])

    def wrong(self, located: ParsedEntry, path: Iterable[str | int], problem: Text, remedy: Text) -> None:
        """Note a mistake, unless it is about something that could not be read in the first place."""
        path = tuple(path)
        if not path or path[0] not in located.unread:
            self.mistakes.append(located.mistake(path, problem, remedy))

    def is_own(self, located: ParsedEntry, path: Iterable[str | int]) -> bool:
        """Whether the pack writes this value itself, rather than taking it from the pack below."""
        if self.header is None:
            return True
        own = self.header.table.place.file.partition("/")[0]
        return located.place(path).file.partition("/")[0] == own

    def known(
        self, located: ParsedEntry, path: Iterable[str | int], word: str, words: Iterable[str], what: Text
    ) -> bool:
        """Whether ``word`` is one of ``words``; notes a mistake when it is not. ``what`` names the kind of word."""
        words = words if isinstance(words, Collection) else list(words)
        if word in words:
            return True
        problem = t("没有「{word}」这个{what}", "There is no {what} “{word}”.", word=word, what=what)
        self.wrong(located, path, problem, suggestion(words, word))
        return False


def read(document: TomlTable) -> ParsedPack:
    """The sheet of a merged document: every entry's shape checked, all mistakes noted."""
    sheet = ParsedPack(document)
    sheet.header = _single(sheet, "pack", Header)
    sheet.calendar = _single(sheet, "calendar", Calendar)
    visibility = document.get("visibility", TomlTable(document.place))
    sheet.visibility = _located(sheet, "visibility", None, visibility, VISIBILITY)
    for section, (_, model) in SECTIONS.items():
        tables = document.get(section, ())
        sheet.entries[section] = [_located(sheet, section, identity_of(section, x), x, model) for x in tables]
    return sheet


def _single(sheet: ParsedPack, section: str, model: type[PackEntry]) -> ParsedEntry | None:
    table = sheet.document.get(section)
    if table is not None:
        return _located(sheet, section, None, table, model)
    place = sheet.document.place
    problem = t("缺少 [{name}] 表", "The table [{name}] is missing.", name=section)
    remedy = t("请加上 [{name}]", "Add [{name}].", name=section)
    sheet.mistakes.append(Mistake(place.file, place.line, section, problem, remedy))
    return None


def _located(
    sheet: ParsedPack, section: str, identity: str | None, table: TomlTable, model: type[PackEntry] | TypeAdapter[Any]
) -> ParsedEntry:
    """Read one entry; what is wrong in it is noted and left out, so that the rest can still be checked."""
    try:
        return ParsedEntry(section, identity, table, _validate(model, table))
    except ValidationError as error:
        faults = error.errors(include_url=False)
    unread = frozenset(str(fault["loc"][0]) for fault in faults if fault["loc"])
    nothing = ParsedEntry(section, identity, table, None)
    for fault in faults:
        problem, remedy = _say(fault, model)
        sheet.mistakes.append(nothing.mistake(_path(fault), problem, remedy))
    left = {key: value for key, value in table.items() if key not in unread}
    try:
        return ParsedEntry(section, identity, table, _validate(model, _stand_ins(model) | left), unread)
    except ValidationError:
        return nothing


def _stand_ins(model: type[PackEntry] | TypeAdapter[Any]) -> dict[str, Any]:
    """Values in the place of required ones that could not be read, so that the rest of the entry can be checked."""
    if isinstance(model, TypeAdapter):
        return {}
    required = [info.alias or name for name, info in model.model_fields.items() if info.is_required()]
    return {name: STAND_INS[name] for name in required if name in STAND_INS}


def _validate(model: type[PackEntry] | TypeAdapter[Any], values: Mapping[str, Any]) -> Any:
    if isinstance(model, TypeAdapter):
        return model.validate_python(dict(values))
    return model.model_validate(dict(values))


def _path(fault: Any) -> tuple[str | int, ...]:
    """The place a fault speaks of, without what the validation library adds for itself."""
    return tuple(part for part in fault["loc"] if part != "[key]")


_TYPES: dict[str, tuple[Text, Text]] = {
    "string_type": (
        t("这里要文字", "This must be words."),
        t('请写在引号里："…"', 'Write it in quotes: "…".'),
    ),
    "tuple_type": (t("这里要列表", "This must be a list."), t('请写成 ["…", "…"]', 'Write ["…", "…"].')),
    "list_type": (t("这里要列表", "This must be a list."), t('请写成 ["…", "…"]', 'Write ["…", "…"].')),
    "bool_type": (t("这里要 true 或 false", "This must be true or false."), suggestion(["true", "false"])),
    "model_type": (
        t("这里要一张表", "This must be a table."),
        t("请写成 {pattern}", "Write {pattern}.", pattern="{ … }"),
    ),
    "too_short": (t("列表不能为空", "The list must not be empty."), t("请至少写一项", "Give at least one.")),
    "string_too_short": (t("不能为空", "This must not be empty."), t("请填写", "Fill it in.")),
    "string_pattern_mismatch": (
        t("写法不对", "This is not written right."),
        t(
            "键用小写字母、数字、- _ 和 .；货币用三个大写字母；条款号首尾不留空格",
            "Keys hold small letters, digits, - _ and . ; a currency three capitals; clause numbers no outer spaces.",
        ),
    ),
}


def _say(fault: Any, model: type[PackEntry] | TypeAdapter[Any]) -> tuple[Text, Text]:
    kind, name = fault["type"], str(fault["loc"][-1]) if fault["loc"] else ""
    raised = fault.get("ctx", {}).get("error")
    if isinstance(raised, Invalid):
        return raised.problem, raised.remedy
    if kind == "missing":
        return t("缺少 {name}", "“{name}” is missing.", name=name), t("请补上 {name}", "Add {name}.", name=name)
    if kind == "extra_forbidden":
        problem = t("没有「{name}」这一项", "There is no “{name}” here.", name=name)
        return problem, suggestion(_names_at(model, fault["loc"][:-1]), name)
    if kind == "string_too_long":
        most = fault["ctx"]["max_length"]
        return (
            t("太长", "This is too long."),
            t("最多 {most} 个字符", "Use at most {most} characters.", most=most),
        )
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return _TYPES["model_type"]
    return _TYPES.get(kind) or (
        t("写法不对：{said}", "{said}", said=fault["msg"]),
        t("请更正", "Correct it."),
    )


def _names_at(model: Any, path: Iterable[str | int]) -> list[str]:
    """The names an entry (or a table within it) may hold."""
    for part in path:
        if isinstance(part, str) and isinstance(model, type) and issubclass(model, BaseModel):
            named = {info.alias or name: info.annotation for name, info in model.model_fields.items()}
            model = _model_in(named.get(part)) or model
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return []
    return [info.alias or name for name, info in model.model_fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for inner in get_args(annotation) if (found := _model_in(inner))), None)
