"""Three months of a person, and the sheet for a consultation that is made of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import Any, Final

from msgspec.structs import replace

import shipped
from backmove.core.clearance import standing
from backmove.core.consultation import Consultation, Wishes, consultation, period_of
from backmove.core.diary import Diary, fold
from backmove.core.paper import Block, Paper
from backmove.core.questionnaire import Questionnaire
from backmove.core.record import RULES_VERSION, AnyRecord, Checkin, Done, Exclude, Pain, Triage, Walk
from backmove.core.reporting import Report
from backmove.store.library import load_questionnaire
from backmove.term.consultation_words import paper_of
from course import Course, day_of

CATALOG = shipped.catalog()
LAST: Final = 83
TODAY: Final = day_of(LAST)
NUMBER: Final = "112"
LIFT, SIT = "lift my grandson", "sit through a meeting"
HOSTILE: Final = (
    "<script>document.title='run'</script>",
    "<img src=x onerror=\"document.title='run'\">",
    "</style><style>body{display:none}</style>",
    "[/b] [bold red]loud[/]",
    "{{ 7*7 }} {% raw %} {{ paper.title }}",
    "\u202eright to left\u202c \u2066\u200f end",
    "a\x1b[31mred\x07\x9b2J\nnext line\r\tand a tab",
    "&lt;b&gt; &amp; \"quotes\" 'single' </td></table>",
    "x" * 10_000,
    "日本語の長い文" * 40,
    "\ud800 half a sign",
)


@cache
def questionnaire() -> Questionnaire:
    return load_questionnaire()


@cache
def records() -> tuple[AnyRecord, ...]:
    """Twelve weeks: three sessions a week, walks, look backs with one week without, a flare-up, and what hurt."""
    course = Course(pain=4, age=47, onset="2025-06-01")
    for day in range(LAST + 1):
        pain = 6 if 30 <= day <= 33 else 5 - day // 28
        if day % 7 in (0, 2, 4):
            course.does(day, Report(effort=4), pain=pain)
        if day % 7 in (1, 3, 5):
            course.records.append(Walk(**course.at(day, 18), minutes=20))
        if day % 7 == 6 and day // 7 != 5:
            own = {LIFT: 2 + day // 14, SIT: 4}
            course.records.append(Checkin(**course.at(day, 20), activities=own, pain=pain, sleep=6))
    course.flare(30)
    course.flare(36, on=False)
    course.records.append(Pain(**course.at(50, 21), score=8, leg="further", note="after a long drive"))
    course.records.append(Exclude(**course.at(60, 21), exercise="plank", because="my wrist"))
    return tuple(course.records)


def diary_of(*more: AnyRecord) -> Diary:
    return fold([*records(), *more])


def at(day: int, number: int, hour: int = 22) -> dict[str, Any]:
    """What a record of that day starts with; ``number`` makes its id."""
    stamp = f"{day_of(day)}T{hour:02d}:00:00+01:00"
    return {"v": 1, "id": f"more{number:08d}", "at": stamp, "day": day_of(day)}


def triage(day: int, number: int, disposition: Any, rules: Iterable[str] = (), **more: Any) -> Triage:
    opens = disposition in ("SELF_CARE", "CAREFUL")
    facts = {
        "disposition": disposition,
        "result": disposition,
        "ended": "finished",
        "complete": True,
        "rules_version": RULES_VERSION,
        "rules": tuple(rules),
        "unlocked": opens,
        "valid_until": day_of(day + 14) if opens else None,
    }
    return Triage(**at(day, number), **(facts | more))


def hurt_session(number: int) -> Done:
    """The last session, reported once more as too much."""
    session = next(r.id for r in reversed(records()) if r.__class__.__name__ == "Session")
    return Done(**at(LAST, number), session=session, status="stopped", reason="pain", peak=7)


def facts_of(
    diary: Diary,
    *,
    wishes: Wishes | None = None,
    first: str | None = None,
    last: str | None = None,
    today: str = TODAY,
) -> Consultation:
    now = datetime.fromisoformat(f"{today}T23:00:00+01:00")
    return consultation(
        diary,
        CATALOG,
        questionnaire(),
        standing(diary, now=now, today=today),
        period_of(diary, today, first, last),
        wishes or Wishes(),
        today=today,
        program="0.0.0",
    )


def paper_for(facts: Consultation) -> Paper:
    return paper_of(facts, CATALOG, number=NUMBER)


def hostile_facts() -> Consultation:
    """Every place where a person's words stand, with the worst of them."""
    more: list[AnyRecord] = [Pain(**at(80, n), score=3, note=text) for n, text in enumerate(HOSTILE)]
    more.append(Checkin(**at(82, 90), activities=dict.fromkeys(HOSTILE, 5)))
    more.append(Checkin(**at(83, 91), activities=dict.fromkeys(HOSTILE, 7)))
    more.append(Exclude(**at(82, 92), exercise="bridge", because=HOSTILE[0]))
    more += [Exclude(**at(82, 100 + n), exercise=text, because=text) for n, text in enumerate(HOSTILE)]
    wishes = Wishes(name=HOSTILE[0], questions=HOSTILE, notes=True)
    return facts_of(diary_of(*more), wishes=wishes)


def blocks_of(paper: Paper, title: str) -> tuple[Block, ...]:
    return next((part.blocks for part in paper.parts if part.title == title), ())


def later(days: int) -> str:
    return (datetime.fromisoformat(TODAY) + timedelta(days=days)).date().isoformat()


def without_learned(facts: Consultation) -> Consultation:
    """The same without what depends on the library."""
    return replace(facts, exercises=replace(facts.exercises, rows=(), around=()))
