"""A physiotherapist's plan, from its file to its last day: what was typed and what the program said."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from stories.desk import FIRST_DAY, Desk, Printed

NAME: Final = "physio-plan"
_CLEAN: Final[dict[str, Any]] = json.loads(
    Path(__file__).resolve().parent.with_name("triage_answers.json").read_text(encoding="utf-8")
)
_NO: Final[dict[str, Any]] = {**dict.fromkeys(("dc1", "dc2", "dc3", "dc4", "dc5"), "n"), "dc3_signs": []}
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_PLAN: Final = """\
schema_version: 1
by: Anna Weber
for: Jonas
until: 2026-03-20
days_per_week: 3
note: If a leg gets worse, stop and call me.

rows:
  - exercise: sit-to-stand
    sets: 2
    reps: 12
    note: Slow on the way down.

  - exercise: bird-dog
    pyramid: [5, 3, 1]
    hold_s: 8
    note: Start with the left leg.

  - exercise: side-bridge-knees
    pyramid: [4, 3, 2]
    hold_s: 8

  - exercise: figure-four-supine
    reps: 2
    hold_s: 30
    instead_of: hamstring-chair
"""
_SLIPS: Final = (
    ("bird-dog", "brid-dog"),
    ("hold_s: 8\n    note", "hold: 8\n    note"),
    ("pyramid: [4, 3, 2]\n    hold_s: 8", "pyramid: [4, 3, 2]\n    hold_s: 40"),
    ("until: 2026-03-20", "until: 2025-03-20"),
)
_SETUP: Final = (
    ("place", "floor"),
    ("equipment", "chair", "wall", "towel"),
    ("stand_no_hands", "yes"),
    ("one_leg_5s", "yes"),
    ("floor_and_up", "yes"),
)


def plan_story() -> str:
    """The whole page."""
    with TemporaryDirectory() as folder:
        return "\n".join(_Story(Desk(Path(folder), 21)).lines()) + "\n"


class _Story:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._file = desk.folder / "anna.yaml"

    def lines(self) -> Iterator[str]:
        yield from _INTRO
        yield from self._writing()
        yield from self._taking_up()
        yield from self._weeks()
        yield from self._end()

    def _writing(self) -> Iterator[str]:
        yield from ("## The file", "", "Anna starts from `backmove plan example` and writes this:", "")
        yield from ("```yaml", *self._with_slips().splitlines(), "```", "")
        yield from ("Then she checks it, before Jonas leaves.", "")
        self._desk.at(0, "16:30")
        self._desk.folder.mkdir(exist_ok=True)
        self._file.write_text(self._with_slips(), encoding="utf-8")
        yield from _box(self._desk.type("plan", "check", str(self._file)))
        yield from (
            "",
            "Four slips. She mends them: the name, `hold_s`, eight seconds in place of forty, the year.",
            "",
        )
        self._file.write_text(_PLAN, encoding="utf-8")
        yield from _box(self._desk.type("plan", "check", str(self._file)))

    def _with_slips(self) -> str:
        text = _PLAN
        for right, wrong in _SLIPS:
            assert right in text
            text = text.replace(right, wrong, 1)
        return text

    def _taking_up(self) -> Iterator[str]:
        yield from (
            "",
            "## Jonas takes it up",
            "",
            "In the evening he answers the safety questions and takes the plan up.",
            "",
        )
        self._desk.at(0, "19:30")
        answers = _CLEAN | {"first_ever": "n", "age": 52, "onset_days": 150, "pain_now": 2, "pain_usual": 2}
        self._desk.type("triage", "--answers", "-", stdin=json.dumps(answers))
        for key, *values in _SETUP:
            self._desk.type("profile", "set", key, *values)
        yield from _box(self._desk.type("plan", "use", str(self._file)))

    def _weeks(self) -> Iterator[str]:
        yield from ("", "## The first sessions", "")
        yield "Of each session only its first page is shown; the steps of every exercise follow it."
        yield from self._session(0, "19:40", 2)
        yield from self._session(2, "19:00", 2)
        yield from self._session(4, "19:00", 2)
        yield from ("", "## A sore day, and a day away", "")
        yield "A week later he has shovelled snow. His back is at 5."
        yield from self._session(7, "19:00", 5)
        yield from ("", "On Thursday he is at his office and has no place to lie down.")
        yield from self._session(10, "12:15", 2, "--place", "upright")
        yield from ("", "On Friday Anna asks how it goes. He shows her this.", "")
        self._desk.at(11, "10:00")
        yield from _box(self._desk.type("plan"))

    def _end(self) -> Iterator[str]:
        yield from ("", "## The end", "", "He goes on to the last day of the plan, a Friday.")
        for day in (14, 16, 18):
            self._day(day, "19:00", 2)
        yield from ("", "The Monday after it is over.")
        yield from self._session(21, "19:00", 1)

    def _session(self, day: int, clock: str, pain: int, *more: str) -> Iterator[str]:
        said = self._day(day, clock, pain, *more)
        when = FIRST_DAY + timedelta(days=day)
        yield from ("", f"### {_DAYS[when.weekday()]} {when.day} March, pain {pain}", "")
        yield from _box(said)

    def _day(self, day: int, clock: str, pain: int, *more: str) -> Printed:
        self._desk.at(day, clock)
        answers = json.dumps({"daily_check": _NO, "pain": pain})
        said = self._desk.type("session", *more, "--answers", "-", stdin=answers)
        assert said.code == 0, said.text
        self._desk.now += timedelta(minutes=20)
        self._desk.type("done", "--effort", "4", "--leg", "none")
        return Printed(" ".join(["backmove session", *more]), _first_page(said.text), 0)


def _first_page(text: str) -> str:
    """What stands before the guide to pain and the steps."""
    return re.split(r"(?m)^(?:Up to 5 of 10|A lighter day\. Up to|A gentle day: small)", text)[0]


def _box(said: Printed) -> list[str]:
    ended = [] if said.code == 0 else [f"(exit {said.code})"]
    command = re.sub(r"/\S*/", "~/", said.command)
    return ["```text", f"$ {command}", *said.text.strip("\n").splitlines(), *ended, "```"]


_INTRO: Final = (
    "# A physiotherapist's plan",
    "",
    "Anna Weber is a physiotherapist. Jonas is 52; his back has hurt for five months, 2 of 10 on most days. She has",
    "seen him, shown him four exercises, and wants them done three times a week for three weeks. He uses backmove.",
    "",
    "Every line in a box was printed by the program; the clock came from the story. The safety questions and the daily",
    "check were answered from files and are left out. Made by `python bench/stories`; do not edit.",
    "",
)
