"""What is run: where somebody stands (``STARTS``) and every command that writes from there (``COMMANDS``).

A new command joins with one line in ``COMMANDS``; one whose name the program does not know is left out and named.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

Words = tuple[str, ...]
Step = tuple[Words, str]
"""A command with what stands on its standard input."""

_CLEAN: Final = json.loads((Path(__file__).parent.parent / "triage_answers.json").read_text())
_DAY: Final[Mapping[str, Any]] = {f"dc{n}": "n" for n in range(1, 6)} | {"dc3_signs": []}


@dataclass(frozen=True)
class Put:
    """A file in the data folder, of somebody else's making."""

    name: str
    content: bytes


YESTERDAY: Final = "a day passes"
"""All that stands in the journal is put back by a day, so that today's check is asked for."""
TORN: Final = b'{"kind":"pain","v":1,"id":"broken0'
"""The start of a line, as a crash leaves it."""


def _triage(*flags: str, **changes: Any) -> Step:
    return ("triage", *flags, "--answers", "-", "--json"), json.dumps(_CLEAN | changes)


def _session(*flags: str, **said: str) -> Step:
    return ("session", *flags, "--answers", "-", "--json"), json.dumps(
        {"daily_check": dict(_DAY) | said, "pain": 3}
    )


_CANCER: Final = {"cancer": "past", "worse_on_cough": "n", "trend": "better"}
_CLAIM: Final = {
    "clearance": {
        "who": "doctor",
        "date": date.today().isoformat(),
        "looked_at_sign": "y",
        "exercise_fine": "y",
        "nothing_worse": "y",
    },
    "cleared_rules": ["C2"],
}
_NOTED: Final = ((("log", "2", "--note", "the first"), ""), (("log", "3"), ""))
_WARM: Final = (("exercises", "show", "bridge"), "")
"""Leaves the library's cache behind."""
_OPEN: Final = (*_NOTED, _triage(), YESTERDAY, _WARM)
_GIVEN: Final = (*_OPEN, _session("--minutes", "5"))

_ELSEWHERE: Final = b"""\
{"kind":"pain","v":1,"id":"elsewhere001","at":"2026-10-01T08:00:00+02:00","day":"2026-10-01","score":4}
{"kind":"walk","v":1,"id":"elsewhere002","at":"2026-10-02T08:00:00+02:00","day":"2026-10-02","minutes":12}
"""
_PLAN: Final = f"""\
schema_version: 1
until: {date.today() + timedelta(days=30)}
rows:
  - exercise: sit-to-stand
    sets: 2
    reps: 10
""".encode()
COPY: Final = "journal.sync-conflict-20261003-080000-ABCDEFG.jsonl"

STARTS: Final[Mapping[str, tuple[Step | Put | bytes | str, ...]]] = {
    "nothing": (),
    "noted": _NOTED,
    "open": _OPEN,
    "logged": (*_OPEN, (("log", "3"), "")),
    "given": _GIVEN,
    "placed": (*_OPEN, (("profile", "set", "place", "floor"), "")),
    "left out": (*_OPEN, (("exercises", "exclude", "bridge"), "")),
    "two journals": (*_OPEN, Put(COPY, _ELSEWHERE)),
    "brought in": (*_OPEN, (("import", "-"), _ELSEWHERE.decode())),
    "a plan at hand": (*_OPEN, Put("my-plan.yaml", _PLAN)),
    "with a plan": (*_OPEN, Put("my-plan.yaml", _PLAN), (("plan", "use", "{folder}/my-plan.yaml"), "")),
    "clinician first": (*_NOTED, _triage(**_CANCER)),
    "emergency": (*_OPEN, _triage(saddle="y")),
    "bad lines": (
        *_OPEN,
        b"oops, no line of ours\n",
        b"\0\0\0\0\0\0\0\0\n",
        TORN,
    ),
}
"""Commands from the first on, files, and bytes that are put at the end of the journal."""


