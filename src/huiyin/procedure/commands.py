"""``huiyin packs list``, ``packs check`` and ``adopt``."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings

from huiyin.kernel.text import t
from huiyin.procedure.command_answers import DONE, FOUND_WANTING, complain, not_loaded
from huiyin.procedure.comparing import taken_in_words
from huiyin.procedure.loader import PackInvalid, PackUnknown, load_pack, packs, search_path, warnings_of
from huiyin.procedure.mistakes import Mistake
from huiyin.procedure.taken_away import taken_away


def packs_list(args: Namespace) -> int:
    """List the packs: key, version, title; a pack that cannot be loaded is listed with the number of its mistakes."""
    rows = [_described(key, args.language) for key in packs(_search())]
    if args.json:
        _write(json.dumps({"packs": rows}, ensure_ascii=False, indent=2))
    else:
        width = max((len(row["key"]) for row in rows), default=0)
        for row in rows:
            _write(f"{row['key']:<{width}}  {row['version'] or '—'}  {row['title'] or row['fault']}")
    return DONE


def _described(key: str, language: str) -> dict[str, Any]:
    try:
        procedure = load_pack(key, _search())
    except PackInvalid as error:
        fault = t("有 {n} 处错误", "mistakes: {n}", n=len(error.mistakes)).show(language)
        return {"key": key, "version": None, "title": None, "extends": None, "fault": fault}
    title = procedure.title.show(language)
    return {
        "key": key,
        "version": procedure.version,
        "title": title,
        "extends": procedure.extends,
        "fault": None,
    }


def packs_check(args: Namespace) -> int:
    """Check packs by key or folder, all of them without one; every mistake is named at once, then every warning.

    Exit code 1 when a mistake is found; warnings are for the author to weigh.
    """
    found: dict[str, list[Mistake]] = {}
    warned: dict[str, list[Mistake]] = {}
    for key in args.keys or packs(_search()):
        try:
            warned[key] = warnings_of(key, _search())
            found[key] = []
        except PackInvalid as error:
            found[key] = error.mistakes
        except PackUnknown as error:
            return not_loaded(error, args)
    if args.json:
        said = [
            {
                "pack": key,
                "mistakes": [each.as_json(args.language) for each in all_],
                "warnings": [each.as_json(args.language) for each in warned.get(key, ())],
            }
            for key, all_ in found.items()
        ]
        _write(json.dumps({"valid": not any(found.values()), "packs": said}, ensure_ascii=False, indent=2))
    else:
        for key, mistakes in found.items():
            _say_checked(key, mistakes, warned.get(key, ()), args.language)
    return FOUND_WANTING if any(found.values()) else DONE


def _say_checked(key: str, mistakes: Sequence[Mistake], warnings: Sequence[Mistake], language: str) -> None:
    for mistake in mistakes:
        _write(mistake.show(language))
    for warning in warnings:
        _write(t("提醒：{said}", "Warning: {said}", said=warning.show(language)).show(language))
    verdict = (
        t("{key}：{n} 处错误", "{key}: mistakes found: {n}", key=key, n=len(mistakes))
        if mistakes
        else t("{key}：没有错误，{n} 处提醒", "{key}: no mistakes, warnings: {n}", key=key, n=len(warnings))
        if warnings
        else t("{key}：没有错误", "{key}: no mistakes", key=key)
    )
    _write(verdict.show(language))


def adopt(args: Namespace) -> int:
    """Put a pack into force at once; the signatures say that it was done from the command line.

    Before, it says which kinds of record of the version in force it takes away.
    """
    from huiyin.procedure import versions

    try:
        procedure = load_pack(args.pack, _search())
    except (PackUnknown, PackInvalid) as error:
        return not_loaded(error, args)
    current = versions.active_version(args.at)
    if current is not None:
        for line in taken_in_words(taken_away(versions.procedure_of(current.pk), procedure)):
            _write(line.show(args.language))
    try:
        version = versions.adopt(
            procedure,
            drafted_by=versions.Signer(f"packs/{procedure.key} {procedure.version}"),
            reviewed_by=versions.Signer("huiyin packs check"),
            approved_by=versions.Signer("huiyin adopt"),
            at=args.at,
        )
    except versions.VersionRefused as error:
        for reason in error.reasons:
            complain(reason, args, FOUND_WANTING)
        return FOUND_WANTING
    said = t(
        "{title}（{version}）已生效",
        "{title} ({version}) is in force",
        title=version.title,
        version=version.version,
    )
    _write(said.show(args.language))
    return DONE


def _search() -> tuple[Path, ...]:
    return search_path(Path(settings.DATA) / "packs")


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
