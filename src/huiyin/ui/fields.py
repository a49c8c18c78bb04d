"""The fields of forms: bilingual labels, forgiving input."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import get_language

from huiyin.kernel.text import Text, t
from huiyin.ui import zone
from huiyin.ui.sanitise import is_plausible_day, number_error_messages

Option = tuple[str, str | Text]


def localised(text: str | Text) -> str:
    """``text`` in the language of the request."""
    return text.show(get_language() or "zh") if isinstance(text, Text) else text


lazily = lazy(localised, str)


FAULTS = {
    "max_length": t(
        "最多 %(limit_value)s 个字，现在有 %(show_value)s 个。",
        "At most %(limit_value)s characters; there are %(show_value)s.",
    ),
    "invalid_choice": t("请从列表里选一项。", "Choose one of the list."),
}
"""What the library's own checks find, in words that people use."""


def normalise_typed(text: str) -> str:
    """What was typed with full-width digits, letters and signs as ordinary ones, without spaces around."""
    return unicodedata.normalize("NFKC", text).strip()


class _Field(forms.Field):
    """What our fields share: a kind that the macros know, and words in both languages."""

    kind: ClassVar[str]
    chooses: ClassVar[bool] = False

    def __init__(
        self,
        *,
        label: str | Text = "",
        help: str | Text | None = None,
        placeholder: str | Text | None = None,
        autofocus: bool = False,
        **django: Any,
    ) -> None:
        missing = (
            t("请选择{label}。", "Choose: {label}.", label=label)
            if self.chooses
            else t("请填写{label}。", "Fill in: {label}.", label=label)
        )
        said = {code: lazily(words) for code, words in FAULTS.items()}
        faults = {**said, "required": lazily(missing), **django.pop("error_messages", {})}
        super().__init__(label=label, help_text=help or "", error_messages=faults, **django)  # type: ignore[arg-type]
        self.placeholder = placeholder
        self.autofocus = autofocus


class TextInput(_Field, forms.CharField):
    """One line of text."""

    kind = "line"

    def __init__(
        self, *, max_length: int | None = 200, kind: str | None = None, autocomplete: str = "off", **words: Any
    ) -> None:
        super().__init__(max_length=max_length, **words)
        self.autocomplete = autocomplete
        if kind:
            self.kind = kind  # type: ignore[misc]  # email, tel, password, url: same field, other keyboard


class TextField(_Field, forms.CharField):
    """Several lines of text; the box grows while somebody writes."""

    kind = "words"

    def __init__(self, *, rows: int = 3, max_length: int | None = 20000, **words: Any) -> None:
        super().__init__(max_length=max_length, widget=forms.Textarea, **words)
        self.rows = rows


class Number(_Field, forms.DecimalField):
    """A number, with its unit shown behind the box; thousands separators and full-width digits are read."""

    kind = "number"

    def __init__(
        self,
        *,
        unit: str | Text | None = None,
        decimals: int = 0,
        least: Decimal | int | None = None,
        most: Decimal | int | None = None,
        **words: Any,
    ) -> None:
        super().__init__(
            min_value=least,
            max_value=most,
            max_digits=18,
            decimal_places=decimals,
            widget=forms.TextInput,
            error_messages={kind: lazily(said) for kind, said in number_error_messages(decimals).items()},
            **words,
        )
        self.unit = unit

    def prepare_value(self, value: Any) -> Any:
        """A stored number as people write it, without zeros that say nothing."""
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value

    def to_python(self, value: Any) -> Any:
        """The number typed, or None."""
        if isinstance(value, str):
            value = normalise_typed(value).replace(",", "").replace(" ", "")
        return super().to_python(value)


class Amount(Number):
    """An amount of money in ``currency``, to the cent."""

    kind = "number"

    def __init__(self, *, currency: str = "CNY", least: Decimal | int | None = 0, **others: Any) -> None:
        signs = {"CNY": t("元", "CNY")}
        super().__init__(unit=signs.get(currency, currency), decimals=2, least=least, **others)
        self.currency = currency

    def to_python(self, value: Any) -> Any:
        """The amount typed, its sign of currency dropped, or None."""
        if isinstance(value, str):
            value = normalise_typed(value).lstrip("¥￥").removesuffix("元")
        return super().to_python(value)


