"""Writing in the report, several people at once: each field and each row has a version of its own."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from typing import Any

from django.db import transaction

from huiyin.improvement.models import PARTS, Action, Content, Problem, ProblemPart
from huiyin.improvement.report import row_rules
from huiyin.improvement.report.row_names import ROW_NAMES
from huiyin.improvement.report.sections import FIELDS, SECTION_OF, SECTIONS
from huiyin.journal.chain import row_values
from huiyin.journal.models import Entry
from huiyin.kernel.text import Text, t
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.conditions import GuardContext, step_refusals
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import ChangedMeanwhile, Refused
from huiyin.records.steps.stepping import StepRun, step

MODELS = {part.part_kind: part for part in PARTS}
BY_STEPS = frozenset({"content", "effect", "submission"})
"""Kinds of rows that steps or fields of their own make."""
LAST = "D8"
"""The discipline that is still written while the report waits for its approval: recognition, closing words, costs."""
WAITING = "acceptance"
MEASURES = {Action.INTERIM: "D3", Action.CORRECTIVE: "D5", Action.PREVENTIVE: "D7"}
PRACTICE = frozenset({"responsible", "department", "planned_on", "done_on", "cut_in_batch", "cut_in_on", "proof"})
"""Columns of a chosen action that are filled in when it is put into practice (D6)."""
PLANNING = ("problem.choose", "problem.return_plan", "problem.fail", "problem.approve_plan")
"""Steps after which the plan is open; after the last of them it stands as it was approved."""
APPROVED = t(
    "措施已核准，只能填写执行情况；要改措施，请先退回重拟",
    "The measures were approved: only their carrying out is still written; to change them, have them returned first",
)


def refused_in(s: GuardContext, section: str) -> list[Text]:
    """Why the person may not write in a discipline of the case now; nothing where they may."""
    reasons = step_refusals(s, "problem", "write")
    if not reasons and s.record.phase == WAITING and section != LAST:
        return [
            t(
                "报告正等待批准，只有 D8 还能写；要改别处，请批准人退回报告",
                "The report waits for its approval and only D8 is still written; "
                "to change anything else, have it returned",
            )
        ]
    return list(reasons)


def writable(s: GuardContext) -> frozenset[str]:
    """The disciplines in which the person may write now."""
    if not refused_in(s, SECTIONS[0].key):
        return frozenset(one.key for one in SECTIONS)
    return frozenset() if refused_in(s, LAST) else frozenset({LAST})


def write(problem: Problem, name: str, text: str, *, version: int | None, context: StepContext) -> Content:
    """Put ``text`` into a field of the report; ``version`` is 0 for a field nobody wrote in yet.

    Raises ChangedMeanwhile with the field's row when somebody else wrote in this very field meanwhile; what others
    wrote in other fields does not matter. The same text again changes nothing and is not entered.
    """
    if name not in FIELDS:
        raise LookupError(f"the report has no field {name!r}")
    with transaction.atomic():
        _locked(problem, context, SECTION_OF[name])
        row = Content.objects.filter(problem=problem, name=name).first()
        row = row or Content(problem=problem, name=name, version=0)
        before = row.text
        if text.strip() == before.strip():
            return row
        _unchanged(row, version)
        with _written(problem, context) as run:
            row.text, row.by, row.at, row.version = text.strip(), context.actor, context.at, row.version + 1
            row.save()
            _say(run, row, SECTION_OF[name], FIELDS[name].label, before, row.text)
    return row


def put_row(
    problem: Problem,
    kind: str,
    values: Mapping[str, Any],
    *,
    pk: int | None = None,
    version: int | None = None,
    context: StepContext,
) -> ProblemPart:
    """Add a row of ``kind``, or change the columns named in ``values`` of the row ``pk``.

    Raises Refused with a sentence for each column that does not fit, ChangedMeanwhile with the row when somebody else
    changed it meanwhile.
    """
    model: Any = _model(kind)
    with transaction.atomic():
        procedure = _locked(problem, context, model.section)
        row: Any = _row(problem, model, pk) if pk is not None else model(problem=problem)
        if pk is not None:
            _unchanged(row, version)
        stored = row_values(row)
        row_rules.apply_values(row, values, problem=problem, procedure=procedure, context=context)
        changed = [name for name, value in row_values(row).items() if stored[name] != value]
        if pk is not None and not changed:
            return row  # type: ignore[no-any-return]
        if _is_planned(row, stored) and not PRACTICE.issuperset(changed):
            _refuse_approved(problem, procedure)
        with _written(problem, context) as run:
            row.version += 1
            row.save()
            now = row_values(row)
            before = {name: stored[name] for name in changed} if pk is not None else None
            _say(
                run,
                row,
                _place(row, changed if pk is not None else ()),
                ROW_NAMES[kind],
                before,
                {name: now[name] for name in changed},
            )
    return row  # type: ignore[no-any-return]


def drop_row(problem: Problem, kind: str, pk: int, *, version: int | None, context: StepContext) -> None:
    """Take a row away; the journal keeps what stood in it. Refused while other rows hang on it."""
    model = _model(kind)
    with transaction.atomic():
        procedure = _locked(problem, context, model.section)
        row = _row(problem, model, pk)
        _unchanged(row, version)
        if _is_planned(row, {}):
            _refuse_approved(problem, procedure)
        row_rules.check_removable(row)
        with _written(problem, context) as run:
            key, before = row.part_key, row_values(row)
            row.delete()
            run.removed(key)
            run.add_payload(
                section=_place(row),
                what=t("删去一行{row}", "a row of {row} taken away", row=ROW_NAMES[kind]),
                row=key,
                before=before,
                after=None,
            )


def _is_planned(row: Any, stored: Mapping[str, Any]) -> bool:
    """Whether the row is, or was before it was changed, a corrective action that the plan has chosen."""
    is_corrective = isinstance(row, Action) and Action.CORRECTIVE in (row.measure, stored.get("measure"))
    return is_corrective and True in (row.chosen, stored.get("chosen"))


def _refuse_approved(problem: Problem, procedure: Procedure) -> None:
    """Raises Refused where a plan was approved and has not been opened again since; the journal knows."""
    if procedure.step("problem.approve_plan") is None:
        return
    events = {procedure.vocabulary.event_of(step): step for step in PLANNING}
    entries = Entry.objects.filter(kind=problem.kind, record_id=problem.pk, event__in=list(events))
    last = entries.order_by("-sequence").values_list("event", flat=True).first()
    if last is not None and events[last] == "problem.approve_plan":
        raise Refused([APPROVED])


def _model(kind: str) -> type[ProblemPart]:
    if kind in BY_STEPS or kind not in MODELS:
        raise LookupError(f"rows of {kind!r} are not put by hand")
    return MODELS[kind]


def _locked(problem: Problem, context: StepContext, section: str) -> Procedure:
    """Take the case's row for this transaction, and see that the person may write there now; raises Refused."""
    locked = Problem.objects.select_for_update().filter(pk=problem.pk)
    problem.refresh_from_db(from_queryset=locked)
    procedure = versions.procedure_of(problem.procedure_id)
    if problem.is_locked:
        raise Refused(
            [
                t(
                    "案例已了结，内容不再改动；需要时请重新立案",
                    "The case is finished and its content stands; reopen it to change it",
                )
            ]
        )
    reasons = refused_in(GuardContext(problem, None, context.actor, context.at, procedure), section)
    if reasons:
        raise Refused(reasons)
    return procedure


