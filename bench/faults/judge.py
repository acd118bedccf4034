"""What must be true after every fault, found out by the real program and by the bytes themselves.

- lost: a line that was there before the command, or that it had acknowledged, is nowhere.
- open: a session is given although the lines in the journal, read without any fault, give none.
- unread: the program cannot read what is there.
- stuck: the next command does not work, or loses something.
- words: a traceback, or a message that does not name the place.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from faults.commands import CALM, Command
from faults.engines import Call
from faults.program import Ended
from faults.stage import JOURNAL, Stage, beside, lines_of, placed, tail_of

_READABLE: Final = (0, 5, 6, 7)
_NEXT: Final = ("log", "1", "--note", "the next")


class Wrong(NamedTuple):
    """One promise that was broken. ``what`` is a word of the list above."""

    what: str
    how: str


@dataclass
class Reference:
    """How it goes without a fault: the lines that were there, those that come, and what the gate says after each.

    Of a command that puts the journal anew, ``kinds`` are those of all its lines, and ``gates`` has 0 (before) and 1.
    """

    command: Command
    start: Path
    calls: list[Call]
    ended: Ended
    before: list[bytes]
    tail: bytes
    kinds: list[str]
    new: list[bytes]
    gates: dict[int, int] = field(default_factory=dict)


def kind(line: bytes) -> str:
    """The word under ``kind``; ``?`` for what is no line of ours."""
    try:
        found = json.loads(line)
    except ValueError:
        return "?"
    return str(found.get("kind", "?")) if isinstance(found, dict) else "?"


def gate(stage: Stage, folder: Path) -> int:
    """The exit code of a calm question for a session. Asked on a copy: the question itself is written down."""
    return stage.program.ask(stage.copy(folder), *CALM).code


def expected_gate(stage: Stage, reference: Reference, count: int) -> int:
    """What the gate says when ``count`` of the new lines are there and no fault ever was."""
    if count not in reference.gates:
        folder = stage.copy(reference.start)
        kept = [*reference.before, *reference.new[:count]]
        if kept or reference.tail:
            folder.mkdir(mode=0o700, exist_ok=True)
            tail = b"" if count else reference.tail
            (folder / JOURNAL).write_bytes(b"".join(line + b"\n" for line in kept) + tail)
        reference.gates[count] = gate(stage, folder)
    return reference.gates[count]


def judged(stage: Stage, reference: Reference, folder: Path, ended: Ended) -> list[Wrong]:
    """All that is wrong after one run with a fault."""
    wrong = (
        [Wrong("words", ended.err[-300:])] if "Traceback" in ended.out + ended.err or ended.code == 3 else []
    )
    if ended.code == 1 and str(folder) not in ended.out + ended.err:
        wrong.append(Wrong("words", f"the place is not named: {ended.err}"))
    if reference.command.makes:
        wrong += _made(reference, folder, ended)
    if reference.command.rewrites:
        return [*wrong, *_rewritten(stage, reference, folder, ended)]
    now = lines_of(folder)
    there = len(reference.before)
    if now[:there] != reference.before:
        wrong.append(Wrong("lost", f"{there - len(now)} lines of before, or changed"))
        return wrong
    new = [kind(line) for line in now[there:]]
    if new != reference.kinds[: len(new)]:
        wrong.append(Wrong("lost", f"{new} is no beginning of {reference.kinds}"))
    if new == reference.kinds and "nothing was recorded" in ended.err:
        wrong.append(Wrong("words", "it says that nothing was recorded, and it was"))
    if len(new) < len(reference.kinds) and _acknowledged(reference, ended):
        wrong.append(Wrong("lost", f"acknowledged: {reference.kinds[len(new) :]}"))
    if reference.tail and reference.tail not in beside(folder):
        wrong.append(Wrong("lost", "the torn bytes"))
    wrong += _gate_is_right(stage, reference, folder, len(new))
    return wrong + _goes_on(stage, folder, now)


def _made(reference: Reference, folder: Path, ended: Ended) -> list[Wrong]:
    """A file that was told of is there and not empty; one that was refused is not. A kill may leave a part of it."""
    file = folder / reference.command.makes
    if ended.killed:
        return []
    if ended.code == 0 and not (file.exists() and file.stat().st_size):
        return [Wrong("lost", f"{file.name} was told of, and is not there")]
    return (
        [Wrong("words", f"{file.name} was refused, and a part is there")]
        if ended.code and file.exists()
        else []
    )


def _acknowledged(reference: Reference, ended: Ended) -> bool:
    """The person was told that it is done, or the program ended as if it were."""
    if not ended.killed:
        return ended.code == reference.ended.code
    return bool(ended.out.strip()) and not reference.command.tells_first and reference.command.keys is None


def _gate_is_right(stage: Stage, reference: Reference, folder: Path, count: int) -> list[Wrong]:
    if reference.command.keys is not None:
        return []  # a session that was given stays given; what the guide adds opens and locks nothing
    should, does = expected_gate(stage, reference, count), gate(stage, folder)
    if does not in _READABLE:
        return [Wrong("unread", f"exit {does}")]
    if should != does:
        return [Wrong("open" if does == 0 else "stuck", f"the gate says {does}, without a fault {should}")]
    return []


def _goes_on(stage: Stage, folder: Path, now: list[bytes]) -> list[Wrong]:
    """The next command works, and everything stands where it stood."""
    had = tail_of(folder)
    ended = stage.program.ask(folder, _NEXT)
    after = lines_of(folder)
    kinds = [kind(line) for line in after[len(now) :]]
    if ended.code != 0 or after[: len(now)] != now or tail_of(folder):
        return [Wrong("stuck", f"{ended}")]
    if kinds != (["seal", "pain"] if had else ["pain"]):
        return [Wrong("stuck", f"the next command wrote {kinds}")]
    if had and had not in beside(folder):
        return [Wrong("lost", "the torn bytes, at the next command")]
    return []


def _rewritten(stage: Stage, reference: Reference, folder: Path, ended: Ended) -> list[Wrong]:
    """A journal put anew as a whole: it is the old one or the new one, and every line of before is somewhere."""
    everything = beside(folder)
    missing = [line for line in [*reference.before, reference.tail] if line not in everything]
    wrong = [Wrong("lost", f"{len(missing)} lines of before")] if missing else []
    now = lines_of(folder)
    old = (now, tail_of(folder)) == (reference.before, reference.tail)
    new = [kind(line) for line in now] == reference.kinds
    if not (old or new):
        wrong.append(Wrong("lost", "the journal is neither the old one nor the new one"))
    if old and _acknowledged(reference, ended):
        wrong.append(Wrong("lost", "acknowledged, and not there"))
    should, does = reference.gates[0 if old else 1], gate(stage, folder)
    if should != does:
        wrong.append(
            Wrong("open" if does == 0 else "stuck", f"the gate says {does}, without a fault {should}")
        )
    if not old:
        return wrong + _goes_on(stage, folder, now)
    again = stage.program.ask(folder, placed(reference.command.args, folder), reference.command.step[1])
    if again.code != reference.ended.code or [kind(line) for line in lines_of(folder)] != reference.kinds:
        wrong.append(Wrong("stuck", f"the same command again: {again}"))
    return wrong
