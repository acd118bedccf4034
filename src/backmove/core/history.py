"""What the sessions so far say about the next one: how many, which rows are known, what this week already
held.

Only what was done counts (done or partly, rulings 3.1); a session that was merely given does not. Weeks begin
on Monday.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from msgspec import Struct, field

from backmove.core.choices import Category, Goal
from backmove.core.course_figures import SpacingFigures
from backmove.core.days import days_after, days_between, monday_of
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog, Exercise
from backmove.core.parameters import LearnFigures
from backmove.core.record import Session

_DAY: Final = 24 * 60
"""Minutes of a day."""


class History(Struct, frozen=True):
    """The sessions before today.

    ``sessions`` counts those done or partly done. ``known``: main rows done at least once; ``known_steps``:
    the highest step of each chain among them. ``block``: main rows of the last one that was no bad day, and their
    chains; ``block_before``: of the one before it. ``last_new``: the day on which a main row was last done for the
    first time; ``last_done``: the day on which each was last done.
    ``last_rows``: warm-up and settle rows of the last session given; ``last_calm``: whether it ended with
    rest or breathing. ``week_days``: days of this week with a done row, by category; ``week_goals``: goals
    those rows served; ``week_sessions``: days of this week with a session. ``days``: days with a session done.
    """

    sessions: int = 0
    known: frozenset[str] = frozenset()
    known_steps: Mapping[str, int] = field(default_factory=dict)
    block: frozenset[str] = frozenset()
    block_before: frozenset[str] = frozenset()
    last_new: str | None = None
    last_done: Mapping[str, str] = field(default_factory=dict)
    last_rows: frozenset[str] = frozenset()
    last_calm: bool = False
    week_days: Mapping[Category, frozenset[str]] = field(default_factory=dict)
    week_goals: frozenset[Goal] = frozenset()
    week_sessions: int = 0
    days: tuple[str, ...] = ()

    def knows(self, exercise: Exercise) -> bool:
        """Whether the row, or a harder row of its chain, was done before (rulings 3.7)."""
        if exercise.id in self.known:
            return True
        return exercise.chain is not None and exercise.chain.step <= self.known_steps.get(
            exercise.chain.id, 0
        )


def history_of(diary: Diary, catalog: Catalog, today: str) -> History:
    """The history that the diary tells. Rows that the library no longer has are passed over."""
    return diary.once(("history", today), lambda: _told(diary, catalog, today), catalog)


def _told(diary: Diary, catalog: Catalog, today: str) -> History:
    skipped = _done_sessions(diary)
    done = [session for session in diary.sessions if session.id in skipped]
    known: set[str] = set()
    last_done: dict[str, str] = {}
    last_new: str | None = None
    block, before = list[str](), list[str]()
    for session in done:
        left_out, day = skipped[session.id], session.day
        main = [item.exercise for item in session.items if item.block == "main"]
        if left_out:
            main = [row for row in main if row not in left_out]
        if not known.issuperset(main):
            main = [row for row in main if row in catalog.exercises]
            if not known.issuperset(main):
                last_new = day
                known.update(main)
        last_done.update(dict.fromkeys(main, day))
        if main and session.zone != "red":
            before, block = block, main
    monday = monday_of(today)
    week = [(s.day, row) for s in done if s.day >= monday for row in _rows(s, catalog, skipped[s.id])]
    last = diary.sessions[-1] if diary.sessions else None
    ends = [item for item in last.items if item.block != "main"] if last else []
    return History(
        sessions=len(done),
        known=frozenset(known),
        known_steps=_highest_steps(known, catalog),
        block=_keys(block, catalog),
        block_before=_keys(before, catalog),
        last_new=last_new,
        last_done=last_done,
        last_rows=frozenset(item.exercise for item in ends),
        last_calm=any(item.block == "settle" and _is_calm(catalog, item.exercise) for item in ends),
        week_days=_days_by_category(week),
        week_sessions=len({day for day, _ in week}),
        week_goals=frozenset(goal for _, row in week for goal in row.goals),
        days=tuple(sorted({session.day for session in done})),
    )


def rested_chains(
    diary: Diary, catalog: Catalog, today: str, minute_of_day: int, figures: SpacingFigures
) -> frozenset[str]:
    """The chains (and rows without one) that had a hard main row so short a while ago that such rows rest today (H4).

    By the clock: ``minute_of_day`` counts from midnight (0-1439).
    """
    first = days_after(today, -figures.hard_days.value)
    found: set[str] = set()
    for session in diary.sessions:
        if session.day < first:
            continue
        at = datetime.fromisoformat(session.at)
        since = days_between(session.day, today) * _DAY + minute_of_day - (at.hour * 60 + at.minute)
        if since < figures.hard_days.value * _DAY:
            rows = (catalog.exercises.get(i.exercise) for i in session.items if i.block == "main")
            found |= {
                r.chain.id if r.chain else r.id for r in rows if r and r.level >= figures.hard_level.value
            }
    return frozenset(found)


def learn_max(sessions: int, confidence: int | None, figures: LearnFigures) -> int:
    """How many repetition and hold rows the main block may have after so many sessions (B6, O5)."""
    if confidence is not None and confidence < figures.confidence_low.value:
        return figures.unsure.value
    if sessions < figures.first_until.value:
        return figures.first.value
    return figures.second.value if sessions < figures.second_until.value else figures.later.value


def _keys(rows: Iterable[str], catalog: Catalog) -> frozenset[str]:
    """The rows and their chains."""
    chains = (catalog.exercises[row].chain for row in rows)
    return frozenset({*rows, *(chain.id for chain in chains if chain is not None)})


def _highest_steps(rows: Iterable[str], catalog: Catalog) -> dict[str, int]:
    steps: dict[str, int] = {}
    for row in rows:
        chain = catalog.exercises[row].chain
        if chain is not None:
            steps[chain.id] = max(chain.step, steps.get(chain.id, 0))
    return steps


def is_calm(exercise: Exercise) -> bool:
    """Rest and breathing rows: what a session ends with at least every other time (B5)."""
    return exercise.category in (Category.RELAXATION, Category.RECOVERY)


def _is_calm(catalog: Catalog, exercise_id: str) -> bool:
    exercise = catalog.exercises.get(exercise_id)
    return exercise is not None and is_calm(exercise)


def _done_sessions(diary: Diary) -> dict[str, set[str]]:
    """Sessions that were done or partly done, with the rows that were skipped. The worse of two reports
    counts."""
    skipped: dict[str, set[str]] = {}
    stopped: set[str] = set()
    for done in diary.dones:
        if done.status == "stopped":
            stopped.add(done.session)
        rows = skipped.setdefault(done.session, set())
        if done.rows:
            rows.update(row.exercise for row in done.rows if row.status == "skipped")
    return {session: rows for session, rows in skipped.items() if session not in stopped}


def _rows(session: Session, catalog: Catalog, skipped: set[str]) -> list[Exercise]:
    ids = (item.exercise for item in session.items if item.exercise not in skipped)
    return [catalog.exercises[i] for i in ids if i in catalog.exercises]


def _days_by_category(week: Iterable[tuple[str, Exercise]]) -> dict[Category, frozenset[str]]:
    days: dict[Category, set[str]] = {}
    for day, row in week:
        days.setdefault(row.category, set()).add(day)
    return {category: frozenset(found) for category, found in days.items()}
