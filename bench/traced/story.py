"""The story that is traced: a person's weeks with every command of the program, in one folder, from the first.

``{folder}`` is the data folder and ``{temporary}`` the temporary one. A new command joins with a line in ``STORY``; a
test says which commands and options are missing.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from traced.ground import TODAY

Words = tuple[str, ...]

_CLEAN: Final = json.loads((Path(__file__).parent.parent / "triage_answers.json").read_text())
_DAY: Final[Mapping[str, Any]] = {f"dc{n}": "n" for n in range(1, 6)} | {"dc3_signs": []}


@dataclass(frozen=True)
class Step:
    """A command. ``{first}`` and ``{second}`` in its words are exercises of the last session.

    ``keys``: it runs in a terminal, and these are pressed when their words stand on the screen.

    ``starts``: programs that it is asked to start, by name. ``shows``: words that prove that it did its work.
    """

    args: Words
    stdin: str = ""
    codes: tuple[int, ...] = (0,)
    keys: Mapping[str, str] | None = None
    env: Mapping[str, str] = field(default_factory=dict)
    starts: Words = ()
    shows: str = ""
    note: str = ""

    @property
    def title(self) -> str:
        """The command as it is typed; what a file's name begins with is left away."""
        words = [Path(word).name if word.startswith("{") else word for word in self.args]
        words = [word.replace("{first}", "ID").replace("{second}", "ID") for word in words]
        return " ".join(["backmove", *words, *([f"({self.note})"] if self.note else [])])


@dataclass(frozen=True)
class Put:
    """Bytes that somebody else puts at the end of a file, or a new file."""

    place: str
    content: bytes
    mode: int = 0o600


def _run(*args: str, stdin: str = "", code: int = 0, **more: Any) -> Step:
    return Step(args, stdin, **{"codes": (code,)} | more)


def _typed(*args: str, keys: Mapping[str, str], **more: Any) -> Step:
    return Step(args, keys=keys, **{"env": {"TERM": "xterm-256color"}, "note": "in a terminal"} | more)