@dataclass(frozen=True)
class Command:
    """One way to write. ``keys``: words on the screen with the key that is pressed then (runs in a terminal).

    ``tells_first``: what is urgent is told before it is written, so what is on the screen acknowledges nothing.
    ``rewrites``: the journal is put anew as a whole; its lines may move to files beside it. ``cold``: without a cache.
    ``makes``: the file that it writes instead of a line of the journal. ``first``: a command in the very folder before
    it, which writes no line.
    """

    title: str
    step: Step
    start: str = "open"
    keys: Mapping[str, str] | None = None
    tells_first: bool = False
    rewrites: bool = False
    cold: bool = False
    makes: str = ""
    first: Words = ()

    @property
    def args(self) -> Words:
        return self.step[0]


_GUIDE_KEYS: Final = {"to go on.": "2\r", "partly, or stopped?": "1\r", "about right, or too much?": "2\r"}

COMMANDS: Final = (
    Command("triage, opens", _triage(), "noted"),
    Command("triage, clinician first", _triage(**_CANCER)),
    Command("triage, emergency", _triage(saddle="y"), tells_first=True),
    Command("triage, assumed answers and an emergency", (("triage", "--answers", "-", "--json"),
            json.dumps({"assume_no": True, "saddle": "y"})), tells_first=True),
    Command("triage --clearance", _triage("--clearance", **_CANCER, **_CLAIM), "clinician first"),
    Command("triage after an emergency", _triage(), "emergency", tells_first=True),
    Command("session", _session("--minutes", "5")),
    Command("session without a cache", _session(), cold=True),
    Command("session, emergency in the check", _session(dc1="y"), tells_first=True),
    Command("session, a new sign in the check", _session(dc2="y")),
    Command("session --another", (("session", "--another", "--show", "--json"), ""), "given"),
    Command("session, locked", (("session", "--show", "--json"), ""), "emergency", tells_first=True),
    Command("session --guide", (("session", "--guide"), ""), "given", keys=_GUIDE_KEYS),
    Command("done", (("done", "--effort", "5", "--note", "went well"), ""), "given"),
    Command("done --stopped leg", (("done", "--stopped", "leg", "--leg", "new"), ""), "given"),
    Command("log, the first", (("log", "4"), ""), "nothing"),
    Command("log", (("log", "4", "--note", "on the stairs", "--sleep", "6"), "")),
    Command("log, at once", (("log", "3"), ""), "logged", first=("walk",)),
    Command("log --leg new", (("log", "5", "--leg", "new"), "")),
    Command("log 9", (("log", "9"), "")),
    Command("log --walk", (("log", "--walk", "20"), "")),
    Command("log --flare", (("log", "6", "--flare"), "")),
    Command("log --morning", (("log", "3", "--morning"), "")),
    Command("log --at", (("log", "3", "--at", "yesterday 20:00"), "")),
    Command("edit", (("edit", "last", "--pain", "6"), ""), "noted"),
    Command("delete", (("delete", "last"), ""), "noted"),
    Command("undo", (("undo",), ""), "noted"),
    Command("profile set", (("profile", "set", "place", "floor"), "")),
    Command("profile unset", (("profile", "unset", "place"), ""), "placed"),
    Command("checkin", (("checkin", "--answers", "-"), json.dumps({"pain": 3, "sleep": 6, "note": "quiet"}))),
    Command("direction", (("direction", "--bending", "worse", "--arching", "better"), "")),
    Command("exercises exclude", (("exercises", "exclude", "bridge", "--because", "my wrist"), "")),
    Command("exercises include", (("exercises", "include", "bridge"), ""), "left out"),
    Command("plan use", (("plan", "use", "{folder}/my-plan.yaml"), ""), "a plan at hand"),
    Command("plan stop", (("plan", "stop"), ""), "with a plan"),
    Command("import", (("import", "-"), _ELSEWHERE.decode()), rewrites=True),
    Command("undo of an import", (("undo",), ""), "brought in"),
    Command("merge", (("merge", "{folder}/" + COPY), ""), "two journals", rewrites=True),
    Command("export --out", (("export", "--out", "{folder}/out.json"), ""), makes="out.json"),
    Command("report --out", (("report", "--out", "{folder}/out.html"), ""), makes="out.html"),
    Command("doctor --fix", (("doctor", "--fix"), ""), "bad lines", rewrites=True),
)  # fmt: skip

CALM: Final = _session()
"""A question to the gate: may there be a session now?"""
