"""A person at a keyboard: a folder of their own, a clock, and fingers that answer what they are asked.

The program runs as it is; only the clock, the random ids, the folder and the keyboard come from here.
"""

import io
import re
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from backmove.cli.app import app as commands
from backmove.cli.context import App

FIRST_DAY = datetime.fromisoformat("2026-03-02T07:40:00+01:00")
"""A Monday."""
_COLUMNS = "88"


class Unanswered(Exception):
    """The program asked something that the story has no answer for."""


@dataclass
class Fingers:
    """Answers by what was asked last. ``replies``: patterns and what is typed; the first that fits counts."""

    screen: io.StringIO
    replies: Mapping[str, str]
    single: bool = False
    _seen: int = 0
    _clock: float = 0.0

    def now(self) -> float:
        self._clock += 5
        return self._clock

    def line(self) -> str:
        asked = self.screen.getvalue()[self._seen :]
        words = " ".join(asked.split())
        for pattern, reply in self.replies.items():
            if re.search(pattern, words):
                self.screen.write(f"{reply}\n")
                self._seen = len(self.screen.getvalue())
                return reply
        raise Unanswered(words[-400:])

    def key(self, timeout_s: float | None = None) -> str | None:
        return None if timeout_s is not None else self.line()

    def flush(self) -> None:
        """Nothing is typed ahead."""


class Screen(io.StringIO):
    """Paper rather than a terminal: what is printed stays."""

    def isatty(self) -> bool:
        return False


@dataclass(frozen=True)
class Printed:
    """One command, what came back, and how it ended."""

    command: str
    text: str
    code: int


@dataclass
class Desk:
    """One person's computer. ``type`` runs a command at the moment of the clock."""

    folder: Path
    seed: int
    now: datetime = FIRST_DAY
    _dice: Random = field(init=False)

    def __post_init__(self) -> None:
        self._dice = Random(self.seed)

    def type(self, *args: str, replies: Mapping[str, str] | None = None, stdin: str = "") -> Printed:
        """Run ``backmove ARGS``. ``replies`` are for whatever it asks; without them nobody is there to ask."""
        screen, errors = Screen(), Screen()
        app = App(
            env={"BACKMOVE_DIR": str(self.folder), "COLUMNS": _COLUMNS},
            stdin=io.StringIO(stdin),
            stdout=screen,
            stderr=errors,
            now=lambda: self.now,
            sleep=self._wait,
            random_bytes=self._dice.randbytes,
            keys=Fingers(screen, replies) if replies is not None else None,
            argv=args,
        )
        code = 0
        with redirect_stdout(screen), redirect_stderr(errors):
            try:
                commands(list(args), obj=app)
            except SystemExit as end:
                code = int(end.code or 0)
        self._wait(60)
        text = screen.getvalue() + errors.getvalue()
        return Printed(" ".join(["backmove", *map(_quoted, args)]), text.replace(str(self.folder), "~"), code)

    def at(self, day: int, clock: str) -> None:
        """Set the clock: days count from 0."""
        hours, minutes = clock.split(":")
        midnight = FIRST_DAY.replace(hour=0, minute=0)
        self.now = midnight + timedelta(days=day, hours=int(hours), minutes=int(minutes))

    def _wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word
