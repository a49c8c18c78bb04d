"""``huiyin import KIND FILE``: the same run as on the page, in one go."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from huiyin.channels.imports import runs
from huiyin.channels.imports.importer import importer_of, importers
from huiyin.channels.models import ImportRun
from huiyin.channels.spreadsheets import UnreadableFile
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions

FAULTS_SHOWN = 50
CHUNK = 1 << 20


def run(args: Namespace) -> int:
    """Exit code 0 when every row was imported (or checked clean with --dry-run), 1 when none was."""
    language = args.language
    try:
        done = _run(args)
    except UnreadableFile as refusal:
        return _refuse(refusal.reason, language)
    if isinstance(done, Text):
        return _refuse(done, language)
    if args.json:
        sys.stdout.write(json.dumps(_as_json(done), ensure_ascii=False) + "\n")
    else:
        _say(done, language, dry=args.dry_run)
    return 0 if done.state in (ImportRun.READY, ImportRun.DONE) else 1


def _run(args: Namespace) -> ImportRun | Text:
    kinds = ", ".join(each.key for each in importers())
    if args.kind not in {each.key for each in importers()}:
        return t(
            "不能导入“{kind}”，可以导入：{kinds}",
            "“{kind}” cannot be imported; these can: {kinds}",
            kind=args.kind,
            kinds=kinds,
        )
    version = versions.active_version(args.at)
    if version is None:
        return t(
            "还没有生效的程序，请先运行 bin/huiyin adopt",
            "No procedure is in force; run bin/huiyin adopt first",
        )
    path = Path(args.file)
    if not path.is_file():
        return t("没有这个文件：{path}", "There is no such file: {path}", path=path)
    actor = Person.objects.filter(username__iexact=args.person).first() if args.person else None
    if args.person and actor is None:
        return t("没有用户“{name}”", "There is no user “{name}”", name=args.person)
    with path.open("rb") as file:
        chunks = iter(lambda: file.read(CHUNK), b"")
        made = runs.upload(args.kind, path.name, chunks, procedure_id=version.pk, actor=actor, at=args.at)
    return runs.check(made) if args.dry_run else runs.import_now(made, actor=actor, at=args.at)


def _refuse(reason: Text, language: str) -> int:
    sys.stderr.write(reason.show(language) + "\n")
    return 1


def _as_json(done: ImportRun) -> dict[str, Any]:
    return {
        "run": done.pk,
        "state": done.state,
        "rows": done.rows,
        "faults": done.faults,
        "columns": done.columns,
        "errors": done.errors,
    }


def _say(done: ImportRun, language: str, *, dry: bool) -> None:
    short = "en" if language.startswith("en") else "zh"
    procedure = versions.procedure_of(done.procedure_id)
    labels = {column.key: column.label.show(language) for column in importer_of(done.kind).columns(procedure)}
    for fault in done.errors[:FAULTS_SHOWN]:
        place = t("第 {row} 行", "row {row}", row=fault["row"]).show(language)
        where = " ".join(each for each in (place, labels.get(fault["column"], ""), fault["value"]) if each)
        sys.stdout.write(f"{where}: {fault[short]}\n")
    if done.state == ImportRun.DONE:
        said = t("已导入 {n} 行（第 {run} 批）", "{n} rows imported (run {run})", n=done.rows, run=done.pk)
    elif done.state == ImportRun.READY and dry:
        said = t("{n} 行都没有问题，未写入", "{n} rows, all of them clean; nothing was written", n=done.rows)
    elif not done.rows and not done.faults:
        said = t("表里没有数据行", "There are no rows of data in the sheet")
    else:
        said = t("{n} 处有误，一行也没有导入", "{n} faults; not a single row was imported", n=done.faults)
    sys.stdout.write(said.show(language) + "\n")
