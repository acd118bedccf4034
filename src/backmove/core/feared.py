"""A feared move, one step at a time (R-O4).

A pure function of the profile and the records. Predictions and what was found are 0-10. Precautions still win: the
step that is named here is only a wish, and every filter is asked before it is given. Walking has a plan of its own
(R-I); its ladder has no row of the main block, so nothing is offered here.
"""

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from backmove.core.course_figures import FearFigures
from backmove.core.days import days_between
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog, Exercise
from backmove.core.exposure import exposed, predicted
from backmove.core.parameters import Parameters
from backmove.core.plan import Plan, Refused
from backmove.core.record import GivenItem
from backmove.core.response import Response, Visit, visits_of
from backmove.core.zone import Zone

WHY: Final = "one small step toward the move that worries you"
_NO_NEWS: Final = (Response.WATCH, Response.OVERLOAD)


class FearedMove(Struct, frozen=True):
    """Where a person stands on the ladder of the move they fear. ``rows``: the ladder, the easiest first; ``rung``:
    the place in it of the hardest row that may come today. ``offered``: whether the day is for it at all; ``new``:
    whether a row may come that was never done."""

    rows: tuple[str, ...]
    rung: int
    offered: bool = True
    new: bool = True

    @property
    def row(self) -> str:
        return self.rows[self.rung]

    @property
    def above(self) -> frozenset[str]:
        """Rows that are still too high: they stay out of the main block, whatever else they are good for."""
        return frozenset(self.rows[self.rung + 1 :])


def feared_move(
    diary: Diary,
    zone: Zone,
    parameters: Parameters,
    *,
    today: str = "",
    pain: int | None = None,
    quiet: bool = False,
) -> FearedMove | None:
    """The step to offer today; None when no move is feared.

    ``diary``: the records before today's first session. ``quiet``: a flare-up is on or not long over. A row that was
    never done comes only on a green day that is not quiet, not after a session that was too much or left its mark, and
    not after a break; an amber day keeps to the rows that were done; a red day has none.
    """
    if diary.profile.feared is None:
        return None
    rows = parameters.ladders.rows[diary.profile.feared]
    visits = visits_of(diary, today, pain) if diary.sessions else ()
    climb = _climbed(diary, visits, rows, parameters.fear)
    new = zone is Zone.GREEN and not quiet and not _holds(visits, today, parameters)
    done = [place for place in climb.done if place <= climb.rung]
    rung = climb.rung if new else max(done, default=0)
    return FearedMove(rows, rung, offered=zone is not Zone.RED and (new or bool(done)), new=new)


def exposure_row(move: FearedMove | None, pool: Sequence[Exercise]) -> Exercise | None:
    """The row to give: today's rung, or the nearest below it that ``pool`` (all that is allowed in the main block)
    has. At the foot of the ladder an easier start may be out of reach (no floor, no chair): then the lowest row of
    level 1. None when the day is not for it or nothing fits."""
    if move is None or not move.offered:
        return None
    allowed = {row.id: row for row in pool}
    for name in reversed(move.rows[: move.rung + 1]):
        if name in allowed:
            return allowed[name]
    starts = (
        [allowed[name] for name in move.rows[1:] if name in allowed] if move.rung == 0 and move.new else []
    )
    return next((row for row in starts if row.level == 1), None)


def climbed_rows(
    move: FearedMove | None, diary: Diary, catalog: Catalog, today: str, parameters: Parameters
) -> frozenset[str]:
    """Rows of the ladder that may come although the person's own step of their chain is lower: the ladder is what led
    there. Only on a day on which something new may come. The hardest ones keep the rule of hard rows (F6): so many
    sessions done, and so many days since a step of the same chain one level below was met on the ladder."""
    if move is None or not (move.offered and move.new):
        return frozenset()
    rows = (catalog.exercises.get(name) for name in move.rows[: move.rung + 1])
    return frozenset(
        row.id
        for row in rows
        if row
        and (
            row.level <= parameters.level.ordinary.value
            or _may_be_hard(row, diary, catalog, today, parameters)
        )
    )


