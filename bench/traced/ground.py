"""Where a story is lived: folders of its own, a copy of the program, and a home that must stay empty."""

import json
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from faults.program import ROOT, Program

_MAIN: Final = "from backmove.__main__ import main\n\nmain()\n"
_WHERE: Final = (
    "import json, sys; print(json.dumps([*sys.path, sys.prefix, sys.base_prefix, sys.exec_prefix]))"
)
PATH: Final = "/usr/bin:/bin"
_NOW: Final = datetime.now(UTC)
NOON: Final = f"<NOON>{_NOW.hour - 12:+d}"
"""A time zone in which it is noon, so that no midnight falls into a story."""
TODAY: Final = _NOW.date()
_TOO_MUCH: Final = frozenset({"/", "/usr", "/usr/local"})
"""The system's own Python has these for its own; much else stands there."""


@dataclass(frozen=True)
class Installed(Program):
    """A copy of the program that is called by its name, as pip would put it there."""

    def command(self, args: Sequence[str]) -> list[str]:
        return [sys.executable, str(self.script), *args]

    @property
    def script(self) -> Path:
        """What is run."""
        return self.root / "bin" / "backmove"

    @classmethod
    def copied(cls, into: Path) -> "Installed":
        """The program as it stands, compiled, for Python writes down what it compiled."""
        shutil.copytree(ROOT / "src", into / "src")
        shutil.copytree(ROOT / "data", into / "data")
        subprocess.run([sys.executable, "-m", "compileall", "-q", str(into / "src")], check=True)
        installed = cls(into)
        installed.script.parent.mkdir()
        installed.script.write_text(_MAIN)
        return installed


@dataclass(frozen=True)
class Ground:
    """``folder`` is BACKMOVE_DIR and ``temporary`` is TMPDIR: both may be written to. ``home`` is the home folder and
    ``here`` is where the person stands; nothing may touch them. ``logs`` is ours."""

    scratch: Path
    program: Installed

    @classmethod
    def made(cls, scratch: Path) -> "Ground":
        """Everything below ``scratch``, an empty folder."""
        scratch = scratch.resolve()
        ground = cls(scratch, Installed.copied(scratch / "program"))
        for folder in (ground.temporary, ground.home, ground.here, ground.logs):
            folder.mkdir()
        return ground

    @property
    def folder(self) -> Path:
        return self.scratch / "backmove"

    @property
    def temporary(self) -> Path:
        return self.scratch / "temporary"

    @property
    def home(self) -> Path:
        return self.scratch / "home"

    @property
    def here(self) -> Path:
        return self.scratch / "here"

    @property
    def logs(self) -> Path:
        return self.scratch / "logs"

    def env(self, more: Mapping[str, str]) -> dict[str, str]:
        """What differs from the environment of the program's other runs."""
        own = {"HOME": str(self.home), "TMPDIR": str(self.temporary), "PATH": PATH, "TZ": NOON}
        return own | dict(more)

    def python(self) -> tuple[str, ...]:
        """Where Python looks for its own files and for code, as it says itself."""
        ran = subprocess.run(
            [sys.executable, "-c", _WHERE],
            capture_output=True,
            text=True,
            check=True,
            env=self.program.env(self.folder, self.env({})),
        )
        said = {place for place in json.loads(ran.stdout) if place} | {sys.executable}
        real = {str(Path(place).resolve()) for place in said}
        return tuple(sorted((said | real) - _TOO_MUCH))

    def untouchable(self) -> dict[str, int]:
        """Every file that must stay as it is, with the time of its last change."""
        places = (self.home, self.here, self.program.root)
        return {str(p): p.lstat().st_mtime_ns for top in places for p in (top, *top.rglob("*"))}
