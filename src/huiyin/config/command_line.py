"""The command line ``huiyin``: reads a call, sets the stage for its command (``commands``) and answers its exit code.

A command is imported only when it is called, so that help and refusals come at once. The clock is read here, once, and
travels on as ``args.at``; ``args.language`` is 'zh' or 'en'.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib import import_module
from typing import Any, NoReturn

from huiyin.config.commands import COMMANDS, NOUNS, Command
from huiyin.config.misunderstood import usage_error
from huiyin.kernel.text import Text, t


class _NotUnderstood(Exception):
    """What argparse says of a call that it does not understand."""


class _Parser(argparse.ArgumentParser):
    """Leaves it to ``main`` to say what was wrong, instead of printing the whole usage."""

    def error(self, message: str) -> NoReturn:
        raise _NotUnderstood(message)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command; answers the exit code."""
    words = sys.argv[1:] if words is None else words
    try:
        args = _parser().parse_args(words)
    except _NotUnderstood as error:
        zh, en = usage_error(words, COMMANDS, str(error))
        sys.stderr.write(f"{zh}\n{en}\n")
        raise SystemExit(2) from None
    args.at = datetime.now(UTC)
    args.language = args.language or _language_of_terminal(os.environ)
    command: Command = args.command
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    try:
        return _run(command, args)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of a pipe had enough, as with `| head`
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115 - the interpreter flushes it at exit
        return 0


def _run(command: Command, args: argparse.Namespace) -> int:
    if command.needs != "nothing":
        import django

        django.setup()
    if command.needs == "database":
        from huiyin.config.database import startup_problem

        if reason := startup_problem():
            sys.stderr.write(reason.show(args.language) + "\n")
            return 1
    module, function = command.target.split(":")
    return getattr(import_module(module), function)(args) or 0


def _language_of_terminal(environment: Any) -> str:
    """English where the locale says so, Chinese everywhere else."""
    locale = next((environment[k] for k in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(k)), "")
    return "en" if locale.lower().startswith("en") else "zh"


def _both(text: Text) -> str:
    return f"{text.show('zh')} / {text.show('en')}"


def _parser() -> _Parser:
    parser = _Parser(
        prog="huiyin",
        description=_both(t("回音：让写下的客户服务流程真正运转。", "Runs a written customer-service procedure.")),
    )
    verbs = parser.add_subparsers(metavar="COMMAND", required=True)
    nouns: dict[str, Any] = {}
    for command in COMMANDS:
        first, _, second = command.words.partition(" ")
        if not second:
            _add(verbs, first, command)
            continue
        if first not in nouns:
            noun = verbs.add_parser(first, help=_both(NOUNS[first]))
            nouns[first] = noun.add_subparsers(metavar="COMMAND", required=True)
        _add(nouns[first], second, command)
    return parser


def _add(parsers: Any, word: str, command: Command) -> None:
    parser = parsers.add_parser(word, help=_both(command.help), description=_both(command.help))
    for option in command.every_option:
        parser.add_argument(*option.names, help=_both(option.help), **option.details)
    parser.set_defaults(command=command)


if __name__ == "__main__":
    raise SystemExit(main())
