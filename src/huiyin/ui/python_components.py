"""The smallest components, which a page shows by the hundred: functions, for a macro's call costs more than its words.

They are used like the macros, as ``ui.icon("plus")``, and refuse unknown attributes in the same way. Everything that
comes in goes through ``escape`` or ``_said``: only so may a file make ``Markup`` of pieces.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from markupsafe import Markup, escape

from huiyin.ui import formats, zone
from huiyin.ui.components import Words
from huiyin.ui.language import localise
from huiyin.ui.language import translate as t

NOTHING = Markup("")


def static(path: str) -> str:
    """The address of a static file, with its fingerprint where files were collected."""
    return staticfiles_storage.url(path) if settings.DEBUG else _static(path)


@lru_cache(maxsize=512)
def _static(path: str) -> str:
    return staticfiles_storage.url(path)


def _said(words_or_text: Any) -> Markup:
    """Words in the language of the page, safe between tags and in quotes."""
    return escape(localise(words_or_text))


def icon(name: str, label: Words | None = None) -> Markup:
    """A picture of the sprite; with a ``label`` it is read out."""
    if not label:
        return _icon(static("ui/icons.svg"), name)
    return Markup(
        f'<svg class="icon" role="img" aria-label="{_said(label)}">'
        f'<use href="{static("ui/icons.svg")}#{escape(name)}"/></svg>'
    )


@lru_cache(maxsize=200)
def _icon(sprite: str, name: str) -> Markup:
    return Markup(f'<svg class="icon" aria-hidden="true"><use href="{sprite}#{escape(name)}"/></svg>')


_picture = icon  # where a parameter has the name


def button(
    label: Words,
    kind: str = "plain",
    href: str | None = None,
    name: str | None = None,
    value: Any = None,
    type: str = "submit",
    reasons: Iterable[Words] = (),
    icon: str | None = None,
    key: str | None = None,
    form: str | None = None,
    action: str | None = None,
    small: bool = False,
    dialog: str | None = None,
    confirm: Words | None = None,
    get: str | None = None,
    target: str | None = None,
    download: bool = False,
) -> Markup:
    """A button, or a link that looks like one; with ``reasons`` it is shut and says why."""
    classes = f'class="button is-{escape(kind)}{" is-small" if small else ""}"'
    face = f"{_picture(icon) if icon else ''}<span>{_said(label)}</span>"
    if reasons:
        why = "".join(f"<span>{_said(one)}</span>" for one in reasons)
        return Markup(
            f'<span class="refused"><button {classes} type="button" aria-disabled="true" disabled>{face}</button>\n'
            f'<span class="refused-why">{why}</span></span>\n'
        )
    more = f' data-shortcut="{escape(key)}"' if key else ""
    more += f' data-confirm="{_said(confirm)}"' if confirm else ""
    more += f' hx-get="{escape(get)}" hx-target="{escape(target)}"' if get else ""
    if href is not None:
        return Markup(f'<a {classes} href="{escape(href)}"{more}{" download" if download else ""}>{face}</a>\n')
    own = f' name="{escape(name)}" value="{escape(1 if value is None else value)}"' if name else ""
    own += f' form="{escape(form)}"' if form else ""
    own += f' formaction="{escape(action)}"' if action else ""
    own += f' data-dialog="{escape(dialog)}"' if dialog else ""
    kind_of = "button" if dialog or get else type
    return Markup(f'<button {classes} type="{escape(kind_of)}"{own}{more}>{face}</button>\n')


def badge(label: Words, tone: str = "neutral") -> Markup:
    """A short word with a tone."""
    return Markup(f'<span class="badge is-{escape(tone)}">{_said(label)}</span>')


def phase(phase: str, label: Words) -> Markup:
    """The phase a record is in, in the company's word for its step."""
    return Markup(f'<span class="phase is-{escape(phase)}">{_said(label)}</span>')


def left(
    due: datetime | None,
    at: datetime,
    done: datetime | None = None,
    paused: bool = False,
    short: bool = False,
    said: Words | None = None,
) -> Markup:
    """How long there is left, or how late it is; the exact moment stands in the title. ``said``: in place of "done"."""
    if done:
        return Markup(
            f'<time class="left is-done" datetime="{done.isoformat()}" title="{formats.format_datetime(done)}">'
            f"{_said(said or t('已办', 'done'))}</time>"
        )
    if paused:
        return Markup(f'<span class="left is-paused">{icon("pause")}{t("暂停计时", "paused")}</span>')
    if not due:
        return NOTHING
    title = t("期限 {moment}", "due {moment}", moment=formats.format_datetime(due))
    data = 'data-due="short"' if short else "data-due"
    return Markup(
        f'<time class="left is-{formats.urgency(due, at)}" datetime="{due.isoformat()}" title="{title}"'
        f" {data}>{_said(formats.format_time_left(due, at, short=short))}</time>"
    )


def moment(value: datetime | None) -> Markup:
    """A moment, with its year unless that is the reader's own; the whole stands in the title."""
    if not value:
        return NOTHING
    whole = formats.format_datetime(value)
    shown = whole[5:] if zone.is_of_this_year(whole) else whole
    return Markup(f'<time datetime="{value.isoformat()}" title="{whole}">{shown}</time>')


def day(value: date | datetime | None) -> Markup:
    """A calendar day."""
    if not value:
        return NOTHING
    whole = zone.day_of(value).isoformat()
    return Markup(f'<time datetime="{whole}">{whole}</time>')


