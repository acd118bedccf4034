"""A desk for one execution: a folder of its own, a clock that stands still, and the commands in this process."""

import io
import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, TypeVar
from zlib import crc32

import backmove.store.daily_file
import backmove.store.library
from backmove.cli.app import app as program
from backmove.cli.context import App

NOW: Final = datetime.fromisoformat("2026-04-06T09:00:00+02:00")
CODES: Final = (0, 1, 2, 4, 5, 6, 7, 130)
"""Every way in which the program may end; 3 is a fault of ours."""
CALM: Final = json.dumps(
    {"daily_check": {f"dc{n}": "n" for n in range(1, 6)} | {"dc3_signs": []}, "pain": 3}
).encode()
CLEAN: Final[Mapping[str, Any]] = json.loads(
    (Path(__file__).parent.parent / "triage_answers.json").read_text(encoding="utf-8")
)
"""Answers to the safety questions of somebody without any warning sign."""


class Broken(Exception):
    """A promise was broken by an input."""


@dataclass
class Ran:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)["data"]


class _Stream(io.TextIOWrapper):
    """Bytes as standard input or output; ``tty``: it says that it is a terminal."""

    def __init__(self, content: bytes = b"", *, errors: str = "strict", tty: bool = False) -> None:
        super().__init__(io.BytesIO(content), encoding="utf-8", errors=errors, newline="", write_through=True)
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty

    def fileno(self) -> int:
        raise OSError("no descriptor")

    def said(self) -> str:
        return self.buffer.getvalue().decode("utf-8", "surrogateescape")  # type: ignore[attr-defined,no-any-return]


class _QuickApp(App):
    """Looks into the library once in a process, for it never changes."""

    @cached_property
    def _library(self) -> Any:
        return _library(self.paths.cache)

    @cached_property
    def questionnaire(self) -> Any:
        return backmove.store.library.load_questionnaire()


@cache
def _library(folder: Path) -> Any:
    from backmove.store.paths import Paths

    library = backmove.store.library.load_library(Paths(folder, folder, folder))
    return library.catalog, library.parameters


@contextmanager
def in_memory() -> Iterator[None]:
    """The files with our own questions are read once, not at each command. Their readers come back afterwards."""
    import backmove.store.checkin_file
    import backmove.store.now_and_then_file

    places: list[tuple[Any, str]] = [
        (backmove.store.library, "load_questionnaire"),
        (backmove.store.library, "load_emergency_numbers"),
        (backmove.store.daily_file, "load_daily"),
        (backmove.store.checkin_file, "load_checkin"),
        (backmove.store.now_and_then_file, "load_now_and_then"),
    ]
    with ExitStack() as back:
        for module, name in places:
            former = getattr(module, name)
            setattr(module, name, cache(former))
            back.callback(setattr, module, name, former)
        yield


@dataclass
class Desk:
    """A folder that is emptied before each execution. ``now`` moves by ``later`` and when the program sleeps.

    Ids follow from the journal that an execution begins with and from their number: the same input gives the same.
    """

    folder: Path
    now: datetime = NOW
    ids: int = 0
    about: int = 0
    env: dict[str, str] = field(default_factory=dict)

    @property
    def journal(self) -> Path:
        return self.folder / "journal.jsonl"

    def clear(self, journal: bytes | None = None) -> None:
        """Nothing is there but the cache, or a journal of these bytes."""
        self.now, self.ids, self.about = NOW, 0, crc32(journal or b"")
        self.folder.mkdir(mode=0o700, exist_ok=True)
        for one in self.folder.iterdir():
            if one.is_dir() and one.name != "cache":
                shutil.rmtree(one)
            elif one.is_file() or one.is_symlink():
                one.unlink()
        if journal is not None:
            self.journal.write_bytes(journal)
            self.journal.chmod(0o600)

    def later(self, hours: float) -> None:
        self.now += timedelta(hours=hours)

    def _random(self, size: int) -> bytes:
        self.ids += 1
        return sha256(f"{self.about}:{self.ids}".encode()).digest()[:size]

    def run(self, *args: str, stdin: bytes = b"", keys: Any = None, tty: bool = False) -> Ran:
        """Types a command. Whatever is raised that is no end of a program goes on; so does an end with 3.

        ``tty``: standard output is a terminal, as it is where there are keys.
        """
        tty = tty or keys is not None
        out, err = (
            _Stream(tty=tty, errors="replace"),
            _Stream(tty=tty, errors="backslashreplace"),
        )  # as in a process
        clock: Callable[[], float] = keys.now if keys is not None else (lambda: self.now.timestamp())
        app = _QuickApp(
            env={"BACKMOVE_DIR": str(self.folder), "COLUMNS": "80"} | self.env,
            stdin=_Stream(stdin, tty=keys is not None),
            stdout=out,
            stderr=err,
            now=lambda: self.now,
            monotonic=clock,
            sleep=lambda seconds: self.later(min(seconds, 60) / 3600),
            random_bytes=self._random,
            browse=lambda address: False,
            keys=keys,
            argv=args,
        )
        code = 0
        with redirect_stdout(out), redirect_stderr(err):
            try:
                program(list(args), obj=app)
            except SystemExit as end:
                code = int(end.code or 0)
        if code not in CODES:
            raise Broken(f"{args[:1]} ended with {code}")
        ran = Ran(code, out.said(), err.said())
        if "Traceback" in ran.err:
            raise Broken(f"{args[:1]} showed a traceback")
        return ran

    def opens(self) -> bool:
        """Whether a calm person is given a session now. This is written down."""
        ran = self.run("session", "--minutes", "10", "--answers", "-", "--json", stdin=CALM)
        return ran.code == 0 and bool(ran.data.get("items"))


def clean(ran: Ran) -> None:
    """Nothing on the screen steers the terminal."""
    text = (ran.out + ran.err).replace("\r\n", "").replace("\n", "")
    if any(map(_steers, text)):
        raise Broken(f"signs that steer the terminal: {next(filter(_steers, text))!r}")


def _steers(sign: str) -> bool:
    if sign < " " or "\x7f" <= sign <= "\x9f" or "\u202a" <= sign <= "\u202e":
        return True
    return sign in "\u061c\u200e\u200f" or "\u2066" <= sign <= "\u2069" or "\ud800" <= sign <= "\udfff"


T = TypeVar("T")


def chosen(ways: Mapping[str, T], data: bytes) -> T:
    """The way that the first letter of an input names; another byte names one, too."""
    names = sorted(ways)
    letter = chr(data[0]) if data else names[0]
    return ways[letter if letter in ways else names[ord(letter) % len(names)]]
