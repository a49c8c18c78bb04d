"""What is wrong with a value from a pack or a form, and what to do about it."""

from __future__ import annotations

from huiyin.kernel.text import Text


class Invalid(ValueError):
    """A value that cannot be used: ``problem`` says what is wrong, ``remedy`` what to write instead."""

    def __init__(self, problem: Text, remedy: Text) -> None:
        super().__init__(f"{problem.show('en')} {remedy.show('en')}".strip())
        self.problem = problem
        self.remedy = remedy
