"""A text in both languages of the product, side by side where it stands (decision 0002)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

LANGUAGES = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or label in Chinese and English; ``values`` fill ``{name}`` places in both.

    Values that are themselves a Text are shown in the same language.
    """

    zh: str
    en: str
    values: dict[str, Any] = field(default_factory=dict, compare=True, hash=False)

    def show(self, language: str) -> str:
        """The text in ``language`` ('zh' or 'en'; a longer code such as 'zh-hans' counts by its first two letters)."""
        pattern = self.en if language.startswith("en") else self.zh
        if not self.values:
            return pattern
        shown = {k: v.show(language) if isinstance(v, Text) else v for k, v in self.values.items()}
        return pattern.format(**shown)

    def with_values(self, **values: Any) -> Text:
        """The same text with its places filled."""
        return Text(self.zh, self.en, {**self.values, **values})

    def __str__(self) -> str:
        return self.show("zh")


def t(zh: str, en: str, **values: Any) -> Text:
    """A Text; the only way user-visible words are written in Python: ``t("请填写客户", "Choose a customer")``."""
    return Text(zh, en, values)
