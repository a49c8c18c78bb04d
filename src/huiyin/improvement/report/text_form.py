"""The form of one text of the report."""

from __future__ import annotations

from typing import Any

from huiyin.improvement.models import Content
from huiyin.improvement.report.sections import ReportField
from huiyin.ui import forms
from huiyin.ui.fields import lazily


class TextForm(forms.Form):
    """One field of the report, under its own label."""

    version = forms.Hidden(max_length=12)
    text = forms.TextField(required=False)

    def __init__(self, *args: Any, field: ReportField, content: Content | None, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"text-{field.name}-%s", **kwargs)
        box: Any = self.fields["text"]
        box.label, box.help_text, box.rows = (
            lazily(field.label),
            lazily(field.help) if field.help else "",
            field.lines,
        )
        self.initial = {"text": content.text if content else "", "version": content.version if content else 0}

    def clean_text(self) -> str:
        """The text with plain line ends."""
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n")
