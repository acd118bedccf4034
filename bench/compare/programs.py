"""The programs: how each one's data is laid down, and what it is asked to do.

Each writes its own files in its own form from the same entries; nothing is imported through a slow door.
"""

import json
import shutil
import subprocess
from abc import ABC, abstractmethod
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import ClassVar, Protocol
from uuid import UUID

from compare.entries import WORDS, scored, week_ago
from compare.measure import Row, always, environment
from compare.place import PEERS, ROOT, Place

ANSWERS = ROOT / "bench" / "triage_answers.json"
VERSION, APPEND, WEEK, REPORT, EXPORT = "--version", "append", "last 7 days", "report", "export"


class Program(Protocol):
    """One of them. ``says``: what each row runs."""

    name: str
    says: dict[str, str]

    def version(self) -> str: ...
    def rows(self, folder: Path, size: int) -> Sequence[Row]: ...
    def prepare(self, folder: Path, size: int) -> None: ...
    def append(self) -> list[str]: ...
    def env(self, folder: Path) -> dict[str, str]: ...
    def kept(self, folder: Path) -> int: ...


def everybody(place: Place) -> list["Program"]:
    jrnl, watson = (place.program(PEERS, name) or shutil.which(name) for name in ("jrnl", "watson"))
    found: list[Program] = [Backmove(place.backmove)]
    found += [
        Jrnl("jrnl", jrnl),
        Watson("Watson", watson),
        Timew("timew", shutil.which("timew")),
        Task("task", shutil.which("task")),
        Hledger("hledger", shutil.which("hledger")),
    ]
    return found


class Backmove:
    name = "backmove"

    def __init__(self, command: list[str]) -> None:
        self.command = command
        self.says = {
            VERSION: "--version",
            APPEND: "log 4",
            WEEK: f"list --from {week_ago()}",
            REPORT: "progress --all --json",
            EXPORT: "export --format json",
            "progress": "progress --json",
            "the page for a clinic": "report",
            "append, pain 8": "log 8",
            "TAB": "(completion of lo)",
            "--help": "--help",
        }

    def version(self) -> str:
        return said([*self.command, "--version"])

    def env(self, folder: Path) -> dict[str, str]:
        return {"BACKMOVE_DIR": str(folder)}

    def prepare(self, folder: Path, size: int) -> None:
        """The entries, then the safety questions, so that a plain score has nothing more to hear."""
        folder.mkdir(parents=True)
        with (folder / "journal.jsonl").open("w", encoding="utf-8") as out:
            for number, (moment, score) in enumerate(scored(size)):
                at = {"at": moment.isoformat(timespec="seconds"), "day": moment.date().isoformat()}
                if moment.hour < 3:
                    at["day"] = (moment - timedelta(days=1)).date().isoformat()
                entry = {"kind": "pain", "v": 1, "id": f"{number:012d}", **at, "score": score, "note": WORDS}
                out.write(json.dumps(entry, separators=(",", ":")) + "\n")
        run([*self.command, "triage", "--answers", str(ANSWERS), "--json"], self.env(folder))
        run([*self.command, "log", "3"], self.env(folder))

    def append(self) -> list[str]:
        return [*self.command, "log", "4"]

    def rows(self, folder: Path, size: int) -> Sequence[Row]:
        self.prepare(folder, size)
        tab = {"_BACKMOVE_COMPLETE": "complete_bash", "COMP_WORDS": "backmove lo", "COMP_CWORD": "1"}
        rows = []
        for name, words in self.says.items():
            there, argv = folder, words.split()
            if name == "append, pain 8":  # it locks: not in the journal of the others
                there = folder.with_name(folder.name + "-locked")
                self.prepare(there, size)
            env = self.env(there) | (tab if name == "TAB" else {})
            command = [*self.command, *([] if name == "TAB" else argv)]
            rows.append(Row(name, always(command), env, there))
        return rows

    def kept(self, folder: Path) -> int:
        lines = (folder / "journal.jsonl").read_text().splitlines()
        return sum('"kind":"pain"' in line for line in lines) - 1


