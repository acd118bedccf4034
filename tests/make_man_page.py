"""Writes the man page, ``man/backmove.1``, from the commands themselves.

    PYTHONPATH=src:tests python tests/make_man_page.py

Run it after a change of a command, an option or an example. A test says when it is due.
"""

import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from backmove import __version__
from backmove.cli.lock import ANYWHERE
from command_tree import PROGRAM, Words, examples, is_group, parameters, remarks, tree

PAGE: Final = Path(__file__).parent.parent / "man" / "backmove.1"
DATED: Final = "2026-11-21"
"""The day of this version; it changes with it."""

EVERYWHERE: Final = ("json_", "plain")
"""Options that stand once, for all commands."""
NUMBERS: Final = ("int", "float")

ABOUT: Final = (
    "backmove gives an adult with low back pain a short exercise session a day. It asks about warning signs first, and "
    "locks what must be locked. Then it asks five short questions, chooses the exercises, tells how to do each one, "
    "and goes through them with you. What you did and how it went decides what comes next.",
    "Everything stays on this computer. Nothing is sent anywhere.",
    "It gives general information. It does not diagnose, it cannot examine you, and it can miss serious problems. It "
    "does not replace a doctor, nurse or physio.",
    f"In an emergency call {ANYWHERE}, or your local emergency number.",
)
CODES: Final = (
    ("0", "Done. For triage: a session may be given."),
    ("1", "It did not work: an expected failure, told in a sentence."),
    ("2", "Wrong usage: the words typed cannot be understood. Nothing was changed."),
    ("3", "A fault of ours. A log file is named; the journal is as it was."),
    ("4", "A data file is damaged, invalid, or newer than this version."),
    ("5", "Locked: no safety questions yet, or they are out of date, or a clinician comes first, or today's session "
     "was refused."),
    ("6", "Locked: get advice the same day."),
    ("7", "Locked: emergency. Get help at once."),
    ("130", "Interrupted."),
)  # fmt: skip
ENVIRONMENT: Final = (
    (
        "BACKMOVE_DIR",
        "One folder for everything: journal, cache and log. Nothing outside it is touched then.",
    ),
    ("BACKMOVE_PLAIN", "Set, and not 0: as with --plain."),
    ("ACCESSIBLE", "Set, and not 0: as with --plain."),
    ("TERM", "dumb: as with --plain."),
    ("NO_COLOR", "Set: no colours."),
    ("COLUMNS", "The width to write for, from 40 to 88."),
    ("XDG_DATA_HOME, XDG_CACHE_HOME, XDG_STATE_HOME", "Where the folders below are, on Linux."),
)
FILES: Final = (
    ("~/.local/share/backmove/journal.jsonl",
     "The journal: one line a record, only ever added to, readable by you alone. Keep a copy of it."),
    ("~/.cache/backmove", "What can be made again at any time."),
    ("~/.local/state/backmove/log", "A file for each fault of ours. It holds no answers."),
)  # fmt: skip


