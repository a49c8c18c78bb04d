"""What stands around every page: navigation by what the person does, quick-create, bell, language, theme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse

from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure.nouns import menu_of
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.conditions import opening_refused


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation or of quick-create; ``functions`` empty means everybody."""

    label: Text
    path: str
    icon: str
    key: str = ""
    functions: frozenset[str] = frozenset()
    administrators: bool = False
    group: Text | None = None
    note: Text | None = None
    opens: str = ""  # the step a record is opened by: only those the procedure gives it to are offered it
    calls: str = ""  # a kind of record: the company's own name for it comes before the label
    plain: str = ""  # the icon where the company calls it otherwise, for a picture may say the name too
    knows: str = ""  # a step without which the place says nothing: only where the procedure has it

    def is_for(self, person: Person) -> bool:
        """Whether the person has business there."""
        if self.administrators and not person.is_administrator:
            return False
        return not self.functions or bool(person.functions() & self.functions) or person.is_administrator


@dataclass(frozen=True, slots=True)
class Item:
    """A place as shown on one page."""

    label: Text
    url: str
    icon: str
    key: str
    active: bool
    count: int = 0
    group: Text | None = None
    note: Text | None = None


OFFICE = frozenset({"reception", "quality", "management", "office", "field-service", "auditor", "finance"})
ASSESSED = frozenset({"quality", "warehouse", "finance", "management", "auditor"})
GOODS = frozenset({"reception", "quality", "warehouse", "finance", "office", "management", "auditor"})
SUPPLIERS = frozenset({"purchasing", "quality", "management", "auditor"})
LEDGER = frozenset({"finance", "management", "auditor"})
OVERSIGHT = frozenset({"quality", "management", "office", "auditor"})

PLACES = (
    Place(t("今日", "Today"), "/", "today", "t"),
    Place(t("投诉", "Complaints"), "/complaints/", "complaints", "p"),
    Place(t("看板", "Board"), "/complaints/board", "board", "b"),
    Place(t("8D", "8D"), "/problems/", "eightd", "d", calls="problem", plain="flag"),
    Place(t("供方整改", "Suppliers"), "/scars/", "link", "", SUPPLIERS, knows="scar.open"),
    Place(t("补换退货", "Replacements"), "/replacements/", "returns", "x", GOODS),
    Place(t("三方盘点", "Stock-takes"), "/stock-takes/", "check", "", GOODS, knows="stock-take.open"),
    Place(t("费用与损失", "Costs and losses"), "/replacements/losses", "truck", "", GOODS),
    Place(t("待办总览", "Obligations"), "/obligations/", "tasks", "o"),
    Place(t("来往登记", "Contacts"), "/contacts/", "contacts", "l", OFFICE),
    Place(t("客户", "Customers"), "/customers/", "customers", "k", OFFICE),
    Place(t("考核统计", "Assessment"), "/assessments/", "assessment", "a", ASSESSED, knows="assessment.compile"),
    Place(t("考核明细", "Charges"), "/charges/", "money", "m", knows="assessment.compile"),
    Place(t("考核台账", "Ledger"), "/ledger/", "copy", "j", LEDGER, knows="assessment.compile"),
    Place(t("条款与证据", "Clauses"), "/clauses/", "clauses", "e", OVERSIGHT, group=t("体系", "System")),
    Place(t("程序", "Procedure"), "/procedure/", "procedure", "r", OVERSIGHT),
    Place(t("导入", "Import"), "/imports/", "import", "i", frozenset({"reception", "office"})),
    Place(t("人员", "People"), "/people/", "people", "u", OVERSIGHT),
)
CREATES = (
    Place(
        t("投诉", "Complaint"),
        "/complaints/new",
        "complaints",
        "c",
        note=t("电话、来函、到访", "Call, letter, visit"),
        opens="complaint.register",
    ),
    Place(
        t("8D", "8D"),
        "/problems/new",
        "eightd",
        note=t("查原因、定措施、防再发", "Cause, action, prevention"),
        opens="problem.open",
        calls="problem",
        plain="flag",
    ),
    Place(t("来往", "Contact"), "/contacts/new", "contacts", "", OFFICE, opens="contact.register"),
    Place(t("客户", "Customer"), "/customers/new", "customers", opens="customer.register"),
)


class Shell:
    """Lazily answers what the page's frame asks; costs no query of its own."""

    home_url, search_url, notices_url = "/", "/search", "/notices"
    suggest_url = "/search/suggest"

    def __init__(self, request: Any) -> None:
        self._request = request
        self.person: Person = request.user
        self.path: str = request.get_full_path()
        self.at: datetime = request.at
        self.query: str = request.GET.get("q", "")[:200] if request.path == "/search" else ""

    @property
    def language(self) -> str:
        """'zh' or 'en'."""
        return "en" if self.person.language.startswith("en") else "zh"

    @property
    def theme(self) -> str:
        """'auto', 'light' or 'dark'."""
        return self.person.theme

    @property
    def unread(self) -> int:
        """Notices not yet read."""
        return self.person.unread_notices

    @property
    def department(self) -> Text | None:
        """The person's department."""
        return self.person.department.name if self.person.department else None

    @cached_property
    def _procedure(self) -> Procedure | None:
        return self._request.procedure if self._request.version else None

    @property
    def site_name(self) -> Text | None:
        """The title of the procedure that is in force."""
        return self._procedure.title if self._procedure else None

    @property
    def zone(self) -> Any:
        """The site's time zone."""
        return self._procedure.zone if self._procedure else None

    @property
    def preferences_url(self) -> str:
        """Where language and theme are set."""
        return reverse("preferences")

    @property
    def profile_url(self) -> str:
        """The person's own page with two-step sign-in."""
        return reverse("profile")

    @property
    def sign_out_url(self) -> str:
        """Where signing out is posted."""
        return reverse("account_logout")

    def _shown(self, places: tuple[Place, ...]) -> list[Item]:
        here = self._request.path
        mine = [place for place in places if place.is_for(self.person) and self._may_open(place)]
        under = [p.path for p in mine if here == p.path or (p.path != "/" and here.startswith(p.path))]
        best = max(under, key=len, default="")
        return [Item(self._label(p), p.path, self._icon(p), p.key, p.path == best, 0, p.group, p.note) for p in mine]

    def _label(self, place: Place) -> Text:
        return menu_of(self._procedure, place.calls, place.label) if place.calls else place.label

    def _icon(self, place: Place) -> str:
        return place.icon if self._label(place) == place.label else place.plain

    def _may_open(self, place: Place) -> bool:
        if place.knows and (self._procedure is None or self._procedure.step(place.knows) is None):
            return False
        if not place.opens:
            return True
        return self._procedure is not None and not opening_refused(place.opens, self.person, self._procedure)

    @cached_property
    def navigation(self) -> list[Item]:
        """Places of the left navigation that concern the person."""
        return self._shown(PLACES)

    @cached_property
    def creates(self) -> list[Item]:
        """What the person may create from anywhere."""
        return self._shown(CREATES)


def shell(request: Any) -> dict[str, Any]:
    """Context processor: ``shell`` for signed-in people, nothing for others."""
    user = getattr(request, "user", None)
    return {"shell": Shell(request)} if user is not None and user.is_authenticated else {}
