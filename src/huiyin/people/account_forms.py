"""Forms of sign-in pages where the library's own say things in a way our pages do not."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, SetPasswordForm

from huiyin.kernel.text import t

NEEDED = t(
    "至少十个字符；不能太常见，也不能与姓名或用户名相近",
    "Ten characters at least; not a common one, and not like your name",
)


class ChangeOwnPassword(ChangePasswordForm):  # type: ignore[misc]  # the library is untyped
    """The library's form; what a password needs is one plain sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = NEEDED


class SetOwnPassword(SetPasswordForm):  # type: ignore[misc]  # the library is untyped
    """The first password of somebody who has none: nothing old to ask for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = NEEDED