class Peer(ABC):
    """A program that may be missing. ``words``: what follows the command, by row."""

    words: ClassVar[dict[str, str]]

    def __init__(self, name: str, command: str | None) -> None:
        self.name, self.command = name, command
        self.numbers = count(1)
        self.says = {VERSION: "--version", **self.words}

    def version(self) -> str:
        return said([self.command, "--version"]) if self.command else "not installed"

    def env(self, folder: Path) -> dict[str, str]:
        return {"HOME": str(folder)}

    def prepare(self, folder: Path, size: int) -> None:
        folder.mkdir(parents=True)
        self.lay(folder, size)

    @abstractmethod
    def lay(self, folder: Path, size: int) -> None:
        """Its files with so many entries."""

    def argv(self, words: str) -> list[str]:
        """``{n}`` minutes, each its own, on the day before the entries end; ``{day}``: seven days ago."""
        n = next(self.numbers)
        at = datetime.now(UTC).replace(hour=1, minute=0, second=0) - timedelta(minutes=2 * n)
        put = {
            "day": week_ago(),
            "at": f"{at:%Y-%m-%dT%H:%M}",
            "end": f"{at + timedelta(minutes=1):%Y-%m-%dT%H:%M}",
        }
        return [str(self.command), *(part.format(**put) for part in words.split())]

    def append(self) -> list[str]:
        return self.argv(self.words[APPEND])

    def rows(self, folder: Path, size: int) -> Sequence[Row]:
        if self.command:
            self.prepare(folder, size)
        return [
            Row(name, partial(self.argv, words), self.env(folder), folder)
            for name, words in self.says.items()
        ]

    @abstractmethod
    def kept(self, folder: Path) -> int:
        """How many entries its files hold."""


class Jrnl(Peer):
    words: ClassVar[dict[str, str]] = {
        APPEND: "pain 4 worse after sitting @back",
        WEEK: "-from {day} --short",
        REPORT: "--tags",
        EXPORT: "--format json",
    }

    def env(self, folder: Path) -> dict[str, str]:
        return {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "config"), "XDG_DATA_HOME": str(folder)}

    def lay(self, folder: Path, size: int) -> None:
        (folder / "config" / "jrnl").mkdir(parents=True)
        (folder / "config" / "jrnl" / "jrnl.yaml").write_text(
            f"colors: {{body: none, date: none, tags: none, title: none}}\ndefault_hour: 9\ndefault_minute: 0\n"
            f"editor: ''\nencrypt: false\nhighlight: false\nindent_character: '|'\n"
            f"journals:\n  default:\n    journal: {folder}/journal.txt\nlinewrap: 79\ntagsymbols: '@'\n"
            f"template: false\ntimeformat: '%Y-%m-%d %H:%M'\nversion: v4.6\n"
        )
        with (folder / "journal.txt").open("w") as out:
            for moment, score in scored(size):
                out.write(f"[{moment:%Y-%m-%d %H:%M}] pain {score} {WORDS} @back\n\n")

    def kept(self, folder: Path) -> int:
        return (folder / "journal.txt").read_text().count("pain 4")


class Watson(Peer):
    words: ClassVar[dict[str, str]] = {
        APPEND: "add -f {at} -t {end} back +pain4",
        WEEK: "log -G --from {day}",
        REPORT: "report -G --all",
        EXPORT: "log -G --all --json",
    }

    def env(self, folder: Path) -> dict[str, str]:
        return {"HOME": str(folder), "WATSON_DIR": str(folder)}

    def lay(self, folder: Path, size: int) -> None:
        frames = []
        for number, (moment, score) in enumerate(scored(size)):
            begin = int(moment.timestamp())
            frames.append([begin, begin + 60, "back", UUID(int=number).hex, [f"pain{score}"], begin + 60])
        if frames:
            (folder / "frames").write_text(json.dumps(frames))

    def kept(self, folder: Path) -> int:
        frames: list[object] = json.loads((folder / "frames").read_text())
        return len(frames)


