"""``huiyin packs form``: the first draft of a kind of record from a spreadsheet of its fields."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from pathlib import Path
from tempfile import TemporaryDirectory

from huiyin.channels.spreadsheets import UnreadableFile, convert, rows_of
from huiyin.kernel.text import Text, t
from huiyin.procedure.command_answers import DONE, FOUND_WANTING, NOT_UNDERSTOOD, complain
from huiyin.procedure.draft_writing import draft_lines
from huiyin.procedure.lexicon import PRODUCT
from huiyin.procedure.sheet_drafts import FormDraft, read_draft, slug

KIND = re.compile(r"[a-z][a-z0-9-]{0,19}")
PLAIN_NAMES = re.compile(r"(sheet|工作表)\s*\d*", re.IGNORECASE)
"""What spreadsheet programs call a sheet that nobody has named."""


def packs_form(args: Namespace) -> int:
    """Print the draft; or name every problem by its cell and print nothing. ``args.kind`` is the kind's key."""
    try:
        name, draft = _read(args.file)
    except OSError as error:
        said = t("不能读取 {file}：{why}", "{file} cannot be read: {why}", file=args.file, why=error.strerror or error)
        return complain(said, args, NOT_UNDERSTOOD)
    except UnreadableFile as error:
        return complain(t("{file}：{why}", "{file}: {why}", file=args.file.name, why=error.reason), args, FOUND_WANTING)
    title = args.file.stem if not name or PLAIN_NAMES.fullmatch(name.strip()) else name
    kind = args.kind or _key_of(title)
    if not KIND.fullmatch(kind) or kind in PRODUCT.kinds:
        said = t(
            "请用 --kind 写一个键：小写字母开头，只用小写字母、数字和 -，最多 20 个字符，不与程序自带的类别同名：{kind}",
            "Give a key with --kind: small letters, digits and -, beginning with a letter, at most 20 characters, and "
            "no kind of the product: {kind}",
            kind=kind or "—",
        )
        return complain(said, args, NOT_UNDERSTOOD)
    for problem in draft.problems:
        sys.stderr.write(f"{args.file.name} {problem.show(args.language)}\n")
    if draft.problems:
        return FOUND_WANTING
    for line in draft_lines(draft, kind, Text(title[:100], title[:100])):
        sys.stdout.write(line + "\n")
    _say_untranslated(draft, args)
    return DONE


def _read(file: Path) -> tuple[str, FormDraft]:
    """The name of the first sheet, and what it says."""
    with file.open("rb"):  # so that a file that is not there is said by its name
        pass
    with TemporaryDirectory() as folder:
        rows = Path(folder) / "rows"
        sheet = convert(file, rows, suffix=file.suffix.lower())
        return sheet.name, read_draft(rows_of(rows))


def _key_of(title: str) -> str:
    """A key from the title of the sheet, where that is in English."""
    return slug(title).replace("_", "-")[:20].strip("-")


def _say_untranslated(draft: FormDraft, args: Namespace) -> None:
    if draft.untranslated:
        said = t(
            "{n} 个名称两种语言写的相同，请补上英文",
            "Names that are alike in both languages: {n}; translate them.",
            n=draft.untranslated,
        )
        sys.stderr.write(said.show(args.language) + "\n")
