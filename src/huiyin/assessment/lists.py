"""The lists of assessment: sheets, charges (one's own and those one may see), the ledger; each with its export."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponseBase

from huiyin.assessment import queries
from huiyin.assessment.access import charges_visible_to, sees_ledger, visible_to
from huiyin.assessment.models import Charge, LedgerAccount, Posting
from huiyin.assessment.views import KINDS
from huiyin.assessment.words import BOOKINGS
from huiyin.kernel.text import Text, t
from huiyin.procedure import versions
from huiyin.records.lists import usual
from huiyin.records.lists.listing import (
    ChoiceFilter,
    DateRangeFilter,
    DepartmentFilter,
    ListColumn,
    ListPage,
    PersonFilter,
)
from huiyin.ui.addresses import cached_url


def _sheets(request: Any) -> Any:
    rows = visible_to(request.user, request.procedure).select_related("opened_by")
    return queries.with_sums(rows, request.user, request.procedure)


SHEETS = ListPage(
    key="assessments",
    title=t("考核统计", "Assessment"),
    rows=_sheets,
    order="-period",
    creates=(t("统计一周", "Compile a week"), "assessment_new"),
    opens="assessment.compile",
    empty=(
        t("还没有考核统计表", "No assessment sheets yet"),
        t(
            "一周结束后由质量部统计，签字后交财务。",
            "Quality compiles one when a week is over; signed, it goes to finance.",
        ),
    ),
    columns=[
        usual.number_column("assessment"),
        ListColumn(key="period", label=t("周", "Week"), value=lambda r: r.title, sort="period", main=True),
        usual.state_column(),
        ListColumn(key="charged", label=t("考核金额", "Charged"), kind="money"),
        ListColumn(key="rewarded", label=t("奖励金额", "Rewarded"), kind="money"),
        ListColumn(key="opened_by", label=t("统计人", "Compiled by"), kind="person"),
        ListColumn(key="opened_at", label=t("统计时间", "Compiled"), kind="moment"),
        ListColumn(key="handed_over_at", label=t("交财务", "Handed over"), kind="moment"),
    ],
    filters=[
        usual.state_filter("assessment"),
        usual.open_filter(t("未完", "Open")),
        usual.begins_filter("period", t("周（如 2026-W47）", "Week, e.g. 2026-W47")),
        usual.opened_filter(t("统计日期", "Compiled")),
    ],
)


def _state(row: Charge) -> tuple[str, Text]:
    """A charge is a part: what it stands in is named by its sheet's procedure."""
    state = versions.procedure_of(row.assessment.procedure_id).state("charge", row.state)
    return state.phase, state.label


def _charges(request: Any) -> Any:
    rows = charges_visible_to(request.user, request.procedure).exclude(assessment__phase="void")
    visible = visible_to(request.user, request.procedure).values("pk")
    rows = rows.filter(assessment_id__in=visible).select_related("assessment", "person", "department")
    return queries.with_appeals(rows)


def _kinds(request: Any) -> list[tuple[str, Text]]:
    return list(KINDS.items())


CHARGES = ListPage(
    key="charges",
    title=t("考核明细", "Charges"),
    rows=_charges,
    order="-pk",
    empty=(
        t("没有考核", "No charges"),
        t(
            "与您有关的考核和奖励列在这里，每一项都能看到怎样算出来的，也可以申诉。",
            "Charges and rewards that concern you stand here; each shows how it was reached and can be appealed.",
        ),
    ),
    columns=[
        ListColumn(
            key="what",
            label=t("事项", "What for"),
            value=lambda r: r.label,
            link=lambda r: cached_url("charge", r.assessment.number, r.pk),
            main=True,
        ),
        ListColumn(key="person", label=t("承担者", "Borne by"), value=lambda r: r.title, main=True),
        ListColumn(
            key="department", label=t("部门", "Department"), value=lambda r: r.department.name if r.department else None
        ),
        ListColumn(key="kind", label=t("种类", "Kind"), value=lambda r: KINDS[r.charge], kind="badge"),
        ListColumn(key="source", label=t("案件", "Case"), value=lambda r: r.source_number),
        ListColumn(key="days", label=t("天数", "Days"), kind="number", value=lambda r: r.days or None),
        ListColumn(key="amount", label=t("金额", "Amount"), kind="money", sort="amount", total=True),
        ListColumn(key="state", label=t("状态", "State"), value=_state, kind="phase"),
        ListColumn(key="clause", label=t("条款", "Clause")),
        ListColumn(
            key="sheet",
            label=t("统计表", "Sheet"),
            value=lambda r: r.assessment.number,
            link=lambda r: cached_url("assessment", r.assessment.number),
        ),
        ListColumn(key="week", label=t("周", "Week"), value=lambda r: r.assessment.title),
        ListColumn(key="counted", label=t("原金额", "First charged"), kind="money", default=False),
        ListColumn(key="currency", label=t("币种", "Currency"), default=False),
        ListColumn(key="evidence", label=t("事迹和依据", "Evidence"), default=False),
        ListColumn(key="appealed_at", label=t("申诉时间", "Appealed"), kind="moment", default=False),
        ListColumn(key="appeal_reason", label=t("申诉理由", "Appeal"), default=False),
        ListColumn(key="decided_at", label=t("决定时间", "Decided"), kind="moment", default=False),
        ListColumn(key="decision_reason", label=t("决定理由", "Decision"), default=False),
    ],
    filters=[
        PersonFilter(key="person", label=t("承担人", "Person")),
        DepartmentFilter(key="department", label=t("部门", "Department")),
        ChoiceFilter(key="charge", label=t("种类", "Kind"), options=_kinds),
        usual.state_filter("charge"),
        usual.begins_filter("week", t("周（如 2026-W47）", "Week, e.g. 2026-W47"), field="assessment__period"),
    ],
)