def _may_be_hard(row: Exercise, diary: Diary, catalog: Catalog, today: str, parameters: Parameters) -> bool:
    figures = parameters.progress
    done = [s for s in diary.sessions if (told := diary.done_of(s.id)) and told.status != "stopped"]
    met = [s.day for s in done if (item := exposed(s.items)) and _is_step_below(item, row, catalog)]
    return (
        len(done) >= figures.hard_sessions.value
        and bool(met)
        and days_between(min(met), today) >= figures.hard_days.value
    )


def _is_step_below(item: GivenItem, row: Exercise, catalog: Catalog) -> bool:
    other = catalog.exercises.get(item.exercise)
    same = other is not None and other.chain is not None and row.chain is not None
    return same and other.chain.id == row.chain.id and other.level == row.level - 1  # type: ignore[union-attr]


class _Climb(Struct, frozen=True):
    """The rung that was earned, and the places of the rows that were done at least once."""

    rung: int
    done: frozenset[int]


def _climbed(diary: Diary, visits: Sequence[Visit], rows: Sequence[str], figures: FearFigures) -> _Climb:
    """The ladder replayed. One visit moves it by at most one rung.

    Up: at this rung the prediction was ``low`` or less, or had fallen by ``fall`` per cent from the first one at this
    rung, so many times. Down: the session was too much, and this row hurt or none was named.
    """
    rung, first, times = 0, None, 0
    done: set[int] = set()
    for visit in visits:
        item = exposed(visit.session.items, rows)
        if item is None:
            continue
        place = rows.index(item.exercise)
        if _was_done(visit, item):
            done.add(place)
        if visit.response is Response.OVERLOAD and (not visit.at_fault or item in visit.at_fault):
            rung, first, times = max(0, rung - 1), None, 0
            continue
        if rung == 0 and place == 1:
            rung, first, times = 1, None, 0
        prediction = predicted(diary, visit.session, visit.done)
        if place != rung or prediction is None or not _was_completed(visit, item):
            continue
        first = prediction if first is None else first
        if prediction <= figures.low.value or 100 * (first - prediction) >= figures.fall.value * max(
            first, 1
        ):
            times += 1
        if times >= figures.exposures.value and rung < len(rows) - 1:
            rung, first, times = rung + 1, None, 0
    return _Climb(rung, frozenset(done))


def to_predict(outcome: Plan | Refused, diary: Diary, today: str) -> Exercise | None:
    """The row of today's session that still waits for a prediction; none once it was said or the session is done."""
    if isinstance(outcome, Refused):
        return None
    feared = exposed([item.given for item in outcome.items])
    row = next(
        (item.exercise for item in outcome.items if feared and item.exercise.id == feared.exercise), None
    )
    given = diary.session_on(today)
    done = given is not None and bool(diary.reports([given.id]))
    said = row is not None and any(e.day == today and e.exercise == row.id for e in diary.exposures)
    return None if done or said else row


def _was_done(visit: Visit, item: GivenItem) -> bool:
    told = {row.exercise: row.status for row in visit.done.rows}
    return told.get(item.exercise, "completed" if visit.done.status == "done" else "skipped") != "skipped"


def _was_completed(visit: Visit, item: GivenItem) -> bool:
    """As it was given, not in its easier form."""
    told = {row.exercise: row.status for row in visit.done.rows}
    return told.get(item.exercise, "completed" if visit.done.status == "done" else "") == "completed"


def _holds(visits: Sequence[Visit], today: str, parameters: Parameters) -> bool:
    """Whether nothing new may come: after a session that was too much, or after some days away (I27)."""
    if visits and visits[-1].response in _NO_NEWS:
        return True
    days = [visit.day for visit in visits if visit.completed]
    return bool(days) and bool(today) and days_between(max(days), today) >= parameters.gap.hold.value
