"""``huiyin doctor``: is this installation healthy?

Each finding in one sentence, with the remedy where something is wrong.
"""

from __future__ import annotations

import json
import shutil
import stat
import sys
import tempfile
from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import DatabaseError, connection

from huiyin.config import database, health
from huiyin.kernel.text import Text, t

Severity = Literal["well", "warning", "fault"]
LEAST_FREE = 200 * 1024 * 1024  # below this a fault: a large upload or the write-ahead log may not fit
ENOUGH_FREE = 2 * 1024 * 1024 * 1024
SEAL_LATENESS = timedelta(minutes=5)  # the worker seals at least each minute
BLOBS_NAMED = 10


@dataclass(frozen=True)
class Finding:
    """What one look showed: ``key`` names the look, ``level`` how bad it is."""

    key: str
    level: Severity
    text: Text


def command(args: Namespace) -> int:
    """Print every finding; exit code 1 when one of them is a fault."""
    found = examine(at=args.at)
    if args.json:
        rows = [{"key": f.key, "level": f.level, "text": f.text.show(args.language)} for f in found]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    else:
        words = {"well": t("正常", "well"), "warning": t("注意", "warning"), "fault": t("故障", "FAULT")}
        for finding in found:
            sys.stdout.write(f"{words[finding.level].show(args.language)}  {finding.text.show(args.language)}\n")
    return 1 if any(f.level == "fault" for f in found) else 0


def examine(*, at: datetime) -> list[Finding]:
    """Every finding, the database first: without it, what needs it is left out."""
    found = [*_library(), *_data_folder(), *_keys(), *_free_disk(), *_fonts()]
    ready = _migrations()
    found += ready
    if all(f.level == "well" for f in ready):
        needing: tuple[Callable[[datetime], Iterator[Finding]], ...] = (
            _pragmas,
            _worker,
            _seals,
            _holidays,
            _blobs,
        )
        for look in needing:
            found += look(at)
    return found


def _library() -> Iterator[Finding]:
    if reason := database.unsafe_sqlite():
        yield Finding("database-library", "fault", reason)
    elif connection.vendor == "sqlite":
        from sqlite3 import sqlite_version

        yield Finding("database-library", "well", t("SQLite {v}", "SQLite {v}", v=sqlite_version))


def _migrations() -> list[Finding]:
    try:
        waiting = database.pending()
    except DatabaseError as error:
        return [Finding("migrations", "fault", database.no_answer(error))]
    if waiting:
        said = t(
            "数据库还缺 {n} 个升级步骤，请运行 bin/huiyin migrate",
            "The database lacks {n} migrations; run bin/huiyin migrate",
            n=len(waiting),
        )
        return [Finding("migrations", "fault", said)]
    return [Finding("migrations", "well", t("数据库是最新版本", "The database is up to date"))]


def _pragmas(_at: datetime) -> Iterator[Finding]:
    """The promises of SQLite: write-ahead log, every commit on the disk, references kept."""
    if connection.vendor != "sqlite":
        return
    wanted: dict[str, object] = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    with connection.cursor() as cursor:
        for name, value in wanted.items():
            cursor.execute(f"PRAGMA {name}")
            found = cursor.fetchone()[0]
            if found != value:
                said = t(
                    "SQLite 的 {name} 是 {found}，应为 {value}",
                    "SQLite has {name} = {found}; it must be {value}",
                    name=name,
                    found=found,
                    value=value,
                )
                yield Finding("pragmas", "fault", said)
                return
    yield Finding("pragmas", "well", t("SQLite 设置正确", "SQLite is set as it must be"))


def _data_folder() -> Iterator[Finding]:
    folder = Path(settings.DATA)
    try:
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        said = t(
            "数据文件夹 {folder} 不能写入：{error}",
            "The data folder {folder} cannot be written: {error}",
            folder=folder,
            error=error.strerror,
        )
        yield Finding("data-folder", "fault", said)
    else:
        said = t("数据文件夹 {folder} 可以写入", "The data folder {folder} can be written", folder=folder)
        yield Finding("data-folder", "well", said)