def _postings(request: Any) -> Any:
    related = (
        "booking__assessment",
        "booking__by",
        "booking__charge",
        "booking__allotment",
        "account__person",
        "account__department",
    )
    return Posting.objects.select_related(*related)


def _bookings(request: Any) -> list[tuple[str, Text]]:
    return list(BOOKINGS.items())


ACCOUNTS = (
    (LedgerAccount.PERSON, t("个人", "People")),
    (LedgerAccount.DEPARTMENT, t("部门待分解", "Departments, to be divided")),
    (LedgerAccount.LOSSES, t("部门承担的损失", "Losses borne by departments")),
    (LedgerAccount.INCOME, t("考核收入", "Assessment income")),
    (LedgerAccount.REWARDS, t("奖励支出", "Rewards paid")),
    (LedgerAccount.PAYROLL, t("工资扣发", "Payroll")),
)

LEDGER = ListPage(
    key="ledger",
    title=t("考核台账", "Assessment ledger"),
    rows=_postings,
    order="-pk",
    empty=(
        t("台账还没有记录", "The ledger is empty"),
        t("统计表交财务时记账。", "Sheets are booked when they are handed over to finance."),
    ),
    columns=[
        ListColumn(key="at", label=t("时间", "Time"), kind="moment", main=True),
        ListColumn(key="booking", label=t("凭证", "Booking"), value=lambda r: r.booking_id, kind="number"),
        ListColumn(key="what", label=t("业务", "What"), value=lambda r: r.booking.label),
        ListColumn(key="account", label=t("账户", "Account"), value=lambda r: r.account.name, main=True),
        ListColumn(
            key="debit", label=t("借方", "Debit"), kind="money", value=lambda r: r.amount if r.amount > 0 else None
        ),
        ListColumn(
            key="credit", label=t("贷方", "Credit"), kind="money", value=lambda r: -r.amount if r.amount < 0 else None
        ),
        ListColumn(key="amount", label=t("金额", "Amount"), kind="money", sort="amount", total=True, default=False),
        ListColumn(key="currency", label=t("币种", "Currency"), default=False),
        ListColumn(key="charge", label=t("事项", "What for"), value=lambda r: r.booking.about),
        ListColumn(
            key="sheet",
            label=t("统计表", "Sheet"),
            value=lambda r: r.booking.assessment.number,
            link=lambda r: cached_url("assessment", r.booking.assessment.number),
        ),
        ListColumn(key="week", label=t("周", "Week"), value=lambda r: r.booking.assessment.title, default=False),
        ListColumn(key="by", label=t("经办", "By"), value=lambda r: r.booking.by, kind="person"),
    ],
    filters=[
        DateRangeFilter(key="at", label=t("日期", "Date")),
        ChoiceFilter(key="account", label=t("账户", "Account"), options=ACCOUNTS, field="account__account"),
        ChoiceFilter(key="booking", label=t("业务", "What"), options=_bookings, field="booking__booking"),
        PersonFilter(key="person", label=t("个人", "Person"), field="account__person"),
        usual.begins_filter("week", t("周（如 2026-W47）", "Week, e.g. 2026-W47"), field="booking__assessment__period"),
    ],
    template="assessment/ledger.html",
)


def sheets(request: Any) -> HttpResponseBase:
    """All sheets the reader may see."""
    return SHEETS.respond(request)


def charges(request: Any) -> HttpResponseBase:
    """All charges the reader may see: their own, their department's, or everybody's."""
    return CHARGES.respond(request)


def ledger(request: Any) -> HttpResponseBase:
    """Every posting, for finance, management and auditors."""
    if not sees_ledger(request.user):
        raise Http404
    return LEDGER.respond(request)
