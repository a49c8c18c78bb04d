"""``huiyin packs compare``: what differs between two packs or stored versions, by what it means for open records."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings

from huiyin.kernel.text import Text, t
from huiyin.procedure.compare import BREAK, CLASS_NAMES, REMOVED, VersionDifference, by_class, compare
from huiyin.procedure.loader import PackInvalid, PackUnknown, load_pack, search_path
from huiyin.procedure.schema import Procedure
from huiyin.procedure.taken_away import WHAT_BECOMES, TakenKind, taken_away

SAME, BREAKS, NOT_UNDERSTOOD = 0, 1, 2


def packs_compare(args: Namespace) -> int:
    """Say what differs in three groups; exit code 1 when something is broken with that open records may hold."""
    try:
        old, new = _procedure(args.old), _procedure(args.new)
    except PackUnknown as error:
        return _complain(t("没有程序包「{key}」", "There is no pack “{key}”.", key=error.key).show(args.language))
    except PackInvalid as error:
        return _complain("\n".join(each.show(args.language) for each in error.mistakes))
    groups = by_class(compare(old, new))
    gone = {one.kind: one for one in taken_away(old, new)}
    if args.json:
        said = {name: [_as_json(each, gone, args.language) for each in listed] for name, listed in groups.items()}
        sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=2) + "\n")
    else:
        for name, listed in groups.items():
            sys.stdout.write(f"{CLASS_NAMES[name].show(args.language)}: {len(listed)}\n")
            for difference in listed:
                sys.stdout.write(f"  {difference.sentence.show(args.language)}\n")
        for line in taken_in_words(gone.values()):
            sys.stdout.write(line.show(args.language) + "\n")
    return BREAKS if groups[BREAK] else SAME


def taken_in_words(gone: Collection[TakenKind]) -> list[Text]:
    """Which kinds of record a version takes away and what becomes of their records, line by line; nothing of none."""
    if not gone:
        return []
    heading = t("这一版取消的记录类别：", "Kinds of record that this version takes away:")
    listed = [t("  {said}", "  {said}", said=one.sentence) for one in gone]
    return [heading, *listed, WHAT_BECOMES]


def _as_json(difference: VersionDifference, gone: Mapping[str, TakenKind], language: str) -> dict[str, Any]:
    """One difference as plain data; of a kind that is gone with how many of its records are open, if that can be
    known.
    """
    said: dict[str, Any] = {
        "section": difference.section,
        "key": difference.key,
        "path": difference.path,
        "how": difference.how,
        "said": difference.sentence.show(language),
    }
    if difference.section == "kind" and difference.how == REMOVED and difference.key in gone:
        said["open_records"] = gone[difference.key].open
    return said


def _procedure(written: str) -> Procedure:
    """A pack by key or folder, or as ``key@version`` a version that is stored."""
    key, at, version = written.partition("@")
    if not at:
        return load_pack(written, search_path(Path(settings.DATA) / "packs"))
    from huiyin.procedure.models import ProcedureVersion
    from huiyin.procedure.versions import procedure_of

    row = ProcedureVersion.objects.filter(key=key, version=version).order_by("-id").first()
    if row is None:
        raise PackUnknown(written, [])
    return procedure_of(row.pk)


def _complain(said: str) -> int:
    sys.stderr.write(said + "\n")
    return NOT_UNDERSTOOD