def _keys() -> Iterator[Finding]:
    """Keys must be readable by their owner alone."""
    folder = Path(settings.KEYS)
    if not folder.is_dir():
        return
    open_ones = [p for p in (folder, *folder.iterdir()) if stat.S_IMODE(p.stat().st_mode) & 0o077]
    if open_ones:
        said = t(
            "别人也能读取 {path}，请运行 chmod -R go= {folder}",
            "Others can read {path}; run chmod -R go= {folder}",
            path=open_ones[0],
            folder=folder,
        )
        yield Finding("keys", "fault", said)
    else:
        yield Finding("keys", "well", t("密钥只有本用户能读", "Keys are readable by their owner alone"))


def _free_disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.DATA).free
    level: Severity = "fault" if free < LEAST_FREE else "warning" if free < ENOUGH_FREE else "well"
    said = t("磁盘剩余 {gb} GB", "{gb} GB of disk are free", gb=f"{free / 1024**3:.1f}")
    yield Finding("disk", level, said)


def _fonts() -> Iterator[Finding]:
    """Forms are printed with the fonts that come with the product; without them Chinese would be missing."""
    folder = Path(__file__).resolve().parents[1] / "records" / "fonts"
    lacking = [name for name in ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf") if not (folder / name).is_file()]
    if lacking:
        said = t("缺少打印字体 {names}", "The fonts {names} for printing are missing", names=", ".join(lacking))
        yield Finding("fonts", "fault", said)
    else:
        yield Finding("fonts", "well", t("打印字体齐全", "The fonts for printing are there"))


def _worker(at: datetime) -> Iterator[Finding]:
    age = health.heartbeat_age(at=at)
    if age is None:
        said = t("后台工人从未运行，请运行 bin/huiyin work", "The worker never ran; run bin/huiyin work")
        yield Finding("worker", "warning", said)
    elif age >= health.HEARTBEAT_SECONDS:
        said = t(
            "后台工人已停 {n} 分钟，期限不会升级提醒，请运行 bin/huiyin work",
            "The worker has been still for {n} minutes, so nothing escalates; run bin/huiyin work",
            n=int(age // 60),
        )
        yield Finding("worker", "fault", said)
    else:
        yield Finding("worker", "well", t("后台工人在运行", "The worker is running"))


def _seals(at: datetime) -> Iterator[Finding]:
    """Entries older than SEAL_LATENESS must be under a seal."""
    from huiyin.journal.models import Entry, Seal

    sealed = Seal.objects.order_by("-last_entry").values_list("last_entry", flat=True).first() or 0
    late = Entry.objects.filter(pk__gt=sealed, at__lt=at - SEAL_LATENESS).count()
    if late:
        said = t(
            "{n} 条日志尚未封印，请运行 bin/huiyin seal",
            "{n} journal entries are unsealed; run bin/huiyin seal",
            n=late,
        )
        yield Finding("seals", "warning", said)
    else:
        yield Finding("seals", "well", t("日志已全部封印", "The journal is sealed"))


def _holidays(at: datetime) -> Iterator[Finding]:
    """Due times beyond the last published holiday table carry a warning; from October on, next year's is awaited."""
    from huiyin.kernel.holidays import china

    known = china().known_until
    day: date = at.date()
    if day > known:
        level: Severity = "fault"
    else:
        level = "warning" if (known - day).days < 90 else "well"
    said = t("节假日表到 {year} 年为止", "The holiday table ends with {year}", year=known.year)
    yield Finding("holidays", level, said)


def _blobs(_at: datetime) -> Iterator[Finding]:
    """Every file that a record names must lie in the store; bytes that nobody names are only told of."""
    from huiyin.records.files.files import check_store

    report = check_store()
    if report.missing:
        names = "、".join(f"{a.kind} {a.record_id}: {a.name}" for a in report.missing[:BLOBS_NAMED])
        said = t(
            "{n} 个附件的内容不见了：{names}",
            "The bytes of {n} files are missing: {names}",
            n=len(report.missing),
            names=names,
        )
        yield Finding("files", "fault", said)
    elif report.unreferenced:
        said = t(
            "附件齐全；{n} 个文件没有记录引用（未完成的上传）",
            "Every file is there; {n} more belong to no record (uploads that were given up)",
            n=len(report.unreferenced),
        )
        yield Finding("files", "well", said)
    else:
        yield Finding("files", "well", t("附件齐全", "Every file is there"))
