"""The demonstration company: a maker of hydraulic parts with a year and a half of customers' complaints, made in memory.

``command`` is ``huiyin demo``. Equal seed, day and number of complaints give equal data, however they are made.
"""

from __future__ import annotations

from argparse import Namespace

from huiyin.channels.demo.staff import ACCOUNTS, Account, sign_ins

__all__ = ["ACCOUNTS", "Account", "command", "sign_ins"]


def command(args: Namespace) -> int:
    """Build the company; imported late, so that its other processes can load this room before Django is set up."""
    from huiyin.channels.demo.commands import command as build

    return build(args)
