"""Reads a spreadsheet of fields, as people who make surveys write forms, into the draft of a kind of record.

Every problem is named by its cell, all of them at once; a sheet with a problem gives no draft.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from huiyin.kernel.text import Text, t
from huiyin.procedure.checks.kinds import MOST_FIELDS, RESERVED
from huiyin.procedure.describe import TYPES
from huiyin.procedure.draft_conditions import DraftCondition, read_conditions
from huiyin.procedure.mistakes import suggestion
from huiyin.procedure.shapes import LONGEST_EN, LONGEST_ZH

COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "name": ("字段", "字段名", "字段名称", "名称", "题目", "name", "field", "label", "question"),
        "english": ("english", "英文", "英文名", "英文名称", "en", "label::english"),
        "type": ("类型", "字段类型", "题型", "type"),
        "options": ("选项", "可选值", "options", "choices"),
        "required": ("必填", "是否必填", "required", "mandatory"),
        "shown": ("显示条件", "条件", "shown when", "shown", "relevant", "condition"),
        "table": ("明细", "子表", "所属明细", "table", "rows", "repeat"),
        "help": ("说明", "填写说明", "提示", "help", "hint"),
        "help_english": ("英文说明", "help english", "english help", "hint::english"),
    }
)
"""What the heads of the columns may be called."""
IGNORED = ("", "序号", "no", "no.", "#", "备注", "note", "notes")
ALIASES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "text": ("文本", "单行文本", "填空", "string"),
        "longtext": ("多行文本", "长文本", "文本域", "longtext", "textarea", "multiline"),
        "number": ("数值", "整数", "小数", "integer", "decimal", "int"),
        "date": ("年月日",),
        "moment": ("时刻", "datetime", "date time"),
        "choice": ("选择", "下拉", "下拉框", "单选框", "select", "select one", "select_one", "radio"),
        "choices": ("复选", "复选框", "select multiple", "select_multiple", "checkbox", "multiple choice"),
        "yesno": ("是/否", "是否题", "yes/no", "boolean", "bool"),
        "money": ("金额(元)", "amount", "price"),
        "percent": ("%",),
        "customer": ("顾客",),
        "file": ("文件", "上传", "attachment"),
        "photo": ("图片", "拍照", "image", "photo"),
        "signature": ("签字", "签章"),
        "telephone": ("手机", "手机号", "联系电话", "phone"),
        "email": ("电子邮件", "e-mail", "email"),
        "link": ("网址", "url"),
        "score": ("打分", "rating"),
        "note": ("说明文字", "提示文字"),
    }
)
BY_HAND = ("record", "rows", "measured", "period", "duration")
"""Types that need more than a sheet of fields says."""
NOT_IN_ROWS = ("file", "photo", "note", "signature", "opinion")
YES = ("是", "必填", "yes", "y", "true", "1", "√", "✓", "*", "required")
NO = ("", "否", "选填", "no", "n", "false", "0", "×", "optional")
TASK = re.compile(r"\s*[（(](任务|task)[)）]\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Something wrong with one cell, by the name that spreadsheet programs give it: ``C5``."""

    cell: str
    problem: Text
    remedy: Text | None = None

    def show(self, language: str) -> str:
        """The problem in a line, with what would be right."""
        colon = ": " if language.startswith("en") else "："
        arrow = f"\n    → {self.remedy.show(language)}" if self.remedy is not None else ""
        return f"{self.cell}{colon}{self.problem.show(language)}{arrow}"


@dataclass(slots=True)
class DraftField:
    """One line of the sheet."""

    row: int
    name: str
    label: Text
    type: str
    options: tuple[tuple[str, Text], ...] = ()
    required: bool = False
    help: Text | None = None
    shown: tuple[DraftCondition, ...] = ()


@dataclass(slots=True)
class DraftTable:
    """A child table of the form: its fields, and whether its rows are tasks."""

    name: str
    label: Text
    is_task: bool
    fields: list[DraftField] = field(default_factory=list)


