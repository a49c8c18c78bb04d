"""The one template environment: rooms' templates, both languages, strict about what is missing."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
)

from huiyin.ui import formats, python_components, zone
from huiyin.ui.addresses import cached_url
from huiyin.ui.form_views import view_of
from huiyin.ui.language import language, localise, translate

ROOMS = Path(__file__).resolve().parents[1]
COMPONENTS = "ui/components.html"


def template_folders() -> list[Path]:
    """Every room's template folder, this room's first."""
    folders = sorted(p for p in ROOMS.glob("*/templates") if p.is_dir())
    return sorted(folders, key=lambda p: p.parent.name != "ui")


def submission() -> str:
    """The token of one form on one page, by which sending it twice does nothing twice."""
    return uuid4().hex


class Components:
    """Components under their short names, ``ui.icon`` a function, ``ui.table`` a macro.

    Macros are read again when reloading is on.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._module: Any = None
        self.__dict__.update(python_components.COMPONENTS)

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
    folder = Path(data) / "cache" / "templates-4"
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
    made.globals.update(
        t=translate,
        show=localise,
        static=python_components.static,
        url=cached_url,
        submission=submission,
        language=language,
        left_words=formats.format_time_left,
        urgency=formats.urgency,
        initials=formats.initials,
        site_zone=zone.site_zone,
        view_of=view_of,
        ui=Components(made),
    )
    made.filters.update(
        show=localise,
        date=formats.format_date,
        clock=formats.format_time,
        moment=formats.format_datetime,
        localtime=lambda value: zone.localtime(value) if value is not None else "",
        money=formats.format_money,
        quantity=lambda value, unit=None: formats.format_quantity(value, unit, language()),
        number=formats.format_number,
        size=formats.format_size,
    )
    return made
