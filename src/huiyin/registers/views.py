"""Pages of declared kinds: the groups, a list, a new record, a record, its steps, its correction."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from huiyin.journal.record_urls import record_url, subject_label
from huiyin.kernel.periods import Period
from huiyin.kernel.text import Text, t
from huiyin.procedure import versions
from huiyin.procedure.vocabulary import LAST_PHASES
from huiyin.records.access import record_for
from huiyin.records.record_pages import RecordPage
from huiyin.records.search import search
from huiyin.records.steps.next_steps import next_steps
from huiyin.records.steps.record_forms import CorrectionPage, OpeningPage, form_page
from huiyin.registers import actions, facts
from huiyin.registers.about import FROM, about_of, known_name
from huiyin.registers.access import open_counts, record_of, row_of
from huiyin.registers.actions import FormInput
from huiyin.registers.beside import row_actions
from huiyin.registers.catalogue import kinds_before, procedure_for
from huiyin.registers.fields import asking, field_types
from huiyin.registers.forms.signer_pages import approval_sections
from huiyin.registers.forms.step_pages import row_steps_of, steps_of
from huiyin.registers.kinds import CORRECT, DataKind, kind_of
from huiyin.registers.knowledge.knowledge import matter_fields
from huiyin.registers.lists.board import board, calendar, calendar_slot
from huiyin.registers.lists.lists import list_of
from huiyin.registers.menu import may_open_kind
from huiyin.registers.models import FormRecord
from huiyin.registers.offline.kept_sheets import sheets_on, with_clocks
from huiyin.registers.periods import period_asked
from huiyin.registers.printing.sheet import row_value
from huiyin.registers.rosters import problems_of
from huiyin.registers.rows.sources import SOURCE, source_link
from huiyin.registers.shown_facts import loose_files, readable, shown_facts
from huiyin.ui.forms import LookupValue
from huiyin.ui.htmx import render
from huiyin.ui.lookup import LookupResult, lookup_response

SHOWN = 8


@require_safe
def index(request: Any, group: str = "") -> HttpResponse:
    """The registers of a group of the menu, or all: what each is for, how many are open, what may be entered."""
    procedure = request.procedure
    shown = [
        kind_of(procedure, entry.key)
        for entry in procedure.kinds
        if entry.part_of is None
        and (not group or entry.group == group)
        and may_open_kind(request.user, procedure, entry.key)
    ]
    counts = open_counts(request.user, [kind.key for kind in shown], procedure)
    rows = [(kind, counts[kind.key], kind.openings_for(request.user)) for kind in shown]
    rows += [(kind, n, []) for kind, n in _still_open(request)] if not group else []
    found = next((one for one in procedure.groups if one.key == group), None)
    if group and found is None:
        raise Http404(group)
    return render(
        request,
        "registers/index.html",
        {"rows": rows, "title": found.label if found else t("登记与表单", "Registers and forms")},
    )


def _still_open(request: Any) -> list[tuple[DataKind, int]]:
    """The kinds that only earlier versions declared and of which the reader has open records, with how many."""
    before = kinds_before(request.procedure.vocabulary.declared)
    counts = open_counts(request.user, before, request.procedure) if before else {}
    return [(kind_of(procedure_for(key, request.procedure), key), n) for key, n in counts.items() if n]


def listing(request: Any, kind: str) -> HttpResponseBase:
    """The records of a kind."""
    declared = kind_of(procedure_for(kind, request.procedure), kind)
    page, view = list_of(declared), request.GET.get("view", "")
    if request.method in ("GET", "HEAD"):
        if view == "board":
            return board(request, declared, page)
        if view in ("week", "month") and calendar_slot(declared):
            return calendar(request, declared, page, view)
    answer: HttpResponseBase = page.respond(request)
    return answer


def new(request: Any, kind: str, verb: str = "") -> HttpResponse:
    """A new record by one of the kind's opening steps, perhaps from the page of another record."""
    declared = kind_of(request.procedure, kind)
    step = next((one for one in declared.openings if one.verb == verb or not verb), None)
    if step is None:
        raise Http404(verb)

    period = period_asked(declared, request.POST.get("period") or request.GET.get("period"), at=request.at)

    def act(given: FormInput, *, procedure_id: int, context: Any, picked: Any = None, about: Any = None) -> FormRecord:
        on, tied = about_of(declared, about)
        return actions.open_record(
            kind,
            step.verb,
            given,
            procedure_id=procedure_id,
            context=context,
            about=picked or on,
            tied_to=tied,
            period=period,
        )

    sources = dict.fromkeys((*declared.entry.about, *declared.entry.opens_from))
    page = DeclaredOpening(
        step=step.key,
        form=steps_of(declared).form_of(step.verb),
        action=act,
        template="registers/new.html",
        said=lambda record: t("已登记 {n}", "Entered as {n}", n=record.number),
        opened_from=tuple(sources),
        known_from=lambda about: {**_known_from(declared, about), **_taken_from(request, declared, about)},
        matter=matter_fields(declared),
        extra_context=lambda request, form: {
            "kind": declared,
            "opening": step,
            "period": Period.parse(period) if period else None,
        },
    )
    return page(request)


