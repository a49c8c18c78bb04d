"""Boxes that only declared kinds have: how long something took, a period, an address, a name signed by hand."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.forms import TextInput as TextWidget

from huiyin.kernel.mistake import Invalid
from huiyin.kernel.periods import Period
from huiyin.kernel.text import Text, t
from huiyin.ui import forms

NOT_APPLICABLE = "/"
"""How people write that something does not apply; kept as it is written."""
MOST_MINUTES = 100_000 * 60
MOST_DRAWING = 200_000
"""A drawn signature is refused when it has more bytes."""
DRAWN = "data:image/png;base64,"
PNG = b"\x89PNG\r\n\x1a\n"
_DURATION = re.compile(
    r"(?:(?P<hours>\d+(?:\.\d+)?)\s*(?:h|hours?|hrs?|小时|时))?\s*(?:(?P<minutes>\d+)\s*(?:m|min|mins|minutes?|分钟|分)?)?",
    re.IGNORECASE,
)


def wrong(reason: Text) -> ValidationError:
    """What a box says to something it cannot read."""
    return ValidationError(forms.localised(reason), code="invalid")


class MaySkip:
    """A box that also takes a slash: it does not apply."""

    def clean(self, value: Any) -> Any:
        """The slash as it is, anything else as the box reads it."""
        if isinstance(value, str) and forms.normalise_typed(value) == NOT_APPLICABLE:
            return NOT_APPLICABLE
        return super().clean(value)  # type: ignore[misc]  # of the box it is mixed into


class NumberOrSlash(MaySkip, forms.Number):
    """A number, or that it does not apply."""


class AmountOrSlash(MaySkip, forms.Amount):
    """An amount, or that it does not apply."""


def minutes_of(typed: str) -> int | None:
    """Minutes as people write them: ``1 h 30 min``, ``1:30``, ``1.5 小时``, ``90``; None for anything else."""
    typed = forms.normalise_typed(typed)
    clock = re.fullmatch(r"(\d{1,5}):([0-5]\d)", typed)
    if clock:
        return int(clock[1]) * 60 + int(clock[2])
    found = _DURATION.fullmatch(typed)
    if found is None or not (found["hours"] or found["minutes"]):
        return None
    return round(float(found["hours"] or 0) * 60) + int(found["minutes"] or 0)


def duration_words(minutes: int) -> Text:
    """So many minutes as people say them."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return t("{m} 分钟", "{m} min", m=rest)
    if not rest:
        return t("{h} 小时", "{h} h", h=hours)
    return t("{h} 小时 {m} 分", "{h} h {m} min", h=hours, m=rest)


class DurationInput(forms.TextInput):
    """How long something took; cleaned to whole minutes, written as digits."""

    def __init__(self, **words: Any) -> None:
        super().__init__(max_length=40, placeholder=t("如 1 小时 30 分", "as 1 h 30 min"), **words)

    def prepare_value(self, value: Any) -> Any:
        """Stored minutes as people say them; what was typed as it was typed."""
        return forms.localised(duration_words(value)) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        """The minutes, or nothing."""
        typed = super().clean(value)
        if not typed:
            return ""
        minutes = minutes_of(typed)
        if minutes is None or minutes > MOST_MINUTES:
            raise wrong(t("请写成 1 小时 30 分、1:30 或 90（分钟）。", "Write 1 h 30 min, 1:30 or 90 (minutes)."))
        return str(minutes)


class DurationOrSlash(MaySkip, DurationInput):
    """How long, or that it does not apply."""


class PeriodInput(forms.TextInput):
    """A week, month, quarter, half year or year; cleaned to its key."""

    def __init__(self, **words: Any) -> None:
        super().__init__(max_length=20, placeholder=t("如 2026-11、2026-Q4", "as 2026-11 or 2026-Q4"), **words)

    def clean(self, value: Any) -> Any:
        """The key of the period, or nothing."""
        typed = super().clean(value)
        if not typed:
            return ""
        key = forms.normalise_typed(typed).upper().replace("年", "-").removesuffix("月").removesuffix("-")
        key = re.sub(r"^(\d{4})-(\d)$", r"\1-0\2", key)
        try:
            return Period.parse(key).key
        except Invalid:
            raise wrong(
                t("请写成 2026-11、2026-Q4、2026-W45 或 2026。", "Write 2026-11, 2026-Q4, 2026-W45 or 2026.")
            ) from None


class CheckedLine(forms.TextInput):
    """A line that must read as an address of some sort."""

    def __init__(self, *, check: Callable[[str], None], reason: Text, **words: Any) -> None:
        super().__init__(max_length=300, **words)
        self.check, self.reason = check, reason

    def clean(self, value: Any) -> Any:
        """The line as it was written."""
        typed = super().clean(value)
        if typed:
            try:
                self.check(typed)
            except ValidationError:
                raise wrong(self.reason) from None
        return typed


def email_input(**words: Any) -> CheckedLine:
    """A box for an address of mail."""
    reason = t("这不像一个邮箱地址。", "This is no address of mail.")
    return CheckedLine(check=validate_email, reason=reason, kind="email", **words)


def link_input(**words: Any) -> CheckedLine:
    """A box for the address of a page."""
    reason = t("请写以 https:// 开头的网址。", "Write an address that begins with https://.")
    return CheckedLine(check=URLValidator(schemes=("https", "http")), reason=reason, kind="url", **words)


@dataclass(frozen=True, slots=True)
class SignedName:
    """What a box for a signature gives: the name, and the drawing if there is one."""

    name: str
    drawn: str = ""

    def __str__(self) -> str:
        return self.name

    def __bool__(self) -> bool:
        return bool(self.name or self.drawn)

    @property
    def picture(self) -> bytes | None:
        """The drawing; ValidationError when it is no picture of the sort that the pad makes."""
        if not self.drawn:
            return None
        unfit = wrong(t("手写签名没有收到，请重新签。", "The drawing did not arrive; sign again."))
        if not self.drawn.startswith(DRAWN) or len(self.drawn) > MOST_DRAWING * 4 // 3:
            raise unfit
        try:
            found = base64.b64decode(self.drawn.removeprefix(DRAWN), validate=True)
        except (binascii.Error, ValueError):
            raise unfit from None
        if not found.startswith(PNG) or len(found) < 60:
            raise unfit
        return found

    def upload(self) -> SignedPicture | None:
        """The drawing as a file to keep."""
        found = self.picture
        return SignedPicture(found) if found is not None else None


class SignedPicture(BytesIO):
    """A drawn signature as files are taken in."""

    name = "signature.png"

    def chunks(self) -> list[bytes]:
        """The whole of it."""
        return [self.getvalue()]


class _SignatureWidget(TextWidget):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> SignedName:
        return SignedName(forms.normalise_typed(data.get(name) or ""), data.get(f"{name}_drawn") or "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


class SignatureInput(forms.TextInput):
    """The name of whoever signs, with a pad to sign by hand; without a script the name alone."""

    def __init__(self, **words: Any) -> None:
        super().__init__(max_length=80, widget=_SignatureWidget(), autocomplete="name", **words)

    def clean(self, value: Any) -> SignedName:
        """The name and the drawing; who draws must say their name."""
        given = value if isinstance(value, SignedName) else SignedName(str(value or ""))
        _ = given.picture
        if given.drawn and not given.name:
            raise wrong(t("请写签字人的姓名。", "Write the name of whoever signs."))
        return SignedName(super().clean(given.name), given.drawn)
