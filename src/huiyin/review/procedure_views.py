"""The procedure in force and its versions as controlled documents: draft, reviewed, approved, effective, superseded."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.journal.queries import timeline
from huiyin.journal.versions import KIND
from huiyin.kernel.durations import Duration
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.compare import CLASS_NAMES, NAMES, by_class, compare
from huiyin.procedure.describe import described_kinds
from huiyin.procedure.loader import PackInvalid, PackUnknown, load_pack, packs, search_path, title_of
from huiyin.procedure.models import APPROVED, DRAFT, REVIEWED, ProcedureVersion
from huiyin.procedure.schema import Procedure
from huiyin.procedure.taken_away import WHAT_BECOMES, taken_away
from huiyin.procedure.versions import Signer, VersionRefused
from huiyin.records.steps.refusals import Refused
from huiyin.review.targets import said_of
from huiyin.review.views import may_see
from huiyin.ui import forms
from huiyin.ui.htmx import redirect_with_message, render


class DraftForm(forms.StepForm):
    """Which pack becomes a new draft version."""

    pack = forms.Choice(label=t("程序包", "Pack"))
    reason = forms.TextInput(label=t("为什么改版", "Why a new version"))


class ApprovalForm(forms.StepForm):
    """From which day it holds."""

    effective_on = forms.Day(
        label=t("生效日期", "Effective from"), required=False, help=t("留空则立即生效", "At once when empty")
    )


def _may_edit_procedure(person: Person) -> bool:
    """Who may write and sign versions: quality, management and administrators."""
    return person.is_administrator or bool(person.functions() & {"quality", "management", "office"})


def _signer(person: Person) -> Signer:
    return Signer(person.name, person.pk)


@require_safe
def procedure(request: Any) -> HttpResponse:
    """The procedure in force: steps, deadlines, departments, forms, authority; and all versions."""
    if not may_see(request.user):
        raise Http404
    rows = ProcedureVersion.objects.defer("content").order_by("-id")
    context = {"versions": rows, "may_write": _may_edit_procedure(request.user), **_content(request.procedure)}
    return render(request, "review/procedure.html", context)


def _content(shown: Procedure) -> dict[str, Any]:
    return {
        "procedure": shown,
        "steps": [s for s in shown.steps if s.kind in ("complaint", "task")],
        "within": {rule.key: _within(rule) for rule in shown.obligations},
        "clause_name": lambda key: _clause_name(shown, key),
        "measured": {each.key: said_of(shown, each) for each in shown.targets},
        "function_label": lambda key: shown.vocabulary.functions[key],
        "kept_for": lambda written: (
            t("长期", "permanently") if written == "permanent" else Duration.parse(written).label
        ),
        "state_label": lambda kind, key: _state_label(shown, kind, key),
        "declared_kinds": described_kinds(shown, declared=True),
    }


def _clause_name(shown: Procedure, key: str) -> Text | str:
    """The clause's number, with its document where it stands in that of the pack below."""
    clause = next((each for each in shown.clauses if each.key == key), None)
    if clause is None or not clause.document:
        return key
    return t("{document} {key}", "{document} {key}", document=clause.document, key=key)


def _within(rule: Any) -> Text:
    return t("承诺的时间", "the promised moment") if rule.within == "promised" else Duration.parse(rule.within).label


def _state_label(shown: Procedure, kind: str, key: str | None) -> Text:
    if key is None:
        return t("不变", "stays")
    return t("回到原处", "back where it was") if key == "previous" else shown.state(kind, key).label


@require_http_methods(["GET", "POST"])
def draft(request: Any) -> HttpResponse:
    """A new draft from a pack; an invalid pack shows every mistake and nothing is loaded."""
    if not _may_edit_procedure(request.user):
        raise Http404
    path = search_path(settings.DATA / "packs")
    form = DraftForm(request.POST or None)
    form.add_choices(
        "pack",
        [(key, t("{title}（{key}）", "{title} ({key})", title=title_of(key, path), key=key)) for key in packs(path)],
    )
    mistakes: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            loaded = load_pack(form.cleaned_data["pack"], path)
        except PackInvalid as invalid:
            mistakes = invalid.mistakes
        except PackUnknown:
            form.refuse_field("pack", t("没有这个程序包", "There is no such pack"))
        else:
            row = versions.draft(loaded, by=_signer(request.user), at=request.at, reason=form.cleaned_data["reason"])
            return redirect_with_message(
                request, reverse("version", args=[row.pk]), t("草稿已建立", "The draft is made")
            )
    status = 422 if request.method == "POST" else 200
    return render(request, "review/version_new.html", {"form": form, "mistakes": mistakes}, status=status)


@require_safe
def version(request: Any, pk: int) -> HttpResponse:
    """One version: its content, its signatures, and what differs from the one in force."""
    if not may_see(request.user):
        raise Http404
    row = get_object_or_404(ProcedureVersion, pk=pk)
    shown = versions.procedure_of(row.pk)
    differences = compare(request.procedure, shown) if row.pk != request.version else []
    context = {
        "row": row,
        "differences": differences,
        "groups": [(name, CLASS_NAMES[name], each) for name, each in by_class(differences).items() if each],
        "taken": taken_away(request.procedure, shown) if row.state in (DRAFT, REVIEWED, APPROVED) else [],
        "what_becomes": WHAT_BECOMES,
        "form": ApprovalForm(),
        "section_names": NAMES,
        "may_write": _may_edit_procedure(request.user),
        "lines": timeline(KIND, row.pk),
        **_content(shown),
    }
    return render(request, "review/version.html", context)


def _sign(request: Any, pk: int, act: Any, said: Text) -> HttpResponse:
    if not _may_edit_procedure(request.user):
        raise Http404
    row = get_object_or_404(ProcedureVersion, pk=pk)
    try:
        act(row)
    except VersionRefused as refused:
        context = {"reasons": refused.reasons, "back": reverse("version", args=[pk]), "typed": []}
        return render(request, "ui/refusal.html", context, status=409)
    return redirect_with_message(request, reverse("version", args=[pk]), said)


@require_POST
def review(request: Any, pk: int) -> HttpResponse:
    """Somebody other than the drafter confirms the content."""
    return _sign(
        request,
        pk,
        lambda row: versions.review(row, by=_signer(request.user), at=request.at),
        t("已审核", "Reviewed"),
    )


@require_POST
def approve(request: Any, pk: int) -> HttpResponse:
    """Bring a reviewed version into force, at once or from a day."""
    form = ApprovalForm(request.POST)
    if not form.is_valid():  # a slip in the day must not bring the version into force at once
        raise Refused([t("生效日期写得不对", "The day it holds from is not a day")])
    day = form.cleaned_data["effective_on"]
    return _sign(
        request,
        pk,
        lambda row: versions.approve(row, by=_signer(request.user), at=request.at, effective_on=day),
        t("已批准", "Approved"),
    )


@require_POST
def send_back(request: Any, pk: int) -> HttpResponse:
    """Back to draft; signatures fall away."""
    return _sign(
        request,
        pk,
        lambda row: versions.send_back(row, by=_signer(request.user), at=request.at),
        t("已退回草稿", "Back to draft"),
    )
