"""A small world for tests: a folder of its own, a clock that stands still, and a way to type a command.

The real home is out of reach in every test: looking for it without ``BACKMOVE_DIR`` is an error (see ``no_home``).
"""

import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from backmove.cli.app import app as typer_app
from backmove.cli.context import App
from backmove.core.diary import Diary, fold
from backmove.core.record import AnyRecord
from backmove.store.journal import Journal
from surroundings import live_at_noon

settings.register_profile(
    "backmove",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("backmove")
live_at_noon()

MONDAY = datetime.fromisoformat("2026-03-02T09:00:00+01:00")


@dataclass
class Result:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """``data`` of the JSON envelope."""
        return json.loads(self.out)["data"]

    @property
    def error(self) -> Any:
        return json.loads(self.out)["error"]


class Screen(io.StringIO):
    """A stream that says whether it is a terminal."""

    def __init__(self, text: str = "", *, tty: bool = False) -> None:
        super().__init__(text)
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty


@dataclass
class World:
    """One person's computer: a folder and a clock. ``run`` types a command and asserts its exit code."""

    folder: Path
    now: datetime = MONDAY
    env: dict[str, str] = field(default_factory=dict)

    def app(self, *, stdin: str = "", tty: bool = False, keys: Any = None, argv: tuple[str, ...] = ()) -> App:
        return App(
            env={"BACKMOVE_DIR": str(self.folder), "COLUMNS": "80"} | self.env,
            stdin=Screen(stdin, tty=tty),
            stdout=Screen(tty=tty),
            stderr=Screen(tty=tty),
            now=lambda: self.now,
            sleep=self.wait,
            keys=keys,
            argv=argv,
        )

    def run(
        self, *args: str, expect: int = 0, stdin: str = "", tty: bool = False, keys: Any = None
    ) -> Result:
        fake = self.app(stdin=stdin, tty=tty, keys=keys, argv=args)
        code = 0
        with redirect_stdout(fake.stdout), redirect_stderr(fake.stderr):
            try:
                typer_app(list(args), obj=fake)
            except SystemExit as end:
                code = int(end.code or 0)
        result = Result(code, fake.stdout.getvalue(), fake.stderr.getvalue())  # type: ignore[attr-defined]
        assert code == expect, f"exit {code}, wanted {expect}\n{result.out}\n{result.err}"
        return result

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def sleep_days(self, days: int) -> None:
        self.now += timedelta(days=days)

    @property
    def journal_file(self) -> Path:
        return Path(self.app().paths.journal)

    @property
    def records(self) -> tuple[AnyRecord, ...]:
        return self.app().journal.read()

    @property
    def diary(self) -> Diary:
        return fold(self.records)

    def write(self, *records: Any) -> None:
        """Lay records into the journal as the program would."""
        fake = self.app()
        Journal(fake.paths.journal, now=fake.now, new_id=fake.new_id, tell=fake.tell).append(*records)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "backmove")


@pytest.fixture(autouse=True)
def no_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No test may touch the real home: every folder variable points at a trap that does not exist."""
    trap = str(tmp_path / "you-forgot-to-choose-a-folder")
    for name in (
        "HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
        "XDG_CONFIG_HOME",
        "XDG_STATE_HOME",
        "USERPROFILE",
    ):
        monkeypatch.setenv(name, trap)
    for name in ("BACKMOVE_DIR", "BACKMOVE_PLAIN", "ACCESSIBLE", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    yield
    assert not Path(trap).exists(), "a test wrote to the home folder"


Stamp = Callable[..., Mapping[str, Any]]


@pytest.fixture
def stamp() -> Stamp:
    """What every record starts with: ``Pain(**stamp(days=-3), score=4)``. Ids count up."""
    count = 0

    def make(*, at: datetime = MONDAY, days: float = 0, id: str = "") -> dict[str, Any]:  # noqa: A002
        nonlocal count
        count += 1
        moment = at + timedelta(days=days)
        return {
            "v": 1,
            "id": id or f"{count:012d}",
            "at": moment.isoformat(timespec="seconds"),
            "day": moment.date().isoformat(),
        }

    return make
