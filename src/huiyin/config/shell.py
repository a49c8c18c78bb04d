"""What stands around every page: navigation by what the person does, quick-create, bell, language, theme."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse

from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.procedure.nouns import menu_label_of
from huiyin.procedure.schema import Procedure
from huiyin.ui.addresses import cached_url
from huiyin.ui.rooms import MenuItem, creates, menu


@dataclass(frozen=True, slots=True)
class NavLink:
    """An entry as shown on one page."""

    label: Text
    url: str
    icon: str
    key: str
    active: bool
    count: int = 0
    group: Text | None = None
    note: Text | None = None


class ShellContext:
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

    def _shown(self, items: Sequence[MenuItem]) -> list[NavLink]:
        here, procedure = self._request.path, self._procedure
        mine = [(item, item.path or cached_url(item.url)) for item in items if item.may_open(self.person, procedure)]
        under = [url for _, url in mine if here == url or (url != "/" and here.startswith(url))]
        best = max(under, key=len, default="")
        return [
            NavLink(self._label(item), url, self._icon(item), item.key, url == best, 0, item.group, item.note)
            for item, url in mine
        ]

    def _label(self, item: MenuItem) -> Text:
        return menu_label_of(self._procedure, item.kind, item.label) if item.kind else item.label

    def _icon(self, item: MenuItem) -> str:
        return item.icon if self._label(item) == item.label else item.plain_icon or item.icon

    @cached_property
    def navigation(self) -> list[NavLink]:
        """The entries of the left navigation whose pages the person may open."""
        return self._shown(menu(self._procedure))

    @cached_property
    def creates(self) -> list[NavLink]:
        """What the person may create from anywhere."""
        return self._shown(creates(self.person, self._procedure))


def shell(request: Any) -> dict[str, Any]:
    """Context processor: ``shell`` for signed-in people, nothing for others."""
    user = getattr(request, "user", None)
    return {"shell": ShellContext(request)} if user is not None and user.is_authenticated else {}