def _row(problem: Problem, model: type[ProblemPart], pk: int) -> Any:
    row = model._default_manager.filter(problem=problem, pk=pk).first()  # type: ignore[misc]
    if row is None:
        raise Refused([t("这一行已被删去", "This row was taken away")])
    row.problem = problem
    return row


def _unchanged(row: Any, version: int | None) -> None:
    if version is not None and row.version != version:
        raise ChangedMeanwhile(row)


def _written(problem: Problem, context: StepContext) -> AbstractContextManager[StepRun]:
    """The step that writes: only the row's version counts, so that two people clash on a row and not on the case."""
    return step(problem, "write", actor=context.actor, at=context.at, submission=context.submission, keeps_version=True)


def _place(row: Any, changed: Collection[str] = ()) -> str:
    """The discipline in which a row stands; of a chosen action the one in which these columns are written."""
    if not isinstance(row, Action):
        return str(row.section)
    if row.measure == Action.CORRECTIVE and row.chosen and changed and PRACTICE.issuperset(changed):
        return "D6"
    return MEASURES.get(row.measure, row.section)


def _say(run: StepRun, row: Any, section: str, what: Text, before: Any, after: Any) -> None:
    run.touched(row)
    run.add_payload(section=section, what=what, row=row.part_key, before=before, after=after)
