"""What must be done before the first page: the database upgraded, the static files collected,
a demonstration on request.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from argparse import Namespace
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError

from huiyin.config import database
from huiyin.kernel.text import t

PACKAGE = Path(__file__).resolve().parents[1]


def migrate(args: Namespace) -> int:
    """Bring the database to the present version; a second run changes nothing."""
    if reason := database.unsafe_sqlite():
        sys.stderr.write(reason.show(args.language) + "\n")
        return 1
    try:
        steps = database.pending()
        if steps:
            call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
    except DatabaseError as error:
        sys.stderr.write(database.no_answer(error).show(args.language) + "\n")
        return 1
    done = t(
        "数据库已是最新（执行了 {n} 个升级步骤）。",
        "The database is up to date ({n} migrations applied).",
        n=len(steps),
    )
    sys.stdout.write(done.show(args.language) + "\n")
    return 0


def command(args: Namespace) -> int:
    """Everything ``bin/up`` needs done inside Django, in one process."""
    code = migrate(args)
    if code:
        return code
    if collect_static():
        sys.stdout.write(t("静态文件已收集。", "Static files collected.").show(args.language) + "\n")
    if args.demo and is_empty():
        code = _demonstrate(args)
    if not code and args.json:
        sys.stdout.write(json.dumps({"sign_ins": sign_ins()}, ensure_ascii=False) + "\n")
    return code


def collect_static() -> bool:
    """Join and collect the static files when their sources changed since the last time; whether anything was done."""
    from huiyin.ui import bundle

    if bundle.stale():
        bundle.write()
    stamp = Path(settings.DATA) / "static.sha256"
    now = _digest_of_sources()
    if stamp.exists() and stamp.read_text("utf-8") == now and Path(settings.STATIC_ROOT).is_dir():
        return False
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(now, "utf-8")
    return True


def is_empty() -> bool:
    """Whether nobody has been registered yet: only then may a demonstration be made."""
    from huiyin.people.models import Person

    return not Person.objects.exists()


def sign_ins() -> list[dict[str, str]]:
    """User names and passwords of the demonstration's people, for as long as nobody changed them; [] without one."""
    from huiyin.people.models import Person

    if not _note().exists():
        return []
    noted = json.loads(_note().read_text("utf-8"))
    now = dict(Person.objects.filter(is_active=True).values_list("username", "password"))
    valid = [entry for entry in noted if _fingerprint(now.get(entry["username"], "")) == entry["fingerprint"]]
    return [{key: value for key, value in entry.items() if key != "fingerprint"} for entry in valid]


def _demonstrate(args: Namespace) -> int:
    """Make the demonstration and note its public sign-ins, each with a fingerprint that a changed password breaks."""
    from huiyin.demo import commands, staff
    from huiyin.people.models import Person

    wait = t("正在建立演示公司……", "Making the demonstration company…")
    sys.stdout.write(wait.show(args.language) + "\n")
    sys.stdout.flush()
    code = commands.command(args)
    if not code:
        now = dict(Person.objects.values_list("username", "password"))
        noted = [{**entry, "fingerprint": _fingerprint(now[entry["username"]])} for entry in staff.sign_ins()]
        with os.fdopen(os.open(_note(), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(noted, file, ensure_ascii=False)
    return code


def _note() -> Path:
    return Path(settings.DATA) / "demonstration.json"


def _fingerprint(password_hash: str) -> str:
    return hashlib.sha256(password_hash.encode()).hexdigest()


def _digest_of_sources() -> str:
    digest = hashlib.sha256()
    for path in sorted(PACKAGE.glob("*/static/**/*")):
        if path.is_file():
            digest.update(str(path.relative_to(PACKAGE)).encode() + b"\0" + path.read_bytes())
    for name in ("ui/storage.py", "ui/bundle.py"):
        if (PACKAGE / name).exists():
            digest.update((PACKAGE / name).read_bytes())
    return digest.hexdigest()
