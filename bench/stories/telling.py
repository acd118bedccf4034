"""Six weeks of one person, day by day, as Markdown: what was typed and what the program said."""

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from stories.desk import FIRST_DAY, Desk, Printed
from stories.person import CHECK, Day, Person

WEEKS: Final = 6
_CLEAN: Final[dict[str, Any]] = json.loads(
    Path(__file__).resolve().parent.with_name("triage_answers.json").read_text(encoding="utf-8")
)
_MONTHS: Final = ("January", "February", "March", "April", "May", "June")
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_TRIES: Final = 2
_LONG, _KEPT = 16, 9
"""An output of more lines than the first is cut after the second, unless the day is told in full."""
_THOUGHT: Final = "how bad do you think it will be"
_STOP: Final = "Stop at once and get help for"
_UNDO: Final = "To take it back:"
_FELT: Final = {"right": "r", "easy": "e", "too much": "t"}


def story(person: Person) -> str:
    """The whole page."""
    with TemporaryDirectory() as folder:
        return "\n".join(Telling(person, Desk(Path(folder), person.seed)).lines()) + "\n"


class Telling:
    """One person at their desk. What a day printed goes into one box."""

    def __init__(self, person: Person, desk: Desk) -> None:
        self._who, self._desk = person, desk
        self._answers = _CLEAN | {"first_ever": "n"} | dict(person.answers)
        self._spell = -int(self._answers["onset_days"])
        self._walk_minutes: int | None = None
        self._exposures = 0
        self._due_on = (FIRST_DAY + timedelta(days=1)).date().isoformat()
        self._first = True

    def lines(self) -> Iterator[str]:
        yield from (f"# {self._who.title}", "", self._who.intro, "")
        yield "Every line in a box was printed by the program; the clock and the keys came from the story. Where a"
        yield "box is cut, three dots say so. The safety questions were answered from a file, so that only their"
        yield "result is shown. Answers on offer, the steps of each exercise and how to take an entry back are shown"
        yield "once. Made by `python bench/stories`; do not edit."
        for number in range(7 * WEEKS):
            if number % 7 == 0:
                yield from ("", f"## Week {number // 7 + 1}")
            yield from self._day(number)

    def lives(self, number: int) -> None:
        """A day that nobody is told of."""
        for _ in self._day(number):
            pass

    def _day(self, number: int) -> Iterator[str]:
        day = self._who.day(number)
        if "onset_days" in day.answers:
            self._spell = number - day.answers["onset_days"]
        self._answers |= day.answers
        told = [] if day.away else [*self._told(number, day)]
        if not told and not day.why:
            return
        when = FIRST_DAY + timedelta(days=number)
        yield from ("", f"### {_DAYS[when.weekday()]} {when.day} {_MONTHS[when.month - 1]}")
        if day.why:
            yield from ("", day.why)
        if told:
            yield from ("", "```text", *told[1:], "```")

    def _told(self, number: int, day: Day) -> Iterator[str]:
        """Everything of a day; each command begins with an empty line."""
        self._desk.at(number, "07:30" if number else "21:10")
        if number == 0:
            yield from self._first_evening()
        for command in day.before:
            yield from self._shown(self._type(command, number), whole=True)
        self._desk.at(number, self._who.at)
        if self._desk.now.date().isoformat() >= self._due_on or day.whole:
            yield from self._session(number, day)
        if number % 7 in self._who.walks and self._walk_minutes:
            self._desk.at(number, "19:40")
            yield from self._shown(self._type(("log", "--walk", str(self._walk_minutes)), number))
        for command in day.after:
            yield from self._shown(self._type(command, number), whole=True)

    def _first_evening(self) -> Iterator[str]:
        yield from self._shown(self._desk.type())
        yield from self._triage(0)
        for place, command in enumerate(self._who.setup):
            yield from self._shown(self._type(command, 0), undo=place == 0)

    def _triage(self, number: int) -> Iterator[str]:
        pain, usual = self._who.pain(number), self._usual(number)
        answers = self._answers | {"onset_days": number - self._spell, "pain_now": pain, "pain_usual": usual}
        said = self._desk.type("triage", "--answers", "-", stdin=json.dumps(answers))
        yield from self._shown(said, whole=number == 0, as_typed="backmove triage")

    def _usual(self, number: int) -> int:
        lately = sorted(self._who.pain(day) for day in range(max(0, number - 14), number + 1))
        return lately[len(lately) // 2]

    def _named(self) -> str:
        """The day that the program names for the next session; the day after when it names none."""
        named = json.loads(self._desk.type("--json").text)["data"]["next"]["date"]
        return str(named or (self._desk.now + timedelta(days=1)).date().isoformat())

    def _session(self, number: int, day: Day) -> Iterator[str]:
        for _ in range(_TRIES):
            said = self._desk.type("session", replies=self._replies(number, day))
            if said.code == 0:
                break
            yield from self._shown(said, whole=True)
            if "backmove triage" not in said.text:
                return
            yield from self._triage(number)
        else:
            return
        first, self._first = self._first, False
        yield from self._given(said, whole=day.whole or first, steps=first)
        self._desk.now += timedelta(minutes=20)
        report = self._desk.type("done", *(day.done or ()), replies=self._replies(number, day))
        self._exposures += _THOUGHT in said.text
        self._due_on = self._named()
        yield from self._shown(report, asked=day.whole or first)

    def _replies(self, number: int, day: Day) -> dict[str, str]:
        thought, found = self._who.feared[min(self._exposures, len(self._who.feared) - 1)]
        return {
            **day.replies,
            **CHECK,
            _THOUGHT: str(thought),
            "How bad was it, from 0": str(found),
            "What got in the way": "s",
            "the pain in your leg": "n",
            "how bad is the pain now": str(self._who.pain(number)),
            "Easy, about right": _FELT[day.felt or self._who.felt],
            "Done, partly": "d",
            **self._who.replies,
        }

    def _type(self, command: tuple[str, ...], number: int) -> Printed:
        return self._desk.type(*command, replies=self._replies(number, self._who.day(number)))

    # --- how it is shown -----------------------------------------------------------------------------------

    def _given(self, said: Printed, *, whole: bool, steps: bool) -> Iterator[str]:
        """A session: all of it, or its head, rows, notices, walk and the title of its card."""
        data = json.loads(self._desk.type("session", "--json").text)["data"]
        outings = data["outings"]
        self._walk_minutes = outings[0]["minutes"] if outings else None
        if whole:
            yield from self._shown(said, whole=True, steps=steps)
            return
        yield from ("", f"$ {said.command}", *_overview(said.text))
        yield from ([data["card"]["title"], "..."] if data["card"] else [])

    def _shown(
        self,
        said: Printed,
        *,
        whole: bool = False,
        asked: bool = False,
        undo: bool = False,
        steps: bool = False,
        as_typed: str = "",
    ) -> Iterator[str]:
        text = _questions(said.text) if asked or whole else re.sub(r"(?s)^.*\n> [^\n]*\n", "", said.text)
        if not steps:
            text = re.sub(
                r"(?s)\n1  .*?\nStop this one if: [^\n]*(?=\n(?!\d+  )[A-Z][^\n:]*\n[^-\n])", "\n...", text
            )
        lines = [line for line in text.strip("\n").splitlines() if undo or not line.startswith(_UNDO)]
        if not whole and len(lines) > _LONG:
            lines = [*lines[:_KEPT], "..."]
        ended = [] if said.code == 0 else [f"(exit {said.code})"]
        yield from ("", f"$ {as_typed or said.command}", *lines, *ended)


def _overview(text: str) -> list[str]:
    """What stands before the steps of the exercises, without the questions and the stop signs, which are always
    there."""
    page = (
        text[text.rindex("\n", 0, text.rindex(" · pain ")) + 1 :]
        if "\n" in text[: text.rindex(" · pain ")]
        else text
    )
    before = re.split(r"(?m)^1  ", page)[0]
    return [*(line for line in before.strip("\n").splitlines() if not line.startswith(_STOP)), "..."]


def _questions(text: str) -> str:
    """Questions with what was typed; the answers that were on offer and how to type them are left out."""
    *before, rest = re.split(r"(?m)^(> .*)$", text)
    kept = []
    for part in before:
        offered = re.search(r"(?m)^(\d+\. |[a-z]\. |Type |0 is: )", part)
        kept.append(part if part.startswith("> ") or offered is None else part[: offered.start()])
    return "".join(kept) + rest
