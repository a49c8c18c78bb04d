"""``huiyin split-cost``: a cost shared by the brackets of a procedure, before anybody is charged with it."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path

from django.conf import settings

from huiyin.assessment.sharing import WHO, share
from huiyin.kernel.mistake import Invalid
from huiyin.kernel.money import Money
from huiyin.kernel.text import t
from huiyin.procedure.command_answers import DEFAULT_PACK, DONE, FOUND_WANTING, NOT_UNDERSTOOD, complain, not_loaded
from huiyin.procedure.loader import PackInvalid, PackUnknown, load_pack, search_path


def split_cost(args: Namespace) -> int:
    """Print what a department bears of a cost and how that is divided; amounts to the cent, adding up exactly.

    Exit code 1 when the pack has mistakes or shares no such cost, 2 for an unknown pack or an amount that is none.
    """
    key = args.pack or DEFAULT_PACK
    try:
        procedure = load_pack(key, search_path(Path(settings.DATA) / "packs"))
    except (PackUnknown, PackInvalid) as error:
        return not_loaded(error, args)
    sharing = procedure.sharing(args.cost)
    if sharing is None:
        said = t(
            "程序包 {key} 没有规定「{cost}」怎样分担",
            "The pack {key} does not say how “{cost}” is shared.",
            key=key,
            cost=args.cost,
        )
        return complain(said, args, FOUND_WANTING)
    try:
        shared = share(Money.of(args.amount, procedure.currency), sharing)
    except Invalid as wrong:
        said = t("{problem}；{remedy}", "{problem} {remedy}", problem=wrong.problem, remedy=wrong.remedy)
        return complain(said, args, NOT_UNDERSTOOD)
    parts = {to: str(amount.amount) for to, amount in shared.parts.items()}
    if args.json:
        _write(json.dumps({"total": str(shared.total.amount), "parts": parts}, ensure_ascii=False, indent=2))
    else:
        _write(shared.derivation[0].show(args.language))
        for to, amount in shared.parts.items():
            _write(f"{WHO[to].show(args.language)}  {amount.label.show(args.language)}")
    return DONE


def _write(line: str) -> None:
    sys.stdout.write(line + "\n")
