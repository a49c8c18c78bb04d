"""The editor of one discipline, and what it saves: each text, row and file alone, so that several people write."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from huiyin.improvement.access import problem_for
from huiyin.improvement.actions import content
from huiyin.improvement.models import Content, Problem
from huiyin.improvement.report import autosave
from huiyin.improvement.report.report import ProblemReport
from huiyin.improvement.report.sections import BY_KEY, FIELDS, SECTION_OF, SECTIONS
from huiyin.improvement.report.tables import of_section
from huiyin.improvement.report.text_form import TextForm
from huiyin.improvement.steps import STEPS
from huiyin.kernel.text import Text, t
from huiyin.records.steps.conditions import GuardContext
from huiyin.records.steps.form_pages import conflict, show_refusal
from huiyin.records.steps.refusals import ChangedMeanwhile, Refused
from huiyin.ui.addresses import cached_url
from huiyin.ui.htmx import redirect_with_message, render

LEG_QUESTIONS: dict[str, Text] = {
    "occurrence": t("为什么会产生这个缺陷？", "Why did the defect come about?"),
    "escape": t("为什么没有发现、流到了客户？", "Why was it not found before it reached the customer?"),
    "system": t("体系上为什么允许它发生？", "Why did the system allow it?"),
}
SAVED = t("已保存", "Saved")


@require_safe
def section(request: Any, number: str, key: str) -> HttpResponse:
    """One discipline as it is edited, or read by whoever may not write."""
    return show_section(request, problem_for(request.user, number), key)


def show_section(request: Any, problem: Problem, key: str, *, bound: Any = None, status: int = 200) -> HttpResponse:
    """The editor; ``bound`` is what was refused: ("field", name, form) or (table, row's id or None, form)."""
    here = BY_KEY[key]
    report = ProblemReport(problem)
    known = {"rows": report.rows}
    here_now = GuardContext(problem, None, request.user, request.at, report.procedure, known)
    reasons = content.refused_in(here_now, key)
    at = SECTIONS.index(here)
    actions = {one.offer.verb: one for one in _actions(request, problem, key, known)}
    context = {
        "problem": problem,
        "section": here,
        "here": key,
        "report": report,
        "rows": report.rows,
        "state": report.procedure.state("problem", problem.state),
        "bar": report.bar,
        "weak": report.weak_in(key),
        "editable": not reasons,
        "reasons": reasons,
        "back": cached_url("problem_section", problem.number, key),
        "before": SECTIONS[at - 1] if at else None,
        "after": SECTIONS[at + 1] if at + 1 < len(SECTIONS) else None,
        "texts": _texts(report, key, bound),
        "tables": report.tables(of_section(key), bound),
        "files": report.files,
        "sums": report.sums,
        "costs": report.costs,
        "sum_labels": report.sum_labels,
        "fishbone": report.fishbone,
        "actions": actions,
        **(_tree(report, bound) if key == "D4" else {}),
    }
    return render(request, "improvement/report/section.html", context, status=status)


def _actions(request: Any, problem: Problem, key: str, known: dict[str, Any]) -> list[Any]:
    """The steps that belong to a section's own table: effects (D6), submissions (D8)."""
    verbs = {"D6": {"plan_effect", "check_effect", "drop_effect"}, "D8": {"submit", "decide_submission"}}.get(key)
    if not verbs:
        return []
    offered = STEPS.actions(problem, request.user, request.at, known=known)
    return [one for one in offered if one.offer.verb in verbs and one.offer.is_mine]


def _texts(report: ProblemReport, key: str, bound: Any) -> list[Any]:
    found = []
    for one in BY_KEY[key].fields:
        row = report.rows.contents.get(one.name)
        refused = bound and bound[:2] == ("field", one.name)
        found.append((one, row, bound[2] if refused else TextForm(field=one, content=row)))
    return found


def _tree(report: ProblemReport, bound: Any) -> dict[str, Any]:
    counts = {leg: sum(one.leg == leg for one in report.rows.causes) for leg in report.legs}
    return {
        "whys": report.tree(bound),
        "legs": report.legs,
        "bones": report.bones,
        "counts": counts,
        "leg_questions": LEG_QUESTIONS,
    }


@require_POST
def field(request: Any, number: str, name: str) -> HttpResponse:
    """Save one text of the report."""
    problem = problem_for(request.user, number)
    if name not in FIELDS:
        raise Http404(name)
    one, key = FIELDS[name], SECTION_OF[name]
    row = Content.objects.filter(problem=problem, name=name).first()
    form = TextForm(request.POST, field=one, content=row)
    if "text" not in request.POST:
        nothing = Refused([t("没有收到内容，什么都没有改动", "Nothing was sent, and nothing is changed")])
        return refused_in_place(request, problem, key, ("field", name, form), nothing)
    if not form.is_valid():
        return refused_in_place(request, problem, key, ("field", name, form), None)
    try:
        written = content.write(
            problem,
            name,
            form.cleaned_data["text"],
            version=autosave.version_of(request) or 0,
            context=autosave.context_of(request),
        )
    except Refused as refused:
        return refused_in_place(request, problem, key, ("field", name, form), refused)
    except ChangedMeanwhile as changed:
        return _clash(request, problem, form, changed.current, {"text": changed.current.text})
    if not autosave.by_script(request):
        return redirect_with_message(request, f"{cached_url('problem_section', number, key)}#field-{name}", SAVED)
    pieces = autosave.pieces_of(request, ProblemReport(problem), key)
    return autosave.saved_response(request, written.version, pieces)


def refused_in_place(request: Any, problem: Problem, key: str, bound: Any, refused: Refused | None) -> HttpResponse:
    """Why it does not stand: in place for the script, on the whole page without."""
    form = bound[2]
    if autosave.by_script(request):
        return autosave.refused_response(refused, form)
    if refused is not None:
        show_refusal(form, refused)
    return show_section(request, problem, key, bound=bound, status=422)


def _clash(request: Any, problem: Problem, form: Any, current: Any, theirs: dict[str, Any]) -> HttpResponse:
    """Somebody was faster in this very field or row: both texts, in place for the script, on a page without."""
    if autosave.by_script(request):
        who, when = autosave.last_editor(problem, current.part_key)
        return autosave.conflict_response(request, form, current, theirs, who, when)
    return conflict(request, form, problem, current.version, theirs)


def clash_of_row(request: Any, report: ProblemReport, sheet: Any, form: Any, current: Any) -> HttpResponse:
    """The same for a row; what stands now is read from its own form."""
    fresh = sheet.filled(current, report.row_choices)
    theirs = {name: fresh.initial.get(name) for name in fresh.fields if name != "version"}
    return _clash(request, report.problem, form, current, theirs)
