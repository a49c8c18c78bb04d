"""The one template environment: rooms' templates, both languages, strict about what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from keyword import iskeyword
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
from jinja2.compiler import CodeGenerator
from jinja2.environment import Template
from jinja2.nodes import Call, Const, Extends
from markupsafe import escape

from huiyin.ui import drawn, words, zone
from huiyin.ui.addresses import address
from huiyin.ui.formviews import view_of
from huiyin.ui.speech import asked_once, language, show, translate

ROOMS = Path(__file__).resolve().parents[1]
COMPONENTS = "ui/components.html"


def template_folders() -> list[Path]:
    """Every room's template folder, this room's first."""
    folders = sorted(p for p in ROOMS.glob("*/templates") if p.is_dir())
    return sorted(folders, key=lambda p: p.parent.name != "ui")


class Page(Template):
    """A template that asks for the language once, not at each of its words."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The whole page as text."""
        context = dict(*args, **kwargs)
        if "csrf_input" in context:
            context["csrf_input"] = escape(context["csrf_input"])  # one mask for all forms of the page
        with asked_once():
            return super().render(context)


def submission() -> str:
    """The token of one form on one page, by which sending it twice does nothing twice."""
    return uuid4().hex


class Direct(CodeGenerator):
    """Calls become Python calls and values are put out by ``outlet``: Jinja's way asks of each, every time, what it wants."""

    def visit_Template(self, node: Any, frame: Any = None) -> None:
        """The module of a template, in which our names stand in the place of Jinja's."""
        super().visit_Template(node, frame)
        self.writeline("from huiyin.ui.outlet import Macro, out")

    def visit_Call(self, node: Call, frame: Any, forward_caller: bool = False) -> None:
        """The call; nothing that pages call wants to be given their context."""
        if node.dyn_args or node.dyn_kwargs or any(iskeyword(one.key) for one in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        self.write("out(")


class Components:
    """Components under their short names, ``ui.icon`` drawn in Python, ``ui.table`` a macro; macros are read again when reloading is on."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._module: Any = None
        self.__dict__.update(drawn.COMPONENTS)

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
    folder = Path(data) / "cache" / "templates-3"  # 3: what Direct makes of them
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
    made.code_generator_class = Direct
    made.globals.update(
        t=translate,
        show=show,
        static=drawn.static,
        url=address,
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
    with asked_once():
        return "".join(frame.blocks[block][0](frame))
