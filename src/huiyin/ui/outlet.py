"""What pages are made of: text escaped once and macros called, each by the shortest way that has the same outcome.

A page puts out a thousand pieces; the general ways of markupsafe and Jinja ask of each what it might be besides text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from jinja2 import runtime
from jinja2.nodes import EvalContext
from markupsafe import Markup, _escape_inner, escape

safe: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Text that is markup already, as markup."""


def out(value: Any) -> str:
    """``value`` as it may stand in a page: markup as it is, everything else escaped."""
    kind = value.__class__
    if kind is str:
        return _escape_inner(value)
    return value if kind is Markup else escape(value)


class Macro(runtime.Macro):
    """A macro that takes its arguments without the questions that only unusual macros need; pages always escape."""

    def __call__(self, *args: Any, **given: Any) -> str:
        """What the macro writes."""
        if self.catch_kwargs or self.catch_varargs or len(args) > self._argument_count:
            return super().__call__(*args, **given)
        if args and args[0].__class__ is EvalContext:
            args = args[1:]
        taken = [*args, *(given.pop(name, runtime.missing) for name in self.arguments[len(args) :])]
        if self.caller and not self.explicit_caller:
            taken.append(given.pop("caller", None) or self._environment.undefined("No caller defined", name="caller"))
        if given:
            raise TypeError(f"macro {self.name!r} takes no keyword argument {next(iter(given))!r}")
        return safe(self._func(*taken))