class DeclaredOpening(OpeningPage):
    """An opening page whose fields may be called like kinds of record: where it was opened from is named apart."""

    def about(self, request: Any) -> Any:
        """The record from whose page the form was opened."""
        for kind in self.opened_from:
            number = request.POST.get(FROM + kind) or request.GET.get(kind)
            if number:
                return record_for(request.user, kind, number.replace("\x00", ""))
        return None


def _known_from(kind: DataKind, about: Any) -> dict[str, Any]:
    """The fields that name the very record from whose page the form was opened."""
    value = LookupValue(known_name(about), about.number)
    return {
        one.name: value
        for one in kind.fields
        if (one.type == "record" and one.of == about.kind) or one.type == about.kind == "customer"
    }


def _taken_from(request: Any, kind: DataKind, about: Any) -> dict[str, Any]:
    """What its fields take over from the record from whose page the form was opened, or from one of its rows."""
    row = None
    if isinstance(about, FormRecord) and (asked := request.GET.get("row", "")).isdecimal():
        row = row_of(request.user, about.kind, about.number, int(asked[:18]))
    found: dict[str, Any] = {}
    for field in kind.fields:
        for path in field.taken_from:
            of, _, name = path.partition(".")
            source = about if of == about.kind else row if row is not None and row.part_kind == of else None
            value = asking.initial(field, source.fact(name)) if source is not None else None
            if value not in (None, ""):
                found.setdefault(field.name, value)
    return found


@require_safe
def detail(request: Any, kind: str, number: str) -> HttpResponse:
    """One record: what is next, its facts and rows, files, signatures, time-line."""
    record = record_of(request.user, kind, number)
    page = RecordPage(request, record)
    declared = kind_of(page.procedure, kind)
    pages = steps_of(declared).pages
    actions_offered = pages.actions(record, request.user, request.at)
    rows = facts.rows_of(record, declared)
    offered = _row_actions(request, declared, rows)
    signing = approval_sections(record, page.procedure, request.user, request.at)
    sheets = sheets_on(record, request.user, request.at)
    deciding = [(one.sheet, one.actions) for one in sheets if one.actions]
    parts = [*((row, found) for row, found in offered.values()), *signing.offered, *deciding]
    coming = next_steps(record, actions_offered, parts, decisions=frozenset(_staying(declared)))
    context = {
        **page.context(pages, actions_offered, coming, but=frozenset({CORRECT})),
        "lines": [with_clocks(line) for line in page.lines],
        "kind": declared,
        "approvals": signing.sections,
        "signers": signing.awaited,
        "due_of": {row.part: row.due_at for row in page.owed if row.is_open and row.part},
        "sheets": sheets,
        "facts": shown_facts(record, declared, page.files, request.user),
        "files": loose_files(declared, page.files, {one.sheet.part_key for one in sheets}),
        "tables": [(each, declared.rows(each), rows[each.name]) for each in declared.tables],
        "offered": {pk: found for pk, (_, found) in offered.items()},
        "cell": lambda entry, row: readable(field_types.shown(entry, row.extra.get(entry.name), page.procedure)),
        "row_value": row_value,
        "row_problems": _shift_problems(record, declared, rows),
        "row_link": lambda row: source_link(row.extra.get(SOURCE), request.user),
        "row_actions": row_actions(record, request.user, request.procedure),
        "in_force": request.procedure,
        "row_state": lambda row: page.procedure.state(row.part_kind, row.state).label,
        "item_label": _item_label,
        "about_url": _about_url(request, record),
        "period": field_types.period_words(record.period) if record.period else "",
        "correct": next((a for a in actions_offered if a.offer.verb == CORRECT and a.offer.is_mine), None),
        "list_url": f"/registers/{kind}/",
    }
    return render(request, "registers/record.html", context)


