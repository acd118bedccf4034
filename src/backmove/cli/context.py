"""``App``: the one object through which the world comes in.

Clock, sleep, randomness, ids, paths, streams and the terminal's facts stand here and nowhere else; the linter bans
the originals in the rest of the package. Tests pass an ``App`` of their own.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from io import TextIOWrapper
from typing import IO, TYPE_CHECKING, Any

from backmove.errors import StorageProblem

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from backmove.core.diary import Diary
    from backmove.core.exercise import Catalog
    from backmove.core.parameters import Parameters
    from backmove.core.questionnaire import Questionnaire
    from backmove.store.journal import Journal
    from backmove.store.paths import Paths
    from backmove.store.voice import SystemVoice
    from backmove.term.ask import Keys
    from backmove.term.page import Page

ENVELOPE = 1
"""The number under ``backmove`` in every JSON document; it grows only when a key changes its meaning."""

_ID_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
_FALSE = ("", "0", "false", "no")


def _local_now() -> datetime:
    return datetime.now().astimezone()  # noqa: TID251 - this is the one clock


def _browse(address: str) -> bool:
    import webbrowser

    return webbrowser.open(address)


def _bear_every_sign(stream: IO[str]) -> None:
    """A sign that the terminal or the file cannot take becomes a question mark, and stops no answer."""
    if isinstance(stream, TextIOWrapper):
        stream.reconfigure(errors="replace")


class App:
    """Everything a command may use of the world.

    ``now`` gives an aware local time. ``browse`` opens an address in the person's browser, by a list of arguments and
    never a shell; False: there is none. ``keys``: where answers come from; None is the real terminal or standard input.
    ``command`` is the name of what was typed; ``json``: one document is wanted.
    """

    def __init__(  # no dataclass: that would load ``inspect``, 8 ms, for one class
        self,
        *,
        env: Mapping[str, str],
        stdin: IO[str],
        stdout: IO[str],
        stderr: IO[str],
        now: Callable[[], datetime] = _local_now,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,  # noqa: TID251 - this is the one sleep
        random_bytes: Callable[[int], bytes] = os.urandom,
        browse: Callable[[str], bool] = _browse,
        keys: "Keys | None" = None,
        argv: tuple[str, ...] = (),
    ) -> None:
        self.env = env
        self.stdin, self.stdout, self.stderr = stdin, stdout, stderr
        self.now, self.monotonic, self.sleep = now, monotonic, sleep
        self.random_bytes, self.browse, self.keys = random_bytes, browse, keys
        self.argv = argv
        self.command = ""
        self.json = False
        self._plain = False

    @classmethod
    def of_this_process(cls) -> "App":
        """The real one."""
        _bear_every_sign(sys.stdout)
        return cls(
            env=os.environ,  # noqa: TID251 - this is the one environment
            stdin=sys.stdin,
            stdout=sys.stdout,
            stderr=sys.stderr,
            argv=tuple(sys.argv[1:]),
        )

    # --- the terminal ------------------------------------------------------------------------------------

    @property
    def plain(self) -> bool:
        """No repainting, no boxes, one fact a line: asked for, or standard output is no terminal."""
        accessible = self.env.get("ACCESSIBLE", "").lower()
        return (
            self._plain
            or self.env.get("BACKMOVE_PLAIN", "").lower() not in _FALSE
            or accessible not in _FALSE
            or self.env.get("TERM") == "dumb"
            or not self.stdout.isatty()
        )

    @plain.setter
    def plain(self, value: bool) -> None:
        self._plain = value

    @property
    def interactive(self) -> bool:
        """Somebody can be asked: both ends are terminals, or a test supplies the keys."""
        return self.keys is not None or (self.stdin.isatty() and self.stdout.isatty())

    @property
    def width(self) -> int:
        """Columns to use: the terminal's, at least 40, at most 88 (longer lines read badly)."""
        try:
            columns = int(self.env.get("COLUMNS", ""))
        except ValueError:
            try:
                columns = os.get_terminal_size(self.stdout.fileno()).columns
            except (OSError, ValueError):
                columns = 80
        return max(40, min(columns or 80, 88))

    @property
    def reads_keys(self) -> bool:
        """Somebody is there, at a terminal that gives one key at a time."""
        from backmove.term.keys import SINGLE_KEYS

        if self.keys is not None:
            return self.keys.single
        try:
            self.stdin.fileno()
        except (OSError, ValueError):
            return False
        return self.interactive and SINGLE_KEYS

    @property
    def window(self) -> tuple[int, int]:
        """Columns and rows of the terminal at this moment; where there is none, what the environment says."""
        try:
            columns, rows = os.get_terminal_size(self.stdout.fileno())
        except (OSError, ValueError):
            columns = rows = 0
        said = (self.env.get(name, "") for name in ("COLUMNS", "LINES"))
        otherwise = [int(word) if word.isdecimal() else 0 for word in said]
        return columns or otherwise[0] or 80, rows or otherwise[1] or 24

    @property
    def colour(self) -> bool:
        return not self.plain and not self.env.get("NO_COLOR")

    @cached_property
    def voice(self) -> "SystemVoice | None":
        """The voice of this computer; it is silent until somebody asks for it."""
        from backmove.store.voice import find_voice

        return find_voice(self.env.get("PATH", ""))

    def console(self) -> "Console":
        """A Rich console on standard output that never reads user text as markup."""
        from rich.console import Console

        return Console(
            file=self.stdout,
            width=self.width,
            color_system=None if self.plain else "auto",
            force_terminal=None if not self.plain else False,
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
            _environ=dict(self.env),
        )

    def show(self, *what: "RenderableType") -> None:
        """Paint on standard output: strings as they are, anything else through Rich."""
        with self._writing():
            for thing in what:
                if isinstance(thing, str):
                    self.stdout.write(thing + "\n")
                else:
                    self.console().print(thing)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Raises StorageProblem when standard output takes no more, as a full disk behind ``>``; a reader that has gone
        is Typer's business."""
        try:
            yield
            self.stdout.flush()
        except BrokenPipeError:
            raise
        except OSError as refused:
            os.dup2(
                os.open(os.devnull, os.O_WRONLY), self.stdout.fileno()
            )  # Python tries once more at its end
            reason = refused.strerror or str(refused)
            self.json = False  # there is nowhere left for a document
            raise StorageProblem(
                f"standard output takes no more: {reason[:1].lower()}{reason[1:]}."
            ) from refused

    def show_page(self, page: "Page") -> None:
        """Paint a page on standard output; plain mode prints its text and loads no Rich."""
        if self.plain:
            self.show(page.text())
            return
        from backmove.term.paint import painted

        self.show(painted(page))

    def tell(self, line: str) -> None:
        """One line on standard error: progress, hints, notices that are not the answer. Nothing in it, such as words
        that were typed, can steer the terminal."""
        if not line.replace("\n", "").isprintable():
            from backmove.term.clean import paragraphs

            line = "\n".join(paragraphs(line))
        self.stderr.write(line + "\n")
        self.stderr.flush()

    def answer_json(self, data: Any) -> None:
        """Show the one JSON document of a command."""
        with self._writing():
            self.stdout.write(self.document(data))

    def document(self, data: Any) -> str:
        """The JSON of an answer. In ASCII: no control sign of a note reaches the terminal raw."""
        import json

        return json.dumps({"backmove": ENVELOPE, "command": self.command, "data": data}, indent=2) + "\n"

    # --- time and identity -------------------------------------------------------------------------------

    def new_id(self) -> str:
        """12 random characters; about 62 bits."""
        number = int.from_bytes(self.random_bytes(8), "big")
        letters = []
        for _ in range(12):
            number, rest = divmod(number, 36)
            letters.append(_ID_LETTERS[rest])
        return "".join(letters)

    def today(self) -> str:
        """The local date after the profile's ``day_ends``."""
        from backmove.core.when import day_of

        return day_of(self.now(), self.diary.profile.day_ends).isoformat()

    def stamp(self, at: datetime | None = None) -> dict[str, Any]:
        """What every record starts with: version, a new id, the time, and the day it belongs to."""
        from backmove.core.record import VERSION
        from backmove.core.when import day_of

        now = self.now()
        moment = at or now
        return {
            "v": VERSION,
            "id": self.new_id(),
            "at": moment.isoformat(timespec="seconds"),
            "day": day_of(moment, self.diary.profile.day_ends).isoformat(),
            "written": now.isoformat(timespec="seconds") if at else None,
        }

    # --- the disk ----------------------------------------------------------------------------------------

    @cached_property
    def paths(self) -> "Paths":
        from backmove.store.paths import find_paths

        return find_paths(self.env)

    @cached_property
    def journal(self) -> "Journal":
        from backmove.store.journal import Journal

        return Journal(self.paths.journal, now=self.now, new_id=self.new_id, tell=self.tell)

    @cached_property
    def diary(self) -> "Diary":
        """What the journal says, folded. Read once in a command; ``write`` brings it up to date."""
        from backmove.core.diary import fold

        return fold(self.journal.read())

    def write(self, *records: Any) -> None:
        """Append for good, then look again: what is told to the user afterwards is true on disk."""
        if not records:
            return
        self.journal.append(*records)
        self.__dict__.pop("diary", None)

    @cached_property
    def catalog(self) -> "Catalog":
        return self._library[0]

    @cached_property
    def parameters(self) -> "Parameters":
        return self._library[1]

    @cached_property
    def _library(self) -> "tuple[Catalog, Parameters]":
        from backmove.store.library import load_library

        library = load_library(self.paths)
        return library.catalog, library.parameters

    @cached_property
    def questionnaire(self) -> "Questionnaire":
        from backmove.store.library import load_questionnaire

        return load_questionnaire()
