"""Forms of the import pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from huiyin.channels.imports.columns import ImportColumn
from huiyin.channels.spreadsheets import SUFFIXES
from huiyin.kernel.text import t
from huiyin.ui import forms

PREFIX = "column_"


class UploadForm(forms.Form):
    """Which rows, and the file."""

    kind = forms.Segments(label=t("导入什么", "What the rows are"))
    file = forms.File(label=t("表格文件", "Spreadsheet"), accept=",".join(SUFFIXES))


class MatchForm(forms.Form):
    """Which column is which field; one choice for each column of the sheet."""

    header_row = forms.Number(
        label=t("标题在第几行", "Row of the headings"),
        least=1,
        most=1000,
        help=t("数据从下一行开始", "Data begin in the next row"),
    )

    def __init__(self, *args: Any, columns: Sequence[ImportColumn], headings: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.columns = columns
        options = [("", t("不导入", "Leave out")), *((column.key, column.label) for column in columns)]
        for index, heading in enumerate(headings):
            label = heading or t("第 {n} 列", "Column {n}", n=index + 1)
            self.fields[f"{PREFIX}{index}"] = forms.Choice(label=label, options=options, required=False)

    def clean(self) -> dict[str, Any]:
        """No field stands in two columns."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen: set[str] = set()
        for name in [name for name in self.fields if name.startswith(PREFIX)]:
            key = cleaned.get(name)
            if key and key in seen:
                label = next(column.label for column in self.columns if column.key == key)
                self.refuse_field(
                    name, t("“{field}”已经指给另一列", "“{field}” is another column already", field=label)
                )
            seen.add(key or "")
        return cleaned

    def matched(self) -> dict[str, int]:
        """Field → column of the sheet."""
        chosen = {name: key for name, key in self.cleaned_data.items() if name.startswith(PREFIX) and key}
        return {key: int(name.removeprefix(PREFIX)) for name, key in chosen.items()}
