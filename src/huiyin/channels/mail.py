"""The command ``huiyin mail ingest``: one raw mail from a file or from standard input,
as mail servers hand them over.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import orjson

from huiyin.channels.mails.ingest import LARGEST, IngestResult, ingest
from huiyin.contacts.models import Message
from huiyin.contacts.queries import files_of
from huiyin.contacts.values import MARKS
from huiyin.journal.record_urls import kind_name, record_url
from huiyin.kernel.text import t
from huiyin.procedure import versions
from huiyin.procedure.command_answers import complain
from huiyin.records.steps.refusals import Refused


def command(args: Any) -> int:
    """Take in the mail in ``args.file`` (``-``: standard input). Exit code 0 kept, 1 refused, 2 no such file."""
    try:
        raw = _bytes_of(args.file)
    except OSError as error:
        return complain(
            t(
                "读不到 {file}：{why}",
                "Cannot read {file}: {why}",
                file=args.file,
                why=error.strerror or error,
            ),
            args,
            2,
        )
    if not raw:
        return complain(t("{file} 是空的", "{file} is empty", file=args.file), args, 1)
    if len(raw) > LARGEST:
        return complain(
            t(
                "邮件大于 {n} MB，没有收进来",
                "The mail is larger than {n} MB and was not taken in",
                n=LARGEST // 2**20,
            ),
            args,
            1,
        )
    version = versions.active_version(args.at)
    if version is None:
        return complain(
            t("还没有生效的程序，先运行 huiyin adopt", "No procedure is in force; run huiyin adopt first"),
            args,
            1,
        )
    try:
        found = ingest(raw, procedure_id=version.pk, at=args.at)
    except Refused as refused:
        reasons = [*refused.reasons, *refused.fields.values()]
        return complain(t("程序不允许：{why}", "The procedure does not allow it: {why}", why=reasons[0]), args, 1)
    except OSError as error:
        return complain(
            t("没能保存邮件：{why}", "The mail could not be stored: {why}", why=error.strerror or error),
            args,
            1,
        )
    write = _as_json if args.json else _as_text
    sys.stdout.write(write(found, args.language) + "\n")
    return 0


def _bytes_of(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read(LARGEST + 1)
    with path.open("rb") as file:
        return file.read(LARGEST + 1)


def described(found: IngestResult, language: str) -> dict[str, Any]:
    """What was kept and what it became, as data."""
    contact, message = found.contact, found.message
    return {
        "subject": message.headers.get("subject", "")[:300],
        "sender": message.sender,
        "sender_name": message.sender_name,
        "text": contact.text,
        "attachments": [
            {"name": one.name, "sha256": one.sha256, "size": one.size, "type": one.mime, "inline": bool(one.inline_id)}
            for one in files_of(contact)
        ],
        "refused": [{"name": name, "size": size, "reason": why.show(language)} for name, size, why in message.kept_out],
        "notes": [note.show(language) for note in message.remarks],
        "mark": message.mark,
        "customer": contact.customer.number if contact.customer else None,
        "raw": {"sha256": message.raw_sha256, "size": message.raw_size},
        "became": became_of(message),
        "again": found.again,
    }


def became_of(message: Message) -> dict[str, str]:
    """The record that stands for the mail now: its contact, or what the contact was turned into."""
    contact = message.contact
    kind, number = (contact.became_kind, contact.became_number) if contact.became else ("contact", contact.number)
    return {"kind": kind, "number": number, "url": record_url(kind, number)}


def _as_json(found: IngestResult, language: str) -> str:
    return orjson.dumps(described(found, language), option=orjson.OPT_INDENT_2).decode()


def _as_text(found: IngestResult, language: str) -> str:
    data = described(found, language)
    became = data["became"]
    what = kind_name(became["kind"])
    first = (
        t("收过了，是{what} {number}", "Taken in before: {what} {number}", what=what, number=became["number"])
        if found.again
        else t("已收为{what} {number}", "Taken in as {what} {number}", what=what, number=became["number"])
    )
    who = f"{data['sender_name']} <{data['sender']}>" if data["sender_name"] else data["sender"]
    lines = [first.show(language), f"  {data['subject']}", f"  {who}", f"  {became['url']}"]
    if data["mark"]:
        lines.append("  " + MARKS[data["mark"]].show(language))
    lines += [f"  + {one['name']}  {one['type']}  {one['size']}  {one['sha256'][:12]}" for one in data["attachments"]]
    lines += [f"  - {one['reason']}" for one in data["refused"]]
    lines += [f"  ! {note}" for note in data["notes"]]
    return "\n".join(line for line in lines if line.strip())
