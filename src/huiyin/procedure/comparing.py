"""``huiyin packs compare``: what differs between two packs or stored versions, by what it means for open records."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path

from django.conf import settings

from huiyin.kernel.text import t
from huiyin.procedure.compare import BREAK, CLASS_NAMES, by_class, compare
from huiyin.procedure.loader import PackInvalid, PackUnknown, load_pack, search_path
from huiyin.procedure.schema import Procedure

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
    if args.json:
        said = {
            name: [
                {
                    "section": d.section,
                    "key": d.key,
                    "path": d.path,
                    "how": d.how,
                    "said": d.sentence.show(args.language),
                }
                for d in listed
            ]
            for name, listed in groups.items()
        }
        sys.stdout.write(json.dumps(said, ensure_ascii=False, indent=2) + "\n")
    else:
        for name, listed in groups.items():
            sys.stdout.write(f"{CLASS_NAMES[name].show(args.language)}: {len(listed)}\n")
            for difference in listed:
                sys.stdout.write(f"  {difference.sentence.show(args.language)}\n")
    return BREAKS if groups[BREAK] else SAME


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
