"""What is said when a call of the command line was not understood: one sentence in each language, with the remedy.

argparse decides whether a call is understood; why not is found out here from the call and the table of commands, since
the words of argparse's own messages are English and change with Python.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from huiyin.kernel.text import Text, t

if TYPE_CHECKING:
    from huiyin.config.commands import Command, CommandOption

PROGRAM = "huiyin"
_NO_SUCH_VALUE: dict[Any, Text] = {
    int: t("{what} 要一个整数，不是 {value}", "{what} needs a whole number, not {value}"),
    date.fromisoformat: t(
        "{what} 不是日期：{value}，请写成 2026-11-21", "{what}: {value} is no date; write 2026-11-21"
    ),
}
"""What is said of a value by the function that was to read it."""


def usage_error(words: Sequence[str], commands: Sequence[Command], message: str) -> tuple[str, str]:
    """Why ``words`` were not understood, in Chinese and in English.

    Argparse's ``message`` where we see nothing wrong.
    """
    command, path, rest = _command_of(words, commands)
    program = " ".join([PROGRAM, *path])
    if command is not None:
        return _sentences(program, _fault(command.every_option, rest) or Text(message, message))
    if not rest:
        return _sentences(program, _missing(["COMMAND"]))
    near = get_close_matches(rest[0], _following(path, commands), n=1)
    hint_zh, hint_en = (f"，是不是 {near[0]}？", f"; did you mean {near[0]}?") if near else ("。", ".")
    return (
        f"没有“{program} {rest[0]}”这个命令{hint_zh}全部命令见 {program} --help",
        f"There is no command '{program} {rest[0]}'{hint_en} See {program} --help for all of them.",
    )


def _sentences(program: str, reason: Text) -> tuple[str, str]:
    return (
        f"没有看懂：{reason.show('zh')}。用法见 {program} --help",
        f"Not understood: {reason.show('en')}. See {program} --help.",
    )


def _command_of(words: Sequence[str], commands: Sequence[Command]) -> tuple[Command | None, list[str], list[str]]:
    """The command that is called, its words, and the words after them.

    Without a command: as many words as lead towards one, and those from the first that leads nowhere.
    """
    named = {command.words: command for command in commands}
    path: list[str] = []
    flags: list[str] = []  # before the command, where none belongs
    for place, word in enumerate(words):
        if word.startswith("-"):
            flags.append(word)
        elif word not in _following(path, commands):
            return None, path, list(words[place:])
        else:
            path.append(word)
            if command := named.get(" ".join(path)):
                return command, path, [*flags, *words[place + 1 :]]
    return None, path, []


def _following(path: Sequence[str], commands: Sequence[Command]) -> list[str]:
    """The words that may come after those of ``path``."""
    split = [command.words.split() for command in commands]
    return list(
        dict.fromkeys(one[len(path)] for one in split if one[: len(path)] == list(path) and len(one) > len(path))
    )


def _fault(options: Sequence[CommandOption], words: Sequence[str]) -> Text | None:
    """What is wrong with the words after a command: first a value, then what is missing, then what is not known."""
    named = {name: option for option in options for name in option.names if name.startswith("-")}
    given, placed, unknown, rest = set(), [], [], list(words)
    while rest:
        word = rest.pop(0)
        if not _is_flag(word):
            placed.append(word)
            continue
        name, equals, value = word.partition("=")
        found = [option for full, option in named.items() if full == name] or [
            option for full, option in named.items() if full.startswith(name)
        ]
        if len(found) != 1:
            unknown.append(word)
            continue
        option = found[0]
        given.add(option.names)
        if option.details.get("action") == "store_true":
            continue
        if not equals and (not rest or _is_flag(rest[0])):
            return t("{what} 后面要写值", "{what} needs a value", what=option.names[0])
        if fault := _value_fault(option, value if equals else rest.pop(0)):
            return fault
    return _places_fault(options, given, placed, unknown)


def _is_flag(word: str) -> bool:
    """Whether a word names an option; a dash alone means standard input, one before digits is a minus."""
    return word.startswith("-") and not word[1:].replace(".", "", 1).isdecimal() and word != "-"


def _value_fault(option: CommandOption, value: str) -> Text | None:
    """Why the option cannot have this value."""
    what, reads, known = option.names[0], option.details.get("type", str), option.details.get("choices")
    try:
        reads(value)
    except ValueError:
        return _NO_SUCH_VALUE[reads].with_values(what=what, value=repr(value)) if reads in _NO_SUCH_VALUE else None
    if known is None or value in known:
        return None
    return t(
        "{what} 不能是 {value}，可选：{known}",
        "{what} cannot be {value}; choose from {known}",
        what=what,
        value=repr(value),
        known=", ".join(map(repr, known)),
    )


def _places_fault(
    options: Sequence[CommandOption], given: set[tuple[str, ...]], placed: Sequence[str], unknown: Sequence[str]
) -> Text | None:
    """What is missing of words without a name and of options that must be there, or else what is too much."""
    places = [option for option in options if not option.names[0].startswith("-")]
    needed = [
        str(option.details.get("metavar", option.names[0])) for option in places if option.details.get("nargs") != "*"
    ]
    missing = needed[len(placed) :]
    missing += [o.names[0] for o in options if o.details.get("required") and o.names not in given]
    if missing:
        return _missing(missing)
    takes_any = any(option.details.get("nargs") for option in places)
    more = [*unknown, *([] if takes_any else placed[len(places) :])]
    return t("不认识 {what}", "{what} is not known", what=" ".join(more)) if more else None


def _missing(what: Sequence[str]) -> Text:
    return t("还缺 {what}", "{what} is missing", what=", ".join(what))
