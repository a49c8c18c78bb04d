"""Pictures on the paper of a declared kind: photographs by field, signatures drawn by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.records.files.files import bytes_of
from huiyin.records.models import Attachment
from huiyin.records.print.forms import PHOTOS, PrintFormatter
from huiyin.records.print.pictures import cut_to_ink
from huiyin.records.print.sheets import Photo, Photos, SignaturePlace
from huiyin.registers.fields.field_types import site_day
from huiyin.registers.kinds import DataKind
from huiyin.registers.models import FormRecord

PART = "field:"
"""Before the name of a field: the part of a record to which the files of that field belong."""


def signed_picture(stored: Any, files: Sequence[Attachment]) -> Attachment | None:
    """The drawing that a stored signature names, among files."""
    digest = stored.get("picture") if isinstance(stored, Mapping) else None
    return next((one for one in reversed(files) if digest and one.sha256 == digest), None)


def photos(say: PrintFormatter, kind: DataKind, files: Sequence[Attachment]) -> Photos:
    """The pictures of a record that are no signatures, the first few."""
    signed = {PART + one.name for one in kind.fields if one.type == "signature"}
    shown = [one for one in files if one.width is not None and one.part not in signed][:PHOTOS]
    return Photos(tuple(Photo(bytes_of(one), one.name) for one in shown), say.bar("照片", "Photographs"))


def signed_places(
    say: PrintFormatter, record: FormRecord, kind: DataKind, files: Sequence[Attachment]
) -> list[SignaturePlace]:
    """A place for each field that is a signature, with what was drawn."""
    found = []
    for field in kind.fields:
        if field.type != "signature":
            continue
        stored = record.extra.get(field.name)
        role = say.bar(field.label.zh, field.label.en)
        if not isinstance(stored, Mapping):
            found.append(SignaturePlace(role, by_hand=True))
            continue
        picture = signed_picture(stored, files)
        content = bytes_of(picture) if picture is not None else None
        drawing = cut_to_ink(content) if content is not None else None
        day = site_day(str(stored["at"]))
        found.append(SignaturePlace(role, str(stored["name"]), day, drawing=drawing, by_hand=True))
    return found
