"""A problem case for other systems: a JSON document; ``docs/exchange.md`` sets its keys beside the usual 8D models."""

from __future__ import annotations

from typing import Any

import orjson
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from huiyin.improvement.access import problem_for
from huiyin.improvement.models import Problem
from huiyin.improvement.queries import load_details, snapshot
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure

FORMAT, VERSION = "huiyin-8d", 1
CHOSEN = {
    "location": "containment_location",
    "document": "document",
    "scope": "deployment_scope",
    "cost": "cost",
    "role": "team_role",
}
"""Columns whose values are keys of a catalogue; the document carries their words too."""


def document_of(problem: Problem) -> dict[str, Any]:
    """The whole case: who, what, each discipline's texts and rows, the submissions with the customer's decisions."""
    procedure = versions.procedure_of(problem.procedure_id)
    frozen = snapshot(problem)
    header = frozen["header"]
    header |= _words(procedure, "severity", header["severity"]) | _words(procedure, "defect", header["defect"])
    for section in frozen["sections"].values():
        for rows in section["rows"].values():
            for row in rows:
                for name, catalogue in CHOSEN.items():
                    if name in row:
                        row |= _words(procedure, catalogue, row[name], name)
    return {
        "format": FORMAT,
        "version": VERSION,
        "procedure": {"key": procedure.key, "version": procedure.version},
        "state": {"key": problem.state, "phase": problem.phase},
        **frozen,
        "submissions": [
            {
                "revision": one.revision,
                "reaches": one.reaches,
                "to": one.to,
                "sent_at": one.sent_at.isoformat(),
                "decision": one.decision,
                "score": one.score,
                "words": one.words,
                "decided_at": one.decided_at.isoformat() if one.decided_at else None,
            }
            for one in load_details(problem).submissions
        ],
    }


def _words(procedure: Procedure, catalogue: str, key: str, name: str = "") -> dict[str, Any]:
    found = procedure.option(catalogue, key) if key else None
    return {f"{name or catalogue}_label": {"zh": found.label.zh, "en": found.label.en}} if found else {}


@require_safe
def download(request: Any, number: str) -> HttpResponse:
    """The document as a file."""
    problem = problem_for(request.user, number)
    content = orjson.dumps(document_of(problem), option=orjson.OPT_INDENT_2)
    response = HttpResponse(content, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{problem.number}.json"'
    return response
