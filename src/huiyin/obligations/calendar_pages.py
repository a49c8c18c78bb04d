"""The calendar of the site: the days on which it works otherwise, entered and removed by administrators."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from huiyin.kernel.hours import Interval
from huiyin.kernel.mistake import Invalid
from huiyin.kernel.text import Text, t
from huiyin.obligations.models import SiteDay
from huiyin.obligations.site_days import enter_site_day, listed, remove_site_day
from huiyin.people.models import Department
from huiyin.ui import forms
from huiyin.ui.htmx import redirect_with_message, render

OFF, WORKED, HOURS = "off", "worked", "hours"
SORTS = (
    (OFF, t("不上班", "Nobody works")),
    (WORKED, t("照常上班", "Worked like other days")),
    (HOURS, t("只在下列时段上班", "Worked in these hours")),
)


class SiteDayForm(forms.StepForm):
    """Which day, for whom, how it is worked and why."""

    date = forms.Day(label=t("日期", "Day"))
    department = forms.Choice(
        label=t("部门", "Department"), required=False, help=t("空着为全厂", "Empty: the whole site")
    )
    sort = forms.Choice(label=t("安排", "How it is worked"))
    hours = forms.TextInput(
        label=t("时段", "Hours"),
        required=False,
        help=t("例如 08:00-12:00 13:00-15:00", "Such as 08:00-12:00 13:00-15:00"),
    )
    label = forms.TextInput(label=t("缘由", "Why"), max_length=60)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_choices("sort", list(SORTS))
        departments = Department.objects.filter(active=True)
        self.add_choices("department", [("", t("全厂", "The whole site")), *((d.key, d.name) for d in departments)])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            for each in self.hours_given() or ():
                Interval.parse(each)
        except Invalid as error:
            self.refuse_field("hours", error.problem)
        if cleaned.get("sort") == HOURS and not cleaned.get("hours"):
            self.refuse_field("hours", t("请写上班时段", "Say in which hours"))
        return cleaned

    def hours_given(self) -> list[str] | None:
        """The hours as they are kept: none for a day off, None for a day worked like others."""
        sort = self.cleaned_data.get("sort")
        if sort == HOURS:
            return str(self.cleaned_data.get("hours") or "").replace("，", " ").replace(",", " ").split()
        return [] if sort == OFF else None


def site_calendar(request: Any, number: str = "") -> HttpResponse:
    """Every day that was entered, with who and when; the form to enter another; ``number`` leads here too."""
    if not request.user.is_administrator:
        raise Http404
    form = SiteDayForm(request.POST or None, initial={"sort": OFF})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            enter_site_day(
                said["date"],
                Text(said["label"], said["label"]),
                hours=form.hours_given(),
                department=said["department"] or "",
                actor=request.user,
                at=request.at,
            )
        except Invalid as error:
            form.refuse_field("date", error.problem)
        else:
            told = t("已登记；未完的期限几分钟内重新推算", "Entered; what is open is reckoned anew in a few minutes")
            return redirect_with_message(request, reverse("site_calendar"), told)
    context = {"form": form, "rows": list(listed()[:200]), "how": how_worked}
    return render(request, "obligations/calendar.html", context, status=422 if form.is_bound else 200)


def how_worked(row: SiteDay) -> Text | str:
    """How a day is worked, in words."""
    if row.hours is None:
        return SORTS[1][1]
    return "、".join(row.hours) if row.hours else SORTS[0][1]


@require_POST
def site_day_removed(request: Any, pk: int) -> HttpResponse:
    """A day is as the procedure says again."""
    if not request.user.is_administrator:
        raise Http404
    remove_site_day(pk, actor=request.user, at=request.at)
    return redirect_with_message(request, reverse("site_calendar"), t("已撤下", "Removed"))