def avatar(name: Words, size: str = "small") -> Markup:
    """The initials of a person."""
    return Markup(
        f'<span class="avatar is-{escape(size)}" aria-hidden="true">{escape(formats.initials(localise(name)))}</span>'
    )


def person(name: Words, department: Words | None = None) -> Markup:
    """A person with initials and department."""
    under = f" <small>{_said(department)}</small>" if department else ""
    return Markup(f'<span class="person">{avatar(name)}<span>{_said(name)}{under}</span></span>')


def fact(
    label: Words,
    value: Any = None,
    href: str | None = None,
    wide: bool = False,
    caller: Callable[[], str] | None = None,
) -> Markup:
    """A label and its value, or a body; nothing is a dash."""
    inside: str
    if caller is not None:
        inside = escape(caller())
    else:
        inside = (
            f'<span class="nothing" aria-label="{t("没有", "none")}">—</span>'
            if value is None or value == ""
            else _said(value)
        )
        if href:
            inside = f'<a href="{escape(href)}">{inside}</a>'
    opening = '<div class="is-wide">' if wide else "<div>"
    return Markup(f"{opening}<dt>{_said(label)}</dt><dd>{inside}</dd></div>\n")


def entry(
    who: Words,
    text: Words,
    at: datetime,
    icon: str | None = None,
    tone: str | None = None,
    note: Words | None = None,
    caller: Callable[[], str] | None = None,
) -> Markup:
    """One line of the time-line."""
    mark = _picture(icon) if icon else avatar(who)
    under = f'<p class="entry-note">{_said(note)}</p>\n' if note else ""
    more = f'<div class="entry-more">{escape(caller())}</div>\n' if caller is not None else ""
    return Markup(
        f'<li class="entry{f" is-{escape(tone)}" if tone else ""}">\n'
        f'<span class="entry-mark" aria-hidden="true">{mark}</span>\n<div class="entry-body">\n'
        f'<p class="entry-line"><span>{_said(text)}</span>{moment(at)}</p>\n{under}{more}</div></li>\n'
    )


def owed(
    what: Words,
    who: Words,
    due: datetime,
    at: datetime,
    to: Words | None = None,
    clause: str | None = None,
    href: str | None = None,
    paused: bool = False,
    done: datetime | None = None,
    derivation: Iterable[Any] = (),
    warnings: Iterable[Words] = (),
    said: Words | None = None,
) -> Markup:
    """What somebody owes by when; with ``derivation`` how that was reached, with ``said`` how it ended if not done."""
    state = "done" if done else "paused" if paused else formats.urgency(due, at)
    named = f'<a href="{escape(href)}">{_said(what)}</a>' if href else _said(what)
    under = f"<span>{_said(who)}{f' → {_said(to)}' if to else ''}</span>\n"
    if clause:
        under += f'<span class="clause">{escape(t("条款 {c}", "Clause {c}", c=clause))}</span>\n'
    return Markup(
        f'<li class="owed is-{state}">\n<div class="owed-line">\n<span class="owed-what">{named}</span>\n'
        f"{left(due, at, done=done, paused=paused, said=said)}\n</div>\n"
        f'<div class="owed-under">\n{under}{moment(due)}\n</div>\n'
        f"{_sentences(warnings)}{_derivation(derivation)}</li>\n"
    )


def _sentences(items: Iterable[Words]) -> str:
    lines = "".join(f"<li>{_said(one)}</li>" for one in items)
    return f'<ul class="reasons">{lines}</ul>\n' if lines else ""


def _derivation(steps: Iterable[Any]) -> str:
    lines = "".join(f"<li>{_said(getattr(one, 'text', one))}</li>" for one in steps)
    if not lines:
        return ""
    summary = t("期限怎么算出来的", "How the due time follows")
    return (
        f'<details class="disclosure is-quiet"><summary>{icon("right")}<span>{summary}</span></summary>\n'
        f'<ol class="derivation">{lines}</ol></details>\n'
    )


def column(
    label: Words,
    number: bool = False,
    sort: str | None = None,
    order: str | None = None,
    narrow: bool = False,
    hidden_small: bool = False,
) -> Markup:
    """The head of a table's column; with ``sort`` a link that sorts, ``order`` being how it is sorted now."""
    named = (("number", number), ("is-narrow", narrow), ("hidden-small", hidden_small))
    classes = " ".join(name for name, wanted in named if wanted)
    shown = f' class="{classes}"' if classes else ""
    if order:
        shown += f' aria-sort="{"ascending" if order == "asc" else "descending"}"'
    inside: str = _said(label)
    if sort:
        arrow = icon({"asc": "up", "desc": "down"}.get(order or "", "sort"))
        inside = f'<a href="{escape(sort)}">{inside}{arrow}</a>'
    return Markup(f'<th scope="col"{shown}>{inside}</th>')


COMPONENTS: dict[str, Callable[..., Markup]] = {
    one.__name__: one
    for one in (icon, button, badge, phase, left, moment, day, avatar, person, fact, entry, owed, column)
}


def line(cells: Iterable[str]) -> Markup:
    """A line of a list; ``cells`` are made by ``cell``."""
    return Markup("".join(cells))


def cell(opening: str, shown: Markup, href: str | None = None) -> str:
    """A cell for ``line``, not yet marked as markup since a page has hundreds; ``opening`` is its tag."""
    return f'{opening}<a href="{escape(href)}">{shown}</a></td>' if href else f"{opening}{shown}</td>"
