"""The one template environment: rooms' templates, both languages, strict about what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.urls import reverse
from django.utils.translation import get_language
from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
)
from jinja2.environment import Template
from jinja2.nodes import Const, Extends

from huiyin.kernel.text import Text
from huiyin.ui import words, zone
from huiyin.ui.formviews import view_of

ROOMS = Path(__file__).resolve().parents[1]
COMPONENTS = "ui/components.html"


def template_folders() -> list[Path]:
    """Every room's template folder, this room's first."""
    folders = sorted(p for p in ROOMS.glob("*/templates") if p.is_dir())
    return sorted(folders, key=lambda p: p.parent.name != "ui")


_making: ContextVar[str | None] = ContextVar("language of the page being made", default=None)


def language() -> str:
    """The language of the page being made: 'zh' or 'en'."""
    return _making.get() or ("en" if (get_language() or "zh").startswith("en") else "zh")


class Page(Template):
    """A template that asks for the language once, not at each of its words."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The whole page as text."""
        mark = _making.set(language())
        try:
            return super().render(*args, **kwargs)
        finally:
            _making.reset(mark)


def translate(zh: str, en: str, **values: Any) -> str:
    """One of two texts by the language of the page, its ``{places}`` filled; a Text among the values is shown too."""
    chosen = language()
    pattern = en if chosen == "en" else zh
    if not values:
        return pattern
    return pattern.format(**{k: v.show(chosen) if isinstance(v, Text) else v for k, v in values.items()})


def show(words_or_text: Any) -> Any:
    """A Text in the language of the page; None as an empty string; anything else as it is."""
    if isinstance(words_or_text, Text):
        return words_or_text.show(language())
    return "" if words_or_text is None else words_or_text


def static(path: str) -> str:
    """The address of a static file, with its fingerprint where files were collected."""
    return staticfiles_storage.url(path) if settings.DEBUG else _static(path)


@lru_cache(maxsize=512)
def _static(path: str) -> str:
    return staticfiles_storage.url(path)


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a named page."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


def submission() -> str:
    """The token of one form on one page, by which sending it twice does nothing twice."""
    return uuid4().hex


class Components:
    """The macros under their short names: ``ui.table``; read again when a template changed and reloading is on."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._module: Any = None

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        module = self._module
        if module is None or self._environment.auto_reload:
            module = self._module = self._environment.get_template(COMPONENTS).module
        return getattr(module, name)


def _bytecode_cache() -> BytecodeCache | None:
    """Compiled templates outlive the process in the data folder; without one they are compiled at first use."""
    data = getattr(settings, "DATA", None)
    if data is None:
        return None
    folder = Path(data) / "cache" / "templates"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return FileSystemBytecodeCache(str(folder))


def environment(**options: Any) -> Environment:
    """The environment for Django's Jinja2 backend, which passes what stands in TEMPLATES['OPTIONS']."""
    loader: BaseLoader | None = options.pop("loader", None)
    options.update(
        loader=loader or FileSystemLoader([str(p) for p in template_folders()]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )
    options.setdefault("auto_reload", settings.DEBUG)
    if not options["auto_reload"]:
        options.setdefault("bytecode_cache", _bytecode_cache())
    made = Environment(**options)  # noqa: S701  (autoescape is on, six lines above)
    made.template_class = Page
    made.globals.update(
        t=translate,
        show=show,
        static=static,
        url=url,
        submission=submission,
        language=language,
        left_words=words.left_words,
        urgency=words.urgency,
        initials=words.initials,
        site_zone=zone.site,
        view_of=view_of,
        ui=Components(made),
    )
    made.filters.update(
        show=show,
        date=words.date_words,
        clock=words.clock_words,
        moment=words.moment_words,
        localtime=lambda value: zone.localtime(value) if value is not None else "",
        money=words.money_words,
        quantity=lambda value, unit=None: words.quantity_words(value, unit, language()),
        number=words.number_words,
        size=words.size_words,
    )
    return made


def _parents(template: Template) -> Iterator[Template]:
    """The template and what it extends, nearest first."""
    made = template.environment
    seen: Template | None = template
    while seen is not None:
        yield seen
        name = seen.name
        assert name is not None
        assert made.loader is not None
        tree = made.parse(made.loader.get_source(made, name)[0])
        extends = tree.find(Extends)
        if extends is None:
            return
        assert isinstance(extends.template, Const), f"{name}: extends must name its skeleton"
        seen = made.get_template(extends.template.value)


_chains: dict[Template, tuple[Template, ...]] = {}


def _chain(template: Template) -> tuple[Template, ...]:
    if template.environment.auto_reload:
        return tuple(_parents(template))
    found = _chains.get(template)
    if found is None:
        found = _chains[template] = tuple(_parents(template))
    return found


def render_block(template: Template, block: str, context: dict[str, Any]) -> str:
    """One block of a page alone, as the page would show it; the block may stand in the page or in its skeleton.

    Nothing outside the block runs, so ``{% set %}`` made elsewhere is not seen.
    """
    frame = template.new_context(context)
    frame.blocks.clear()
    for part in _chain(template):
        for name, body in part.blocks.items():
            frame.blocks.setdefault(name, []).append(body)
    if block not in frame.blocks:
        raise KeyError(f"{template.name} has no block {block}")
    mark = _making.set(language())
    try:
        return "".join(frame.blocks[block][0](frame))
    finally:
        _making.reset(mark)