def _shift_problems(record: FormRecord, kind: DataKind, rows: Any) -> dict[int, list[Text]]:
    """What is wrong with the shifts of a roster that is not over, by row."""
    found: dict[int, list[Text]] = {}
    for table in kind.tables if record.phase not in LAST_PHASES else ():
        entry = kind.rows(table).entry
        if entry.shift is not None:
            for one in problems_of(record, rows[table.name], entry, kind.procedure):
                found.setdefault(one.row.pk, []).append(one.said)
    return found


def _staying(kind: DataKind) -> list[str]:
    """Steps that lead on though the state stays: somebody waits for them."""
    return [
        step.verb for step in kind.steps if step.from_ and step.to is None and not step.aside and step.verb != CORRECT
    ]


def _row_actions(request: Any, kind: DataKind, rows: Any) -> dict[int, Any]:
    found = {}
    for table in kind.tables:
        rows_kind = kind.rows(table)
        if rows_kind.entry.rows != "task":
            continue
        pages = row_steps_of(rows_kind).pages
        for row in rows[table.name]:
            mine = [a for a in pages.actions(row.record, request.user, request.at, part=row) if a.offer.is_mine]
            found[row.pk] = (row, mine)
    return found


def _item_label(rows: DataKind, row: Any) -> Text | str:
    option = rows.procedure.option(rows.entry.catalogue or "", row.extra.get("item", ""))
    return option.label if option is not None else row.extra.get("item", "")


def _about_url(request: Any, record: FormRecord) -> str | None:
    seen = search.can_see(request.user, record.about_kind, record.about_id)
    return record_url(record.about_kind, record.about_number) if record.about_id and seen else None


@form_page
def step(request: Any, kind: str, number: str, noun: str) -> HttpResponse:
    """One step of a record."""
    record = record_of(request.user, kind, number)
    declared = kind_of(versions.procedure_of(record.procedure_id), kind)
    return steps_of(declared).pages.respond(request, noun, lambda: (record_of(request.user, kind, number), None))


@form_page
def row_step(request: Any, kind: str, number: str, row_id: int, noun: str) -> HttpResponse:
    """One step of a row that is a task."""
    row = row_of(request.user, kind, number, row_id)
    rows = kind_of(versions.procedure_of(row.record.procedure_id), row.part_kind)

    def find() -> tuple[Any, Any]:
        found = row_of(request.user, kind, number, row_id)
        return found.record, found

    return row_steps_of(rows).pages.respond(request, noun, find)


def correction(request: Any, kind: str, number: str) -> HttpResponse:
    """Correct what stands on a record."""
    record = record_of(request.user, kind, number)
    declared = kind_of(versions.procedure_of(record.procedure_id), kind)
    page = CorrectionPage(
        step=f"{kind}.{CORRECT}",
        form=steps_of(declared).form_of(CORRECT),
        action=actions.correct,
        template="registers/facts.html",
    )
    return page(request, number)


@require_safe
def lookup(request: Any, kind: str) -> HttpResponse:
    """Records of any kind for a type-ahead box; the key is the record's number."""
    typed = request.GET.get("q", "").replace("\x00", "")[:60]
    hits = search.search(request.user, typed, kinds=[kind], limit=SHOWN)
    found = [
        LookupResult(hit.number, subject_label(kind, hit.title, request.procedure) or hit.number, hit.number)
        for hit in hits
    ]
    return lookup_response(found)
