"""What commands answer: how they end, and how they say what is wrong, a pack that cannot be loaded above all."""

from __future__ import annotations

import sys
from argparse import Namespace

from huiyin.kernel.text import Text, t
from huiyin.procedure.loader import PackInvalid, PackUnknown

DONE, FOUND_WANTING, NOT_UNDERSTOOD = 0, 1, 2
"""Exit codes: all is well; what was asked about is not; what was asked makes no sense."""
DEFAULT_PACK = "base"


def complain(said: Text, args: Namespace, code: int) -> int:
    """Say what is wrong in the caller's language; gives the exit code."""
    sys.stderr.write(said.show(args.language) + "\n")
    return code


def not_loaded(error: PackUnknown | PackInvalid, args: Namespace) -> int:
    """Say why a pack cannot be loaded; gives the exit code."""
    if isinstance(error, PackUnknown):
        said = t(
            "没有程序包「{key}」；有这些：{known}",
            "There is no pack “{key}”; there are {known}.",
            key=error.key,
            known=", ".join(error.known),
        )
        return complain(said, args, NOT_UNDERSTOOD)
    said = t(
        "程序包有 {n} 处错误，请运行 huiyin packs check",
        "The pack has mistakes ({n}); run huiyin packs check.",
        n=len(error.mistakes),
    )
    return complain(said, args, FOUND_WANTING)
