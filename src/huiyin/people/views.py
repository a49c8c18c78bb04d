"""Own profile, language and theme, leave; the list of people and their accounts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from huiyin.kernel.text import Text, t
from huiyin.people import actions
from huiyin.people.forms import LeaveForm, PersonForm
from huiyin.people.models import AT_NO_TIME, Delegation, Department, Person
from huiyin.procedure.vocabulary import FUNCTIONS
from huiyin.ui.htmx import redirect_with_message, render


@require_POST
def preferences(request: Any) -> HttpResponse:
    """Set language or theme and go back."""
    actions.set_preferences(request.user, language=request.POST.get("language"), theme=request.POST.get("theme"))
    to = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(to if safe else "/")


def profile(request: Any) -> HttpResponse:
    """The person's own page: department, functions, leave."""
    form = LeaveForm(request.POST or None, person=request.user)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        actions.go_on_leave(
            request.user,
            Person.objects.get(pk=cleaned["deputy"]),
            starts_at=cleaned["starts_at"],
            ends_at=cleaned["ends_at"],
            reason=cleaned["reason"],
        )
        return redirect_with_message(request, reverse("profile"), t("代理已登记", "Your deputy is entered"))
    leaves = Delegation.objects.filter(person=request.user, ends_at__gt=request.at).select_related("deputy")
    context = {
        "form": form,
        "leaves": leaves,
        "functions": labels_of(request.user.functions()),
        "standing_for": request.user.standing_for,
    }
    return render(request, "people/profile.html", context, status=422 if form.is_bound else 200)


@require_POST
def end_leave_early(request: Any, pk: int) -> HttpResponse:
    """End an own delegation early."""
    delegation = get_object_or_404(Delegation, pk=pk, person=request.user)
    actions.end_leave(delegation, at=request.at)
    return redirect_with_message(request, reverse("profile"), t("代理已结束", "The delegation has ended"))


def people(request: Any) -> HttpResponse:
    """Departments with their functions and people."""
    staff = list(Person.objects.select_related("department").order_by("department__position", "-is_head", "name"))
    departments = list(Department.objects.filter(active=True))
    for department in departments:
        here = [p for p in staff if p.department_id == department.pk and p.is_active]
        department.people = here  # type: ignore[attr-defined]
        department.labels = labels_of(department.functions)  # type: ignore[attr-defined]
    homes = {department.pk for department in departments}
    context = {
        "departments": departments,
        "labels_of": labels_of,
        "others": [p for p in staff if p.is_active and p.department_id not in homes],
        "gone": [p for p in staff if not p.is_active],
    }
    return render(request, "people/people.html", context)


def labels_of(functions: Iterable[str]) -> list[Text]:
    """What the functions are called, in the order of the vocabulary."""
    held = set(functions)
    return [label for key, label in FUNCTIONS.items() if key in held]


def person(request: Any, pk: int | None = None) -> HttpResponse:
    """An account; only administrators change it, for others it does not exist."""
    if not request.user.is_administrator:
        raise Http404
    one = get_object_or_404(Person, pk=pk) if pk else None
    form = PersonForm(request.POST or None, person=one, initial=_initial(one))
    if request.method == "POST" and form.is_valid() and not _refused(form, one, request.user):
        saved = _save(form.cleaned_data, one, request.at)
        return redirect_with_message(
            request,
            reverse("people"),
            t("{who}的账号已保存", "The account of {who} is saved", who=saved.display_name),
        )
    context = {"form": form, "one": one}
    return render(request, "people/person.html", context, status=422 if form.is_bound else 200)


def _refused(form: PersonForm, one: Person | None, administrator: Person) -> bool:
    """Nobody shuts themselves out: somebody else has to take the post or the account away. Nobody leaves without
    somebody who takes over.
    """
    if one is None:
        return False
    if one.pk != administrator.pk:
        unfollowed = not form.cleaned_data["is_active"] and not form.cleaned_data["successor"]
        if unfollowed:
            form.refuse_field("successor", t("请指定接手人", "Say who takes over"))
        return unfollowed
    for name in ("is_administrator", "is_active"):
        if not form.cleaned_data[name]:
            form.refuse_field(name, t("不能取消自己的这一项", "You cannot take this away from yourself"))
            return True
    return False


FIELDS = (
    "username",
    "name",
    "name_en",
    "is_head",
    "extra_functions",
    "mobile",
    "email",
    "is_administrator",
    "is_active",
)


def _initial(one: Person | None) -> dict[str, Any]:
    if one is None:
        return {"is_active": True}
    taken_over = one.delegations.filter(ends_at=AT_NO_TIME).first()
    return {name: getattr(one, name) for name in FIELDS} | {
        "department": str(one.department_id or ""),
        "successor": str(taken_over.deputy_id) if taken_over else "",
    }


def _save(cleaned: dict[str, Any], one: Person | None, at: Any) -> Person:
    department = cleaned["department"]
    fields = {name: cleaned[name] for name in FIELDS}
    fields["department_id"] = int(department) if department else None
    password = cleaned["password"]
    if one is None:
        return actions.add_person(password=password, at=at, **fields)
    successor = None if fields["is_active"] else Person.objects.get(pk=int(cleaned["successor"]))
    return actions.change_person(one, password=password, successor=successor, at=at, **fields)
