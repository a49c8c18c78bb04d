"""The smallest components, which a page shows by the hundred: drawn in Python because a macro's call costs more than its words.

They are used like the macros, as ``ui.icon("plus")``, and refuse unknown attributes in the same way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from markupsafe import Markup

from huiyin.ui import words, zone
from huiyin.ui.components import Words
from huiyin.ui.outlet import out, safe
from huiyin.ui.speech import show
from huiyin.ui.speech import translate as t

NOTHING = Markup("")


def static(path: str) -> str:
    """The address of a static file, with its fingerprint where files were collected."""
    return staticfiles_storage.url(path) if settings.DEBUG else _static(path)


@lru_cache(maxsize=512)
def _static(path: str) -> str:
    return staticfiles_storage.url(path)


def _said(words_or_text: Any) -> str:
    """Words in the language of the page, safe between tags and in quotes."""
    return out(show(words_or_text))


def icon(name: str, label: Words | None = None) -> Markup:
    """A picture of the sprite; with a ``label`` it is read out."""
    if not label:
        return _icon(static("ui/icons.svg"), name)
    return safe(
        f'<svg class="icon" role="img" aria-label="{_said(label)}"><use href="{static("ui/icons.svg")}#{out(name)}"/></svg>'
    )


@lru_cache(maxsize=200)
def _icon(sprite: str, name: str) -> Markup:
    return safe(f'<svg class="icon" aria-hidden="true"><use href="{sprite}#{out(name)}"/></svg>')


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
    classes = f'class="button is-{out(kind)}{" is-small" if small else ""}"'
    face = f"{_picture(icon) if icon else ''}<span>{_said(label)}</span>"
    if reasons:
        why = "".join(f"<span>{_said(one)}</span>" for one in reasons)
        return safe(
            f'<span class="refused"><button {classes} type="button" aria-disabled="true" disabled>{face}</button>\n'
            f'<span class="refused-why">{why}</span></span>\n'
        )
    more = f' data-shortcut="{out(key)}"' if key else ""
    more += f' data-confirm="{_said(confirm)}"' if confirm else ""
    more += f' hx-get="{out(get)}" hx-target="{out(target)}"' if get else ""
    if href is not None:
        return safe(f'<a {classes} href="{out(href)}"{more}{" download" if download else ""}>{face}</a>\n')
    own = f' name="{out(name)}" value="{out(1 if value is None else value)}"' if name else ""
    own += f' form="{out(form)}"' if form else ""
    own += f' formaction="{out(action)}"' if action else ""
    own += f' data-dialog="{out(dialog)}"' if dialog else ""
    kind_of = "button" if dialog or get else type
    return safe(f'<button {classes} type="{out(kind_of)}"{own}{more}>{face}</button>\n')


def badge(label: Words, tone: str = "neutral") -> Markup:
    """A short word with a tone."""
    return safe(f'<span class="badge is-{out(tone)}">{_said(label)}</span>')


def phase(phase: str, label: Words) -> Markup:
    """The phase a record is in, in the company's word for its step."""
    return safe(f'<span class="phase is-{out(phase)}">{_said(label)}</span>')


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
        return safe(
            f'<time class="left is-done" datetime="{done.isoformat()}" title="{words.moment_words(done)}">{_said(said or t("已办", "done"))}</time>'
        )
    if paused:
        return safe(f'<span class="left is-paused">{icon("pause")}{t("暂停计时", "paused")}</span>')
    if not due:
        return NOTHING
    title = t("期限 {moment}", "due {moment}", moment=words.moment_words(due))
    data = 'data-due="short"' if short else "data-due"
    return safe(
        f'<time class="left is-{words.urgency(due, at)}" datetime="{due.isoformat()}" title="{title}"'
        f" {data}>{_said(words.left_words(due, at, short=short))}</time>"
    )


def moment(value: datetime | None) -> Markup:
    """A moment, with its year unless that is the reader's own; the whole stands in the title."""
    if not value:
        return NOTHING
    whole = words.moment_words(value)
    shown = whole[5:] if zone.is_of_this_year(whole) else whole
    return safe(f'<time datetime="{value.isoformat()}" title="{whole}">{shown}</time>')


