"""Mistakes say what is wrong and what to do, in both languages."""

from __future__ import annotations

import subprocess
import sys

from huiyin.kernel.mistake import Invalid
from huiyin.kernel.text import t


def test_a_mistake_carries_problem_and_remedy() -> None:
    mistake = Invalid(t("缺少 {what}", "{what} is missing.", what="x"), t("请补上", "Add it."))
    assert isinstance(mistake, ValueError)
    assert (mistake.problem.show("zh"), mistake.remedy.show("zh")) == ("缺少 x", "请补上")
    assert str(mistake) == "x is missing. Add it."


def test_the_kernel_needs_no_django() -> None:
    rooms = "derivation durations holidays money numbering people_time periods quantities steptable worktime"
    loading = "import sys; " + "; ".join(f"import huiyin.kernel.{room}" for room in rooms.split())
    loading += "; sys.exit(any(name.split('.')[0] in ('django', 'pydantic') for name in sys.modules))"
    assert subprocess.run([sys.executable, "-c", loading], env={"PYTHONPATH": "src"}, check=False).returncode == 0
