"""What may be a user name: nothing that looks like another one and is none."""

from __future__ import annotations

import re
import unicodedata

from huiyin.kernel.text import Text, t


def username_fault(name: str) -> Text | None:
    """Why ``name`` cannot be a user name: signs nobody sees or types, or letters of scripts that look alike."""
    if not re.fullmatch(r"[\w.@+-]+", name) or name != unicodedata.normalize("NFKC", name):
        return t("用户名里只能有字母、数字和 . _ @ + -", "A user name holds letters, digits and . _ @ + - only")
    scripts = {unicodedata.name(sign, "?").split()[0] for sign in name if sign.isalpha()}
    if len(scripts - {"CJK"}) > 1:
        return t("用户名里混有形状相近的不同文字", "The user name mixes letters of scripts that look alike")
    return None
