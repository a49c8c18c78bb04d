"""What the builders of a complaint's sheets share beside the words of every sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from huiyin.complaints.queries import everything_on
from huiyin.records.print import forms


@dataclass
class Words(forms.Words):
    """Everything of one complaint, said in one language."""

    rows: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.rows = everything_on(self.printing.record)