class Day(_Field, forms.DateField):
    """A calendar day."""

    kind = "day"

    def __init__(self, **words: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"], **words)

    def to_python(self, value: Any) -> Any:
        """The day typed, also as 2026年11月3日, or None."""
        if isinstance(value, str):
            value = normalise_typed(value).replace("年", "-").replace("月", "-").removesuffix("日")
        day = super().to_python(value)
        if day is not None and not is_plausible_day(day):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class Moment(_Field, forms.Field):
    """A day and a time read on the site's clock; cleaned to an aware moment in UTC."""

    kind = "moment"
    FORMATS = ("%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %H:%M")

    def to_python(self, value: Any) -> datetime | None:
        """The moment typed, in UTC, or None."""
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.astimezone(UTC)
        text = normalise_typed(str(value))
        for pattern in self.FORMATS:
            try:
                moment = datetime.strptime(text, pattern).replace(tzinfo=zone.site_zone())
            except ValueError:
                continue
            if is_plausible_day(moment):
                return moment.astimezone(UTC)
        raise ValidationError(
            localised(t("请写成 2026-11-21 14:05 的样子。", "Write it as 2026-11-21 14:05.")), code="invalid"
        )


class TimeOfDay(_Field, forms.TimeField):
    """A time of the day on the site's clock."""

    kind = "time"

    def __init__(self, **words: Any) -> None:
        super().__init__(input_formats=["%H:%M", "%H:%M:%S", "%H.%M", "%H%M"], **words)

    def to_python(self, value: Any) -> Any:
        """The time typed, also with a full-width colon, or None."""
        return super().to_python(normalise_typed(value) if isinstance(value, str) else value)


class YesNo(_Field, forms.BooleanField):
    """A tick; ``required`` means it must be ticked."""

    kind = "yesno"
    chooses = True

    def __init__(self, *, required: bool = False, **words: Any) -> None:
        super().__init__(required=required, **words)


class Choice(_Field, forms.ChoiceField):
    """One of a list, from a drop-down."""

    kind = "choice"
    chooses = True

    def __init__(self, *, options: Iterable[Option] = (), **words: Any) -> None:
        super().__init__(choices=list(options), **words)


class Segments(Choice):
    """One of a few, all in sight."""

    kind = "segments"


OTHER = "other:"
"""Before the words that somebody wrote where none of the options fits."""


class _OtherWidget(forms.Select):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:
        chosen, written = data.get(name) or "", normalise_typed(data.get(f"{name}_other") or "")
        return f"{OTHER}{written}" if chosen in (OTHER, "") and written else str(chosen)


class ChoiceOrOther(Choice):
    """One of a list, or words of one's own; cleaned to the key, or to ``other:`` and the words."""

    kind = "other"

    def __init__(self, *, options: Iterable[Option] = (), **words: Any) -> None:
        super().__init__(options=[*options, (OTHER, t("其他…", "Other …"))], **words)
        choices, self.widget = self.choices, _OtherWidget()
        self.choices = choices

    def valid_value(self, value: Any) -> bool:
        """Whether it is one of the options, or words of one's own of a sensible length."""
        if str(value).startswith(OTHER):
            return 0 < len(str(value)) - len(OTHER) <= 200
        return super().valid_value(value)


class Choices(_Field, forms.MultipleChoiceField):
    """Any number of a list, as ticks; cleaned to a list of keys."""

    kind = "choices"
    chooses = True

    def __init__(self, *, options: Iterable[Option] = (), **words: Any) -> None:
        super().__init__(choices=list(options), widget=forms.CheckboxSelectMultiple, **words)


class File(_Field, forms.FileField):
    """One file, chosen, pasted or dropped."""

    kind = "file"
    chooses = True
    stays = False

    def __init__(self, *, accept: str = "", **words: Any) -> None:
        super().__init__(widget=forms.FileInput, **words)
        self.accept = accept


class _ManyFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name) or []


class Files(File):
    """Any number of files; cleaned to a list of uploads.

    What was chosen ``stays`` where a refused form stores it all the same.
    """

    kind = "files"

    def __init__(self, *, stays: bool = False, **others: Any) -> None:
        super().__init__(**others)
        self.widget = _ManyFiles()
        self.stays = stays

    def clean(self, data: Any, initial: Any = None) -> Any:
        """The uploads, each checked as one file is."""
        if not data:
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return []
        return [super(Files, self).clean(one, None) for one in data]


@dataclass(frozen=True, slots=True)
class LookupValue:
    """What a lookup gave: the words in the box, and the key of what was chosen (empty when only typed)."""

    text: str
    key: str = ""

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text or self.key)


class _LookupWidget(forms.TextInput):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> LookupValue:
        return LookupValue(normalise_typed(data.get(name) or ""), data.get(f"{name}_key") or "")

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return name not in data


class Lookup(_Field, forms.Field):
    """Type-ahead: a box that finds records while somebody types; without script an ordinary box.

    ``must_exist``: what is not found cannot be kept as it was typed, and the box says so.
    """

    kind = "lookup"

    def __init__(self, *, url: str, max_length: int = 200, must_exist: bool = False, **words: Any) -> None:
        super().__init__(widget=_LookupWidget, **words)
        self.url = url
        self.must_exist = must_exist
        self.max_length = max_length
        self.empty_values = [*self.empty_values, LookupValue("")]

    def to_python(self, value: Any) -> LookupValue:
        """What was typed and chosen, cut to the longest allowed."""
        looked = value if isinstance(value, LookupValue) else LookupValue(normalise_typed(str(value or "")))
        return LookupValue(looked.text[: self.max_length], looked.key[: self.max_length])


class Hidden(_Field, forms.CharField):
    """A value carried along unseen."""

    kind = "hidden"

    def __init__(self, *, required: bool = False, max_length: int = 200, **others: Any) -> None:
        super().__init__(required=required, max_length=max_length, widget=forms.HiddenInput, **others)
