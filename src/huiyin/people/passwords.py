"""What is said of a password that will not do; Django's own words are not all there in Chinese."""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator, UserAttributeSimilarityValidator

from huiyin.kernel.text import t
from huiyin.ui.fields import localised


class MinimumLengthBilingual(MinimumLengthValidator):
    """A password of at least ``min_length`` characters."""

    def get_error_message(self) -> str:
        return localised(
            t(
                "密码太短，至少要 {n} 个字符",
                "The password is too short; it needs {n} characters at least",
                n=self.min_length,
            )
        )


class UserSimilarityBilingual(UserAttributeSimilarityValidator):
    """A password that is not like the person's name or user name."""

    def get_error_message(self) -> str:
        return localised(t("密码与姓名或用户名太相近", "The password is too much like the name or the user name"))
