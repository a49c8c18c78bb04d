"""``huiyin packs new`` and ``packs show``: a pack to begin with, and a pack as a document to read."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from pathlib import Path

from django.conf import settings

from huiyin.kernel.text import t
from huiyin.procedure.command_answers import DONE, FOUND_WANTING, NOT_UNDERSTOOD, complain, not_loaded
from huiyin.procedure.document import document
from huiyin.procedure.loader import PackInvalid, PackUnknown, load_pack, packs, search_path
from huiyin.procedure.skeleton import write_skeleton

NAME = re.compile(r"[a-z0-9][a-z0-9_.-]{0,59}")


def packs_new(args: Namespace) -> int:
    """Write a commented pack that loads into a new folder of its name, in the company's packs or in ``--folder``."""
    own = Path(settings.DATA) / "packs"
    if not NAME.fullmatch(args.name):
        said = t(
            "程序包的键只用小写字母、数字、- _ 和 .，以字母或数字开头：{name}",
            "A pack's key holds small letters, digits, - _ and . and begins with a letter or digit: {name}",
            name=args.name,
        )
        return complain(said, args, NOT_UNDERSTOOD)
    if args.name in packs(search_path(own)):
        return complain(
            t("已有程序包「{name}」", "There is a pack “{name}” already.", name=args.name), args, FOUND_WANTING
        )
    folder = (args.folder or own) / args.name
    try:
        written = write_skeleton(folder, args.name)
    except FileExistsError:
        return complain(
            t("已有文件夹 {folder}", "The folder {folder} is there already.", folder=folder), args, FOUND_WANTING
        )
    except OSError as error:
        said = t("不能写入 {folder}：{why}", "{folder} cannot be written: {why}", folder=folder, why=error.strerror)
        return complain(said, args, FOUND_WANTING)
    for path in written:
        sys.stdout.write(f"{path}\n")
    hint = t("检查：bin/huiyin packs check {folder}", "Check it: bin/huiyin packs check {folder}", folder=folder)
    sys.stdout.write(hint.show(args.language) + "\n")
    return DONE


def packs_show(args: Namespace) -> int:
    """Print a pack as a document in Markdown, with ``--own`` only what it says itself."""
    search = search_path(Path(settings.DATA) / "packs")
    try:
        procedure = load_pack(args.pack, search)
        parent = load_pack(procedure.extends, search) if args.own and procedure.extends else None
    except (PackUnknown, PackInvalid) as error:
        return not_loaded(error, args)
    for line in document(procedure, args.language, parent):
        sys.stdout.write(line + "\n")
    return DONE