@dataclass(slots=True)
class FormDraft:
    """What a sheet says: fields and tables in its order, and every problem."""

    items: list[DraftField | DraftTable] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)

    @property
    def fields(self) -> list[DraftField]:
        """The fields of the record itself."""
        return [one for one in self.items if isinstance(one, DraftField)]

    @property
    def untranslated(self) -> int:
        """How many fields and options have the same words in both languages."""
        labels = [one.label for one in self.items]
        rows = [each for one in self.items if isinstance(one, DraftTable) for each in one.fields]
        labels += [each.label for each in rows]
        labels += [label for each in (*self.fields, *rows) for _, label in each.options]
        return sum(one.zh == one.en for one in labels)


def read_draft(rows: Iterable[Sequence[str]]) -> FormDraft:
    """The draft of a form from the rows of a sheet; the first row that is not empty names the columns."""
    return _SheetReader().read(rows)


class _SheetReader:
    """Reads one sheet, line by line."""

    def __init__(self) -> None:
        self.draft = FormDraft()
        self.columns: dict[str, int] = {}
        self.tables: dict[str, DraftTable] = {}
        self.row = 0
        self.cells: Sequence[str] = ()

    def read(self, rows: Iterable[Sequence[str]]) -> FormDraft:
        for number, cells in enumerate(rows, 1):
            self.row, self.cells = number, [cell.strip() for cell in cells]
            if not any(self.cells):
                continue
            if not self.columns:
                self._heads()
                if "name" not in self.columns:
                    return self.draft
            else:
                self._line()
        if not self.draft.items and not self.draft.problems:
            self.wrong("name", t("表里没有字段", "There are no fields in the sheet."))
        count = sum(len(one.fields) if isinstance(one, DraftTable) else 1 for one in self.draft.items)
        if count > MOST_FIELDS:
            self.wrong("name", t("字段太多，最多 {most} 个", "Too many fields; at most {most}.", most=MOST_FIELDS))
        return self.draft

    def wrong(self, column: str, problem: Text, remedy: Text | None = None) -> None:
        cell = cell_name(self.columns.get(column, 0), self.row)
        self.draft.problems.append(CellProblem(cell, problem, remedy))

    def _heads(self) -> None:
        known = {word: name for name, words in COLUMNS.items() for word in words}
        for index, written in enumerate(self.cells):
            word = written.lower().rstrip("*：:").strip()
            name = known.get(word)
            cell = cell_name(index, self.row)
            if name in self.columns:
                self.draft.problems.append(CellProblem(cell, t("这一列写了两次", "This column stands there twice.")))
            elif name is not None:
                self.columns[name] = index
            elif word not in IGNORED:
                problem = t("没有「{word}」这一列", "There is no column “{word}”.", word=written)
                remedy = suggestion([words[0] for words in COLUMNS.values()], written)
                self.draft.problems.append(CellProblem(cell, problem, remedy))
        if "name" not in self.columns:
            problem = t("没有写字段名称的一列", "No column holds the names of the fields.")
            self.draft.problems.append(CellProblem(cell_name(0, self.row), problem, suggestion(COLUMNS["name"])))

    def _said(self, column: str) -> str:
        index = self.columns.get(column)
        return self.cells[index] if index is not None and index < len(self.cells) else ""

    def _line(self) -> None:
        if not self._said("name"):
            self.wrong("name", t("没有写字段名称", "The field has no name."))
            return
        table = self._table()
        among = table.fields if table is not None else self.draft.fields
        one = DraftField(self.row, "", self._label("name", "english"), self._type())
        one.name = self._key(one.label, [each.name for each in (among if table else self.draft.items)])
        if any(each.label.zh == one.label.zh for each in among):
            self.wrong("name", t("「{name}」写了两次", "“{name}” stands there twice.", name=one.label.zh))
        one.options = self._options(one.type)
        one.required = self._required()
        if self._said("help") or self._said("help_english"):
            zh = self._said("help") or self._said("help_english")
            one.help = Text(zh, self._said("help_english") or zh)
        one.shown = self._shown(among)
        if table is None:
            self.draft.items.append(one)
            return
        if one.type in NOT_IN_ROWS:
            problem = t("明细里不能有{type}", "Rows hold no {type}.", type=TYPES[one.type])
            self.wrong("type", problem, t("请放到表单上，或换一个类型", "Put it on the form, or take another type."))
        table.fields.append(one)

    def _label(self, column: str, english: str) -> Text:
        zh, en = self._said(column), self._said(english)
        for name, words, most in ((column, zh, LONGEST_ZH), (english, en, LONGEST_EN)):
            if len(words) > most:
                self.wrong(name, t("太长，最多 {most} 个字符", "Too long; at most {most} characters.", most=most))
        return Text(zh, en or zh)

    def _key(self, label: Text, taken: Iterable[str]) -> str:
        taken = set(taken)
        base = slug(label.en) or f"field_{self.row}"
        base = f"the_{base}"[:36] if base in RESERVED or not base[0].isalpha() else base[:36]
        found, count = base, 2
        while found in taken:
            found, count = f"{base}_{count}", count + 1
        return found

    def _table(self) -> DraftTable | None:
        written = self._said("table")
        if not written:
            return None
        if written not in self.tables:
            words = TASK.sub("", written)
            zh, _, en = words.partition("=")
            label = Text(zh.strip() or words, (en or zh).strip() or words)
            name = self._key(label, [each.name for each in self.draft.items])
            self.tables[written] = DraftTable(name, label, words != written)
            self.draft.items.append(self.tables[written])
        return self.tables[written]

    def _type(self) -> str:
        written = self._said("type")
        if not written:
            return "choice" if self._said("options") else "text"
        found = type_of(written)
        if found is None:
            known = [label.zh for key, label in TYPES.items() if key not in BY_HAND]
            problem = t("没有「{word}」这个类型", "There is no type “{word}”.", word=written)
            self.wrong("type", problem, suggestion(known, written))
            return "text"
        if found in BY_HAND:
            problem = t("「{word}」要在程序包里补写", "“{word}” needs more than a sheet can say.", word=written)
            remedy = t(
                "明细请写在“明细”一列；其余请先写成文字", "Rows go by the column of tables; write others as text first."
            )
            self.wrong("type", problem, remedy)
            return "text"
        return found

    def _options(self, kind: str) -> tuple[tuple[str, Text], ...]:
        found: dict[str, Text] = {}
        for index, words in enumerate(options_in(self._said("options")), 1):
            zh, _, en = (part.strip() for part in words.partition("="))
            if any(label.zh == zh for label in found.values()):
                self.wrong("options", t("选项「{word}」写了两次", "The option “{word}” stands there twice.", word=zh))
                continue
            key = slug(en or zh).replace("_", "-")[:30].strip("-") or f"o{index}"
            found[key if key not in found else f"{key[:26]}-{index}"] = Text(zh, en or zh)
            if len(zh) > LONGEST_ZH or len(en) > LONGEST_EN:
                self.wrong("options", t("选项太长", "An option is too long."))
        if kind in ("choice", "choices") and not found:
            self.wrong(
                "options", t("没有写选项", "The options are missing."), t("每行一个选项", "Write one on each line.")
            )
        elif kind not in ("choice", "choices") and found:
            self.wrong("options", t("只有单选和多选才有选项", "Only choices have options."))
            return ()
        return tuple(found.items())

    def _required(self) -> bool:
        written = self._said("required").lower()
        if written not in (*YES, *NO):
            problem = t("「{word}」不是是或否", "“{word}” is neither yes nor no.", word=written)
            self.wrong("required", problem, t("请写 是 或 否", "Write yes or no."))
        return written in YES

    def _shown(self, among: Sequence[DraftField]) -> tuple[DraftCondition, ...]:
        written = self._said("shown")
        if not written:
            return ()
        found, problems = read_conditions(written, among)
        for problem, remedy in problems:
            self.wrong("shown", problem, remedy)
        return found


def type_of(written: str) -> str | None:
    """The type that a word of the sheet means."""
    word = written.strip().lower()
    for key, label in TYPES.items():
        if word in (key, label.zh, label.en, *ALIASES.get(key, ())):
            return key
    return None


def options_in(written: str) -> list[str]:
    """The options in a cell: one on each line, or with semicolons or bars, or with commas, whichever is found first."""
    for marks in (r"\n", r"[;；|]", r"[、,，]"):
        if re.search(marks, written):
            return [each.strip() for each in re.split(marks, written) if each.strip()]
    return [written] if written else []


def slug(words: str) -> str:
    """A name in small letters, digits and underscores from English words; empty for words of another script."""
    if not words.isascii():
        return ""
    return re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_")


def cell_name(column: int, row: int) -> str:
    """A cell as spreadsheet programs name it: column 2, row 5 is ``C5``."""
    letters, column = "", column + 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
