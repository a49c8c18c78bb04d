"""Public interfaces of libraries only (decision 0023):
what leans on inner parts stands in ``huiyin.database`` alone.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from inspect import isclass
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

import huiyin

HOME = Path(huiyin.__file__).parent
FENCE = "database"
PUBLIC = {"_meta", "_default_manager", "_base_manager"}
"""Django documents these, whatever they look like."""
INNER = re.compile(
    r"sql_with_params|get_compiler|as_sql|values_select|klass_info|annotation_col_map|ModelState|fields_cache"
    r"|CodeGenerator|\.query\.annotations|\.internal\b"
)
"""Inner parts without an underscore, that have tempted us."""


def ours() -> list[Path]:
    """Python files outside the fence."""
    away = (FENCE, "migrations", "demo")
    return [p for p in sorted(HOME.rglob("*.py")) if not set(away) & set(p.relative_to(HOME).parts)]


def private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name not in PUBLIC and name.strip("_") != ""


def reached_for(path: Path) -> Iterator[str]:
    """Private names of something else: imported, or asked of what this file has not defined itself."""
    tree = ast.parse(path.read_text("utf-8"))
    own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id="self" | "cls"), attr=name):
                own.add(name)
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names):
                yield from (f"{module}.{one.name}" for one in names if private(one.name))
            case ast.Attribute(value=ast.Name(id="self" | "cls")):
                continue
            case ast.Attribute(attr=name) if private(name) and name not in own:
                yield f".{name}"


def test_nothing_private_is_reached_for() -> None:
    found = {path.relative_to(HOME).as_posix(): names for path in ours() if (names := list(reached_for(path)))}
    assert found == {}


def test_no_inner_part_is_named_outside_the_fence() -> None:
    assert [p.relative_to(HOME).as_posix() for p in ours() if INNER.search(p.read_text("utf-8"))] == []


def classes() -> Iterator[type[Any]]:
    """Our own classes outside the fence."""
    for module in walk_packages(huiyin.__path__, "huiyin."):
        if (
            module.name.startswith(f"huiyin.{FENCE}")
            or ".migrations" in module.name
            or module.name.endswith("__main__")
        ):
            continue
        for value in vars(import_module(module.name)).values():
            if isclass(value) and value.__module__ == module.name:
                yield value


@pytest.mark.django_db
def test_no_private_method_of_a_library_is_overridden() -> None:
    """Enumerations and protocols are left out: Python itself puts private names into them."""
    found = [
        f"{one.__module__}.{one.__name__}.{name}"
        for one in classes()
        for name, value in vars(one).items()
        if private(name) and callable(value) and (getattr(value, "__module__", None) or "").startswith("huiyin")
        if any(name in vars(base) and not base.__module__.startswith("huiyin") for base in one.__mro__[1:])
    ]
    assert found == []
