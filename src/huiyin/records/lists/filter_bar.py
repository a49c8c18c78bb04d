"""How the filters of a list page are shown: as menus, as chips that take them away, and as one form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.records.lists.filters import AppliedFilter, ChoiceFilter, ListFilter, SearchFilter
from huiyin.records.lists.request import ListRequest
from huiyin.ui.components import FilterChip as Chip
from huiyin.ui.forms import Form

MENUS = 5
"""As many filters stand as menus above the list, the first ones and those in use; the form has them all."""

Menu = tuple[Text, list[Chip], Text | str | None]


@dataclass(frozen=True, slots=True)
class FilterBar:
    """The filters above a list: menus of ready choices, and chips for what no menu shows."""

    menus: list[Menu]
    chips: list[Chip]


def bar(filters: Sequence[ListFilter], wanted: ListRequest, request: Any) -> FilterBar:
    """The first filters with ready choices and those in use; values that were not understood as chips that say so."""
    having = {one.key: (one, presets) for one in filters if (presets := one.presets(request))}
    shown = [*list(having)[:MENUS], *(key for key in list(having)[MENUS:] if key in wanted.chosen)]
    in_box = {one.key for one in filters if isinstance(one, SearchFilter)}
    chips = [
        Chip(chosen.words, wanted.url(without=key), active=True)
        for key, chosen in wanted.chosen.items()
        if chosen.problem or (key not in having and key not in in_box)
    ]
    return FilterBar([_menu(*having[key], wanted) for key in shown], chips)


def form(filters: Sequence[ListFilter], wanted: ListRequest, request: Any) -> Form:
    """Every filter as fields, filled with what is chosen; sent by GET. Words have their own box."""
    made = Form(initial={})
    for one in _in_the_form(filters):
        made.fields.update(one.fields(request))
        chosen = wanted.chosen.get(one.key)
        for name, value in chosen.params if chosen else ():
            several = isinstance(one, ChoiceFilter)
            made.initial[name] = [*made.initial.get(name, []), value] if several else value
    return made


def hidden_parameters(filters: Sequence[ListFilter], wanted: ListRequest) -> list[tuple[str, str]]:
    """Parameters that the form does not hold and that go along unseen."""
    names = {name for one in _in_the_form(filters) for name in one.names}
    return [pair for pair in wanted.pairs() if pair[0] not in names]


def _in_the_form(filters: Sequence[ListFilter]) -> list[ListFilter]:
    return [one for one in filters if not isinstance(one, SearchFilter)]


def _menu(one: ListFilter, presets: Any, wanted: ListRequest) -> Menu:
    chosen = wanted.chosen.get(one.key)
    good = chosen if chosen is not None and chosen.problem is None else None
    items = [Chip(t("不限", "any"), wanted.url(without=one.key))] if chosen else []
    for words, params in presets:
        active = good is not None and set(params) <= set(good.params)
        items.append(Chip(words, _toggled(one, params, good, wanted, active=active), active=active))
    return one.label, items, _brief(good, items) if good else None


def _toggled(
    one: ListFilter,
    params: tuple[tuple[str, str], ...],
    good: AppliedFilter | None,
    wanted: ListRequest,
    *,
    active: bool,
) -> str:
    """The address after a choice: several of a ChoiceFilter stand together, other filters hold one."""
    held = good.params if good is not None and isinstance(one, ChoiceFilter) else ()
    kept = [pair for pair in held if pair not in params]
    return wanted.url(*kept, *(() if active else params), without=one.key)


def _brief(good: AppliedFilter, items: list[Chip]) -> Text | str:
    """What is chosen, without the filter's own name where the choice has one."""
    active = [chip.label for chip in items if chip.active]
    return active[0] if len(active) == 1 else good.words
