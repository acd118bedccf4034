"""What a command may touch, and what it did beyond that.

To be changed: the folder of ``BACKMOVE_DIR`` and the temporary folder. To be looked at: these, the program, Python, and
the short list ``READ``. No network at all, and no program but those that a command is asked to start.
"""

import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from traced.calls import Call, Kind
from traced.ground import PATH, Ground
from traced.story import Step

PYTHON: Final = "Python's own files, where it looks for them first"
READ: Final = {
    "libraries and how to find them": r"/(usr/)?lib(32|64|x32)?(/.*)?|/etc/ld\.so\.(cache|preload|nohwcap)",
    "words and signs of the language": r"/usr/share/(locale|locale-langpack)(/.*)?|/etc/locale\.alias",
    "the time zone": r"/etc/localtime|/usr/share/zoneinfo(/.*)?",
    "the terminal, nothing, and chance": r"/dev/(tty|null|urandom|pts/\d+|pts/ptmx|ptmx)",
    "Linux about its disks": r"/proc/(self|\d+)/mounts",
    PYTHON: r"(/[^/]+)*/lib/python3\d+\.zip|/etc/python3(\.\d+)?(/.*)?|/usr(/local)?/pyvenv\.cfg|"
    r"/usr(/local)?/bin/(python3(\.\d+)?(\._pth)?|pybuilddir\.txt|pyvenv\.cfg|lib/python3.*|Modules/Setup(\.local)?)",
    "settings of the library that Python makes checksums with": r"/etc/(ssl|pki/tls)/openssl\.cnf",
}
"""Outside, beside the program and Python. Why, and where."""
DEVICES: Final = re.compile(r"/dev/(null|tty|pts/\d+)")
"""To be written to without keeping anything: nothing, and the person's own terminal."""
VOICES: Final = ("spd-say", "espeak-ng", "espeak")
"""``session --guide`` looks whether one of them is there."""
MARKS: Final = (".stfolder", ".dropbox", ".dropbox.cache", ".owncloudsync.log", ".nextcloudsync.log", ".sync")
"""``doctor`` looks whether a folder above the journal is copied elsewhere by such a program."""


@dataclass
class Seen:
    """What one command did. The lists hold lines of strace."""

    step: Step
    calls: int = 0
    network: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    started: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    """Programs that it started because it was asked to."""
    unknown: list[str] = field(default_factory=list)
    places: set[str] = field(default_factory=set)
    """Names of ``READ`` that it looked at."""
    inside: set[str] = field(default_factory=set)
    """What it changed where it may."""

    @property
    def wrong(self) -> list[str]:
        return [*self.network, *self.written, *self.read, *self.started, *self.unknown]


class Judge:
    """For one ground."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._free = tuple(map(str, (ground.folder, ground.temporary)))
        self._code = (str(ground.program.root), *ground.python())
        self._above = {str(p) for place in (*self._free, *self._code) for p in Path(place).parents}
        self._reads = {name: re.compile(pattern) for name, pattern in READ.items()}
        version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
        self._user_site = str(ground.home / ".local" / "lib" / version)
        self._known: dict[str, str | None] = {}

    def seen(self, step: Step, processes: Mapping[int, Sequence[Call]]) -> Seen:
        """``processes``: the calls of each by its number, the command's own first."""
        seen = Seen(step, sum(map(len, processes.values())))
        for number, calls in enumerate(processes.values()):
            for at, call in enumerate(calls):
                begins = number == at == 0 and call.kind is Kind.PROGRAM
                to_its_own = call.kind is Kind.SIGNAL and call.target in processes
                if not (begins or to_its_own):
                    self._sort(seen, call)
        return seen

    def _sort(self, seen: Seen, call: Call) -> None:
        if call.kind is Kind.NETWORK:
            seen.network.append(call.line)
        elif call.kind in (Kind.UNKNOWN, Kind.SIGNAL):
            seen.unknown.append(call.line)
        elif call.kind is Kind.PROGRAM:
            wanted = call.places and Path(call.places[0]).name in seen.step.starts
            (seen.asked if wanted else seen.started).append(call.line)
        elif call.kind is Kind.PROCESS and not (call.makes_thread or seen.step.starts):
            seen.started.append(call.line)
        elif call.kind is Kind.CHANGE:
            seen.inside |= {place for place in call.places if _within(place, self._free)}
            if not all(_within(place, self._free) or DEVICES.fullmatch(place) for place in call.places):
                seen.written.append(call.line)
        elif call.kind is Kind.LOOK:
            for place in call.places:
                self._look(seen, place, call)

    def _look(self, seen: Seen, place: str, call: Call) -> None:
        if place not in self._known:
            self._known[place] = self._name_of(place)
        name = self._known[place]
        if name is None:
            name = self._looked_for(seen.step, place, opened=call.name.startswith("open"))
        if name is None:
            seen.read.append(call.line)
        elif name:
            seen.places.add(name)

    def _name_of(self, place: str) -> str | None:
        """A name of ``READ``; the empty word for what is nearer, such as an open pipe; None for anything else."""
        if not place.startswith("/") or _within(place, (*self._free, *self._code)) or place in self._above:
            return ""
        return next((name for name, places in self._reads.items() if places.fullmatch(place)), None)

    def _looked_for(self, step: Step, place: str, *, opened: bool) -> str | None:
        """Places that are looked for and never opened."""
        file = Path(place)
        if opened:
            return None
        if place.startswith(self._user_site):
            return PYTHON
        if place in {str(self._ground.here / word) for word in step.args}:
            return "words of the command, when a file's name may stand there"
        if step.args[:1] == ("doctor",) and file.name in MARKS and str(file.parent) in self._above:
            return "marks of programs that copy folders"
        if file.name in (*VOICES, *step.starts) and str(file.parent) in PATH.split(":"):
            return "programs on the PATH, by name"
        return None


def _within(place: str, folders: Iterable[str]) -> bool:
    return any(place == folder or place.startswith(f"{folder}/") for folder in folders)