def page() -> str:
    """The whole page as roff. ASCII only."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield '.\\" Made by tests/make_man_page.py. Change the commands, not this file.'
    yield f'.TH BACKMOVE 1 {DATED} "backmove {__version__}" "User commands"'
    yield ".SH NAME"
    yield r"backmove \- exercises for the low back, one day at a time"
    yield ".SH SYNOPSIS"
    yield r".B backmove"
    yield r"[\fIOPTIONS\fR] [\fICOMMAND\fR [\fIARGS\fR]]"
    yield ".SH DESCRIPTION"
    yield from _paragraphs(ABOUT)
    yield ".PP"
    yield "Alone it says what is due today. The first command is"
    yield r"\fBbackmove triage\fR."
    yield ".SH OPTIONS"
    yield "These hold for every command that shows something, and stand behind it."
    for parameter, _ in parameters(tree()[()]):
        yield from _parameter(parameter)
    yield from _item(r"\fB\-\-help\fR", "Say what a command does, with its options and examples.")
    yield ".SH COMMANDS"
    for words, command in tree().items():
        if words:
            yield from _command(words, command)
    yield ".SH EXIT STATUS"
    yield from _items(CODES)
    yield ".SH ENVIRONMENT"
    yield from _items(ENVIRONMENT)
    yield ".SH FILES"
    yield "Their places on Linux;"
    yield r"\fBbackmove path\fR"
    yield "says where they are on this computer."
    yield from _items(FILES)
    yield ".SH EXAMPLES"
    yield "To begin with:"
    yield from _example_lines(examples(tree()[()]))


def _command(words: Words, command: Any) -> Iterator[str]:
    own = [(p, option) for p, option in parameters(command) if p.name not in EVERYWHERE]
    arguments = [] if is_group(command) else [_metavar(p) for p, option in own if not option]
    shown = " ".join(
        [f"\\fB{_escaped(' '.join([PROGRAM, *words]))}\\fR", *(f"\\fI{_escaped(a)}\\fR" for a in arguments)]
    )
    yield f".SS {_quoted(shown)}"
    yield from _paragraphs(re.split(r"\n\s*\n", command.help or ""))
    if is_group(command):
        yield ".PP"
        yield f"Its commands: {', '.join(command.list_commands(None))}."
    for parameter, _ in own:
        yield from _parameter(parameter)
    for remark in remarks(command):
        yield ".PP"
        yield _prose(remark)
    yield from _example_lines(examples(command))


def _parameter(parameter: Any) -> Iterator[str]:
    names = [f"\\fB{_escaped(name)}\\fR" for name in (*parameter.opts, *parameter.secondary_opts)]
    if parameter.param_type_name == "argument":
        yield from _item(f"\\fI{_escaped(_metavar(parameter))}\\fR", parameter.help)
    elif parameter.is_flag:
        yield from _item(", ".join(names), parameter.help)
    else:
        yield from _item(f"{', '.join(names)} \\fI{_escaped(_metavar(parameter))}\\fR", parameter.help)


def _metavar(parameter: Any) -> str:
    """The word for its value: its own, else NUMBER or TEXT; a range stands as its ends."""
    low, high = getattr(parameter.type, "min", None), getattr(parameter.type, "max", None)
    if parameter.metavar:
        return str(parameter.metavar)
    if low is not None and high is not None:
        return f"{low}-{high}"
    return "NUMBER" if parameter.type.name.startswith(NUMBERS) else "TEXT"


def _items(entries: tuple[tuple[str, str], ...]) -> Iterator[str]:
    for name, text in entries:
        yield from _item(f"\\fB{_escaped(name)}\\fR", text)


def _item(head: str, text: str) -> Iterator[str]:
    yield ".TP"
    yield head
    yield _prose(text)


def _paragraphs(texts: Any) -> Iterator[str]:
    for number, text in enumerate(text for text in texts if text.strip()):
        if number:
            yield ".PP"
        yield _prose(text)


def _example_lines(lines: list[str]) -> Iterator[str]:
    if lines:
        yield ".PP"
        yield ".RS 4"
        yield ".EX"
        yield from (_escaped(line) for line in lines)
        yield ".EE"
        yield ".RE"


def _prose(text: str) -> str:
    """One paragraph, each sentence on lines of its own, so that a change is easy to see."""
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", " ".join(text.split()))
    lines = [line for sentence in sentences for line in textwrap.wrap(sentence, 76, break_on_hyphens=False)]
    return "\n".join(_escaped(line, prose=True) for line in lines)


def _escaped(text: str, *, prose: bool = False) -> str:
    """Text as roff shows it. In prose only the dashes of options are dashes; elsewhere all are, to be copied."""
    text = text.replace("\\", "\\e").replace("'", "\\(aq").replace("`", "\\(ga").replace("^", "\\(ha")
    text = text.replace("~", "\\(ti")
    dash = re.compile(r"(?<![\w)])-(?=[-\w])|(?<=-)-(?=\w)") if prose else re.compile("-")
    text = dash.sub(r"\\-", text)
    return f"\\&{text}" if text.startswith((".", "'")) else text


def _quoted(text: str) -> str:
    return '"' + text.replace('"', "\\(dq") + '"'


def main() -> None:
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="ascii")
    sys.stdout.write(f"{PAGE}\n")


if __name__ == "__main__":
    main()