def _tab(shell: str, line: str) -> Step:
    words = line.split(" ")
    env = {
        "_BACKMOVE_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": line,
        "COMP_WORDS": "\n".join(words),
        "COMP_CWORD": str(len(words) - 1),
        "_TYPER_COMPLETE_WORD_TO_COMPLETE": words[-1],
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    return Step((), env=env, note=f"TAB in {shell} behind: {line}", shows=words[-1])


def _answers(**changes: Any) -> str:
    return json.dumps(_CLEAN | changes)


def _day(**said: str) -> str:
    return json.dumps({"daily_check": dict(_DAY) | said, "pain": 3})


_CANCER: Final = {"cancer": "past", "worse_on_cough": "n", "trend": "better"}
_CLAIM: Final = {
    "clearance": {
        "who": "doctor",
        "date": TODAY.isoformat(),
        "looked_at_sign": "y",
        "exercise_fine": "y",
        "nothing_worse": "y",
    },
    "cleared_rules": ["C2"],
}
_PLAN: Final = f"""\
schema_version: 1
until: {TODAY + timedelta(days=30)}
rows:
  - exercise: sit-to-stand
    sets: 2
    reps: 10
""".encode()
_TABLE: Final = "Date;Pain\n03.02.2026;4\n04.02.2026;3\n"
_ELSEWHERE: Final = b"""\
{"kind":"pain","v":1,"id":"elsewhere001","at":"2026-02-01T08:00:00+02:00","day":"2026-02-01","score":4}
{"kind":"walk","v":1,"id":"elsewhere002","at":"2026-02-02T08:00:00+02:00","day":"2026-02-02","minutes":12}
"""
_COPY: Final = "{folder}/journal.sync-conflict-20260203-080000-ABCDEFG.jsonl"
_WEEK: Final = {
    "activities": {"sit through a film": 4},
    "pain": 3,
    "sleep": 6,
    "mood": 2,
    "note": "a quiet week",
}
_AGE: Final = "age1lnganujkps6hwvvd3wsszkj6hww05xyw3e072mn404y0s2eq9axqwx09uf"
"""A public key of nobody."""

_GUIDE: Final = {"to go on.": "2\r", "partly, or stopped?": "1\r", "about right, or too much?": "2\r"}
_LOOK_BACK: Final = {"Name something": "s\r", "pain on average": "5\r", "spoil the things you enjoy": "q"}
_FIRST: Final = {"pain now": "3\r", "Where will": "q", "Stop": "s", "Start the guide": "l"}
_NO_DETECTION: Final = {"_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
"""The shell is named; Typer need not guess it from the processes around."""
_DUMB: Final = {"TERM": "dumb"}
_PAINTED: Final = {"space": " ", "Get ready": "q", "later today": "l"}

STORY: Final[tuple[Step | Put, ...]] = (
    # the first day: nothing is there yet
    _run(),
    _run("--version", shows="backmove "),
    _run("--help", shows="Usage"),
    _run("--show-completion", "bash", env=_NO_DETECTION, shows="COMP_WORDS"),
    _run("--install-completion", "bash", env=_NO_DETECTION | {"HOME": "{temporary}/another-home"}, shows="installed"),
    _run("lgo", "4", code=2),
    _run("path"),
    _run("session", "--show", code=5, note="no questions answered"),
    _run("triage", code=5, note="nobody to ask"),
    _typed("log", keys={"hurt": "4\r"}, shows="Saved"),
    _run("triage", "--answers", "-", "--json", stdin=_answers(**_CANCER), code=5),
    _run("triage", "--clearance", "--answers", "-", "--json", stdin=_answers(**_CANCER, **_CLAIM)),
    _typed("triage", keys={" ": "\x03"}, codes=(130,), note="in a terminal, left with Ctrl-C"),
    Put("{temporary}/triage.json", _answers().encode()),
    _run("triage", "--answers", "{temporary}/triage.json"),
    _run(),
    # the profile
    _run("profile", "--json"),
    _run("profile", "show"),
    _run("profile", "set", "place", "floor"),
    _run("profile", "unset", "place"),
    _typed("profile", "edit", keys={"age_band": "40-54\r", "episode_start": "q\r"}),
    _typed("profile", "flare-plan", keys={" ": "s\r"}),
    _run("direction", "--bending", "worse", "--arching", "better", "--bending-leg", "none", "--arching-leg", "none"),
    _typed("direction", keys={"in your leg now?": "q", "Stop the questions": "s"}, codes=(130,)),
    # the library
    _run("exercises", "list", "--search", "bridge", "--category", "strength", "--body", "hips", "--position", "lying",
         "--equipment", "none", "--have", "--goal", "lift", "--level", "2", "--tag", "osteoporosis", "--for-me"),
    _run("exercises", "search", "bridge", shows="bridge"),
    _typed("exercises", "show", "bird-dog", keys={"no question": ""}),
    _run("exercises", "show", "bridge", "--move", "--json"),
    _run("exercises", "exclude", "plank", "--because", "my wrist", shows="undo"),
    _run("exercises", "include", "plank", shows="undo"),
    _run("exercises", "sheet", "--out", "{temporary}/exercises.html", shows="Written"),
    _run("exercises", "check"),
    _run("exercises", "schema"),
    _run("learn"),
    _run("learn", "sleep"),
    _run("learn", "--search", "numb leg"),
    # a session, and all around it
    _typed("session", "--minutes", "5", keys=_FIRST),
    _run("session", "--minutes", "5", "--answers", "-", "--why", stdin=_day()),
    _run("session", "--show", "--another", "--gentle", "--place", "chair", "--json"),
    _typed("session", "--guide", keys=_PAINTED, note="in a terminal, painted"),
    Put("{temporary}/bin/espeak-ng", b"#!/bin/sh\n", 0o700),
    _typed("session", "--guide", "--sound", "voice", keys=_GUIDE, env=_DUMB | {"PATH": "{temporary}/bin"},
           starts=("espeak-ng",), note="in a terminal, line by line"),
    _run("done", "--effort", "5", "--exercise", "{first}=4", "--peak", "2", "--leg", "none", "--note", "went well"),
    _run("done", "--partly", "--hurt", "{first}", "--skipped", "{second}", "--easier-used", "{first}", "--soreness",
         "--prediction", "5", "--found", "3", "--at", "today"),
    _run("done", "--stopped", "time"),
    _run("edit", "last", "--status", "stopped", "--stopped", "other", "--effort", "4", "--peak", "3", "--soreness",
         "--prediction", "4", "--found", "2"),
    _typed("done", keys={"stopped?": "p\r", "too much?": "r\r"}),
    _run("walk"),
    _run("log", "3", shows="Saved", note="at once"),
    _run("log", "5", "--leg", "usual", "--note", "on the stairs", "--sleep", "6", "--at", "yesterday 20:00"),
    _run("log", "--walk", "20", "--limb", "2"),
    _run("edit", "last", "--minutes", "25", "--limb", "1"),
    _run("log", "6", "--flare"),
    _run("log", "--no-flare"),
    _run("log", "3", "--morning", "--json"),
    _run("list", "--plain"),
    _run("list", "--from", "2026-01-01", "--to", "today", "-n", "10", "--kind", "pain", "--json"),
    _run("list", "--on", "today", env={"TZ": ":/etc/localtime"}),
    _run("edit", "last", "--pain", "5", "--note", "rest", "--leg", "none", "--sleep", "4", "--at", "yesterday 19:00"),
    _run("delete", "last"),
    _run("undo"),
    _typed("checkin", "--more", keys=_LOOK_BACK),
    _run("undo"),
    _run("checkin", "--answers", "-", stdin=json.dumps(_WEEK)),
    _run(),
    # looking back
    _run("progress"),
    _run("progress", "--week", "--pain-daily", "--ascii"),
    _run("progress", "--month", "--json"),
    _run("progress", "--year"),
    _run("progress", "--all"),
    _run("progress", "--from", "2026-01-01", "--to", "today"),
    _typed("progress", keys={"no question": ""}),
    _run("report"),
    _run("report", "--out", "{temporary}/page.html", "--include-notes", "--name", "A. Jones", "--question", "Run?",
         "--from", "2026-01-01", "--to", "today", shows="Written"),
    _run("report", "--out", "-", "--format", "html", shows="<html"),
    _run("report", "--open", "--out", "{temporary}/opened.html", env={"BROWSER": "true"}, starts=("true",)),
    _run("export"),
    _run("export", "--out", "{temporary}/export.json"),
    _run("export", "--format", "csv", "--include-notes", "--excel", "--semicolon", "--from", "2026-01-01",
         "--to", "today", "--out", "{temporary}/export.csv"),
    _run("export", "--format", "fhir", "--snomed"),
    _run("export", "--encrypt", _AGE, "--out", "{temporary}/export.age", code=0 if find_spec("pyrage") else 1),
    # from elsewhere
    _run("import", "{temporary}/export.json"),
    _run("import", "-", "--format", "csv", "--map", "day=Date", "--map", "score=Pain", "--dates", "DD.MM.YYYY",
         "--dry-run", stdin=_TABLE),
    _run("import", "-", "--same-person", stdin=_ELSEWHERE.decode()),
    _run("undo"),
    Put("{temporary}/journal.jsonl", _ELSEWHERE),
    _run("merge", "{temporary}/journal.jsonl", "--dry-run", "--same-person"),
    Put(_COPY, _ELSEWHERE),
    _run("list"),
    _run("merge"),
    # a physiotherapist's plan
    Put("{temporary}/plan.yaml", _PLAN),
    _run("plan", "example"),
    _run("plan", "schema"),
    _run("plan", "check", "{temporary}/plan.yaml"),
    _run("plan", "use", "{temporary}/plan.yaml"),
    _run("plan", "show"),
    _run("plan", "--json"),
    _run("session", "--show"),
    _run("plan", "stop"),
    # mending
    _run("doctor"),
    _run("doctor", "--report"),
    Put("{folder}/journal.jsonl", b'oops, no line of ours\n\0\0\0\0\n{"kind":"pain","v":1,"id":"broken0'),
    _run("doctor", "--json", code=4),
    _run("doctor", "--fix", "--dry-run"),
    _run("doctor", "--fix"),
    Put("{folder}/journal.jsonl", b'{"kind":"pain","v":1,"id":"broken1'),
    _run("log", "2", note="behind half a line"),
    # TAB
    _tab("bash", "backmove ex"),
    _tab("bash", "backmove exercises show bri"),
    _tab("zsh", "backmove learn sl"),
    _tab("fish", "backmove session --pl"),
    # an emergency, and what is locked then
    _run("log", "9"),
    _run("session", "--answers", "-", "--json", stdin=_day(dc1="y"), codes=(6, 7)),
    _run("triage", "--answers", "-", "--json", stdin=_answers(saddle="y"), code=7),
    _run("session", "--show", codes=(5, 7)),
    _run(),
)  # fmt: skip
"""In the order of a life; what one command leaves behind is what the next one finds."""