def day(value: date | datetime | None) -> Markup:
    """A calendar day."""
    if not value:
        return NOTHING
    whole = zone.day_of(value).isoformat()
    return safe(f'<time datetime="{whole}">{whole}</time>')


def avatar(name: Words, size: str = "small") -> Markup:
    """The initials of a person."""
    return safe(f'<span class="avatar is-{out(size)}" aria-hidden="true">{out(words.initials(show(name)))}</span>')


def person(name: Words, department: Words | None = None) -> Markup:
    """A person with initials and department."""
    under = f" <small>{_said(department)}</small>" if department else ""
    return safe(f'<span class="person">{avatar(name)}<span>{_said(name)}{under}</span></span>')


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
        inside = out(caller())
    else:
        inside = (
            f'<span class="nothing" aria-label="{t("没有", "none")}">—</span>'
            if value is None or value == ""
            else _said(value)
        )
        if href:
            inside = f'<a href="{out(href)}">{inside}</a>'
    opening = '<div class="is-wide">' if wide else "<div>"
    return safe(f"{opening}<dt>{_said(label)}</dt><dd>{inside}</dd></div>\n")


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
    more = f'<div class="entry-more">{out(caller())}</div>\n' if caller is not None else ""
    return safe(
        f'<li class="entry{f" is-{out(tone)}" if tone else ""}">\n<span class="entry-mark" aria-hidden="true">{mark}</span>\n'
        f'<div class="entry-body">\n<p class="entry-line"><span>{_said(text)}</span>{moment(at)}</p>\n{under}{more}</div></li>\n'
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
    """What somebody owes by when; with ``derivation`` how the due time was reached, with ``said`` how it ended if not done."""
    state = "done" if done else "paused" if paused else words.urgency(due, at)
    named = f'<a href="{out(href)}">{_said(what)}</a>' if href else _said(what)
    under = f"<span>{_said(who)}{f' → {_said(to)}' if to else ''}</span>\n"
    if clause:
        under += f'<span class="clause">{out(t("条款 {c}", "Clause {c}", c=clause))}</span>\n'
    return safe(
        f'<li class="owed is-{state}">\n<div class="owed-line">\n<span class="owed-what">{named}</span>\n'
        f'{left(due, at, done=done, paused=paused, said=said)}\n</div>\n<div class="owed-under">\n{under}{moment(due)}\n</div>\n'
        f"{_sentences(warnings)}{_derivation(derivation)}</li>\n"
    )


def _sentences(items: Iterable[Words]) -> str:
    lines = "".join(f"<li>{_said(one)}</li>" for one in items)
    return f'<ul class="reasons">{lines}</ul>\n' if lines else ""


def _derivation(steps: Iterable[Any]) -> str:
    lines = "".join(f"<li>{_said(getattr(one, 'text', one))}</li>" for one in steps)
    summary = t("期限怎么算出来的", "How the due time follows")
    opening = f'<details class="disclosure is-quiet"><summary>{icon("right")}<span>{summary}</span></summary>\n'
    return f'{opening}<ol class="derivation">{lines}</ol></details>\n' if lines else ""


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
        inside = f'<a href="{out(sort)}">{inside}{arrow}</a>'
    return safe(f'<th scope="col"{shown}>{inside}</th>')


COMPONENTS: dict[str, Callable[..., Markup]] = {
    one.__name__: one
    for one in (icon, button, badge, phase, left, moment, day, avatar, person, fact, entry, owed, column)
}


def cell(shown: Any, opening: str, href: str | None = None) -> Markup:
    """A cell of a list; ``opening`` is its tag."""
    inside = shown if isinstance(shown, Markup) else out(shown)
    if href:
        return safe(f'{opening}<a href="{out(href)}">{inside}</a></td>')
    return safe(f"{opening}{inside}</td>")


def together(parts: Iterable[Markup]) -> Markup:
    """Pieces of markup one behind the other."""
    return safe("".join(parts))
