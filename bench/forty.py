"""Writes a pack that declares forty kinds more than the one it extends, each with fields, steps, a duty and a form.

    python -m bench.forty FOLDER        writes FOLDER/forty
    python -m bench.forty FOLDER --time writes it, and prints how long loading and adopting it take

The second needs the folder of an installation (HUIYIN_DATA).
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

KINDS = 40
HEAD = """
[pack]
key = "forty"
version = "1.0"
title = {{ zh = "四十张表程序", en = "Procedure of forty sheets" }}
extends = "{extends}"

[[clause]]
key = "M40"
title = {{ zh = "表单", en = "Sheets" }}
duty = {{ zh = "每张表都有人办。", en = "Somebody answers each sheet." }}
evidence = ["step:sheet-aa.begin"]
"""
GROUP = """
[[group]]
key = "sheets{group}"
label = {{ zh = "第 {group} 组", en = "Group {group}" }}
"""
KIND = """
[[kind]]
key = "sheet-{n}"
label = {{ zh = "{n} 表", en = "Sheet {n}" }}
about = ["customer"]
opens_from = ["complaint"]
group = "sheets{group}"
subject = ["what"]
columns = ["day", "who", "sort", "cost", "what"]

[[state]]
key = "sheet-{n}.begun"
phase = "handling"
label = {{ zh = "已开始", en = "Begun" }}

[[state]]
key = "sheet-{n}.checked"
phase = "follow-up"
label = {{ zh = "已核对", en = "Checked" }}

[[state]]
key = "sheet-{n}.done"
phase = "closed"
label = {{ zh = "已完成", en = "Done" }}

[[step]]
key = "sheet-{n}.begin"
to = "begun"
by = ["reception", "quality"]
clause = "M40"
label = {{ zh = "开始 {n} 表", en = "Begin sheet {n}" }}

[[step]]
key = "sheet-{n}.check"
from = ["begun"]
to = "checked"
by = ["quality"]
clause = "M40"
label = {{ zh = "核对", en = "Check" }}

[[step]]
key = "sheet-{n}.finish"
from = ["checked"]
to = "done"
by = ["owner"]
clause = "M40"
label = {{ zh = "完成", en = "Finish" }}

[[catalogue]]
key = "sheet_{n}_sort"
label = {{ zh = "类别", en = "Sort" }}
options = [
  {{ key = "one", label = {{ zh = "甲", en = "One" }} }},
  {{ key = "two", label = {{ zh = "乙", en = "Two" }} }},
]

[[obligation]]
key = "sheet-{n}-check"
label = {{ zh = "核对 {n} 表", en = "Check sheet {n}" }}
opens = "sheet-{n}.begin"
closes = ["sheet-{n}.check"]
cancels = ["sheet-{n}.void"]
owner = "function:quality"
within = "2 workdays"
clause = "M40"
ladder = [{{ at = "100%", to = "owner" }}]

[[obligation]]
key = "sheet-{n}-finish"
label = {{ zh = "完成 {n} 表", en = "Finish sheet {n}" }}
opens = "sheet-{n}.check"
closes = ["sheet-{n}.finish"]
cancels = ["sheet-{n}.void"]
owner = "record.owner"
within = "5 workdays"
clause = "M40"
"""
FIELD = """
[[field]]
key = "sheet-{n}.{key}"
type = "{type}"
label = {{ zh = "{key}", en = "{key}" }}
asked = ["{step}"]
{more}
"""
FIELDS = (
    ("day", "date", "begin", "indexed = true"),
    ("who", "person", "begin", 'required_for = ["begin"]'),
    ("sort", "choice", "begin", 'catalogue = "sheet_{n}_sort"\nindexed = true'),
    ("cost", "money", "begin", "indexed = true"),
    ("what", "text", "begin", 'required_for = ["begin"]'),
    ("why", "longtext", "begin", 'shown = [{{ field = "sort", is = ["two"] }}]'),
    ("until", "date", "check", ""),
    ("seen", "yesno", "check", ""),
    ("result", "longtext", "check", 'required_for = ["check"]'),
    ("photos", "photo", "finish", ""),
)


def pack_text(extends: str) -> str:
    """The whole pack."""
    parts = [HEAD.format(extends=extends), *(GROUP.format(group=group) for group in range(4))]
    for place in range(KINDS):
        n = chr(ord("a") + place // 10) + chr(ord("a") + place % 10)
        parts.append(KIND.format(n=n, group=place % 4))
        for key, kind, step, more in FIELDS:
            parts.append(FIELD.format(n=n, key=key, type=kind, step=step, more=more.format(n=n)))
    return "".join(parts)


def write(folder: Path, extends: str = "feedback") -> Path:
    """The pack in its folder."""
    pack = folder / "forty"
    pack.mkdir(parents=True, exist_ok=True)
    (pack / "pack.toml").write_text(pack_text(extends), "utf-8")
    return pack


def main() -> int:
    """Write it; adopt it as well when asked."""
    pack = write(Path(sys.argv[1]))
    if sys.argv[2:] == ["--time"]:
        _adopt(pack)
    return 0


def _adopt(pack: Path) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    import django

    django.setup()
    from huiyin.procedure.loader import load_pack
    from huiyin.procedure.versions import Signer, adopt

    began, used = time.monotonic(), time.process_time()
    procedure = load_pack(pack)
    read = time.process_time() - used
    signers = [Signer("起草"), Signer("审核"), Signer("批准")]
    adopt(procedure, drafted_by=signers[0], reviewed_by=signers[1], approved_by=signers[2], at=datetime.now(UTC))
    cpu, took = time.process_time() - used, time.monotonic() - began
    print(f"loading {read:.2f} s, loading and adopting {cpu:.2f} s of CPU ({took:.2f} s)")


if __name__ == "__main__":
    raise SystemExit(main())
