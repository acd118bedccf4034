"""Every command of the program, as its own words: help, options, examples. For the tests of the help, and for the
man page that is made from it."""

import shlex
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import typer
from typer.main import get_command

from backmove.cli.app import app

Words = tuple[str, ...]

PROGRAM: Final = "backmove"
COMMENT: Final = "    ("
"""So a remark begins behind an example."""


@cache
def tree() -> dict[Words, Any]:
    """Each command by the words that lead to it; the program itself stands under ``()``. Groups come before theirs."""
    return dict(_walk((), get_command(app)))


def _walk(words: Words, command: Any) -> Iterator[tuple[Words, Any]]:
    yield words, command
    if is_group(command):
        for name in command.list_commands(None):
            yield from _walk((*words, name), command.get_command(None, name))


def is_group(command: Any) -> bool:
    return hasattr(command, "list_commands")


def context(words: Words) -> Any:
    """The command's context, as after its words were typed."""
    here: Any = None
    for end in range(len(words) + 1):
        command = tree()[words[:end]]
        name = words[end - 1] if end else PROGRAM
        here = typer.Context(command, parent=here, info_name=name, max_content_width=80, terminal_width=80)
    return here


def help_of(words: Words) -> str:
    """What ``--help`` prints at 80 columns."""
    text: str = tree()[words].get_help(context(words))
    return text


def examples(command: Any) -> list[str]:
    """The command lines under Examples, without the remarks behind them."""
    return [line for line, calls in _said_below(command) if calls]


def remarks(command: Any) -> list[str]:
    """What else stands below the options, a paragraph each."""
    kept = "\n".join(
        "" if calls or line in ("Example:", "Examples:") else line for line, calls in _said_below(command)
    )
    return [paragraph.strip() for paragraph in kept.split("\n\n") if paragraph.strip()]


def _said_below(command: Any) -> Iterator[tuple[str, bool]]:
    """The lines of the epilog, and whether each is a command to type."""
    for said in (command.epilog or "").splitlines():
        line = said.strip().split(COMMENT)[0].removeprefix("Example:  ").strip()
        yield line, _calls(line)


def _calls(line: str) -> bool:
    """Whether a line is one to type, and not a sentence that names the program."""
    words = _shell_words(line)
    start = words.index(PROGRAM) if PROGRAM in words else len(words)
    before, after = words[:start], words[start + 1 :]
    known = {words[0] for words in tree() if words}
    ready = all("=" in word for word in before) or before[-1:] == ["|"]
    return start < len(words) and ready and (not after or after[0] in known or after[0].startswith("-"))


def _shell_words(line: str) -> list[str]:
    """The words of a line, as a shell takes them; none for prose with an apostrophe."""
    try:
        return shlex.split(line)
    except ValueError:
        return []


def typed(example: str) -> list[str]:
    """The words behind ``backmove`` of one example; ``a | b`` and ``NAME=value`` before it are left away."""
    words = _shell_words(example)
    after = words[words.index(PROGRAM) + 1 :]
    ends = [after.index(sign) for sign in ("|", ">", "<", "&&") if sign in after]
    return after[: min(ends, default=len(after))]


def parameters(command: Any) -> Iterator[tuple[Any, bool]]:
    """Each parameter that a person may type, and whether it is an option (``--help`` is not among them)."""
    for parameter in command.params:
        if not getattr(parameter, "hidden", False):
            yield parameter, parameter.param_type_name == "option"