class Timew(Peer):
    words: ClassVar[dict[str, str]] = {
        APPEND: "track {at} - {end} back pain4 :yes",
        WEEK: "summary {day} - tomorrow",
        REPORT: "summary 2000-01-01 - tomorrow",
        EXPORT: "export",
    }

    def env(self, folder: Path) -> dict[str, str]:
        return {"HOME": str(folder), "TIMEWARRIORDB": str(folder)}

    def lay(self, folder: Path, size: int) -> None:
        data = folder / "data"
        data.mkdir()
        (folder / "extensions").mkdir()
        (folder / "timewarrior.cfg").write_text("")
        months: dict[str, list[str]] = {}
        for moment, score in scored(size):
            begin, end = (f"{m:%Y%m%dT%H%M%SZ}" for m in (moment, moment + timedelta(minutes=1)))
            months.setdefault(f"{moment:%Y-%m}", []).append(f"inc {begin} - {end} # back pain{score}\n")
        for month, lines in months.items():
            (data / f"{month}.data").write_text("".join(lines))

    def kept(self, folder: Path) -> int:
        return sum(file.read_text().count("pain4") for file in (folder / "data").glob("????-??.data"))


class Task(Peer):
    words: ClassVar[dict[str, str]] = {
        APPEND: "log pain 4 worse after sitting project:back",
        WEEK: "end.after:{day} completed",
        REPORT: "stats",
        EXPORT: "export",
    }

    def env(self, folder: Path) -> dict[str, str]:
        return {"HOME": str(folder), "TASKRC": str(folder / "taskrc"), "TASKDATA": str(folder / "data")}

    def lay(self, folder: Path, size: int) -> None:
        (folder / "data").mkdir()
        (folder / "taskrc").write_text(f"data.location={folder}/data\nconfirmation=off\nverbose=nothing\n")
        with (folder / "data" / "completed.data").open("w") as out:
            for number, (moment, score) in enumerate(scored(size)):
                at = int(moment.timestamp())
                out.write(
                    f'[description:"pain {score} {WORDS}" end:"{at}" entry:"{at}" modified:"{at}" project:"back" '
                    f'status:"completed" uuid:"{UUID(int=number + 1)}"]\n'
                )
        (folder / "data" / "pending.data").write_text("")

    def kept(self, folder: Path) -> int:
        return sum(file.read_text().count('"pain 4') for file in (folder / "data").glob("*ed.data")) + sum(
            file.read_text().count('"pain 4') for file in (folder / "data").glob("pending.data")
        )


class Hledger(Peer):
    words: ClassVar[dict[str, str]] = {
        WEEK: "-f book.journal register -b {day}",
        REPORT: "-f book.journal balance -M",
        EXPORT: "-f book.journal print -O json",
    }

    def lay(self, folder: Path, size: int) -> None:
        with (folder / "book.journal").open("w") as out:
            for moment, score in scored(size):
                out.write(f"{moment:%Y-%m-%d} {WORDS}\n    (back)  {score}\n\n")

    def append(self) -> list[str]:
        return []

    def kept(self, folder: Path) -> int:
        return (folder / "book.journal").read_text().count(f" {WORDS}\n")


def run(command: list[str], env: dict[str, str]) -> None:
    """Raises CalledProcessError, with what was said, when it fails."""
    ended = subprocess.run(command, env=environment(env), capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(
            f"{command} ended with {ended.returncode}: {ended.stdout[-500:]}{ended.stderr[-500:]}"
        )


def said(command: list[str]) -> str:
    """The first line that it says."""
    ran = subprocess.run(
        command, env=environment({"HOME": "/nowhere"}), capture_output=True, text=True, check=False
    )
    return next(iter((ran.stdout or ran.stderr).strip().splitlines()), "")
