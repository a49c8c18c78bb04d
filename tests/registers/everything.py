"""A sheet with a field of every type, and what somebody types into each."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.records.office import picture

PACK = str(Path(__file__).parent / "packs" / "everything")
OPEN = "/registers/sheet/new/open"


def drawing() -> str:
    """A drawn signature as the pad sends it."""
    return "data:image/png;base64," + base64.b64encode(picture()).decode()


def typed(works: Any, **others: Any) -> dict[str, Any]:
    """What is typed into every box of the sheet."""
    return {
        "title_line": "试压单",
        "story": "接头渗油，换密封圈。",
        "times": "3",
        "day": "2026-11-18",
        "sort": "other:",
        "sort_other": "怪事",
        "known": "yes",
        "how": "客户来电",
        "clock": "14:05",
        "moment_at": "2026-11-18T09:30",
        "took": "1 小时 30 分",
        "span": "2026-11",
        "amount": "12",
        "cost": "120.50",
        "share": "12.5",
        "pressure": "1.5",
        "parts": ["top", "bottom"],
        "who": str(works.lin.pk),
        "unit_of": str(works.lin.department_id),
        "mark": "4",
        "phone": "0574-88881234",
        "mail": "a@example.cn",
        "site": "https://example.cn/a",
        "signed": "陈大文",
        "signed_drawn": drawing(),
        "view": "同意",
        "papers": SimpleUploadedFile("report.txt", "报告".encode()),
        "shots": SimpleUploadedFile("hose.png", picture()),
        "lines-0-what": "软管",
        "lines-0-many": "2",
        "points-0-verdict": "pass",
        **others,
    }
