"""Which main rows rise today, and the dose that each row has (F3, rulings 3.5 and 4.4).

At most one row takes its next step and at most two gain a rung; where more were earned, those that have gone longest
without a change come first, then the more important slot, then the id.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from backmove.core.dose import ladder, one_set, one_set_top, seconds
from backmove.core.exercise import Exercise
from backmove.core.parameters import Parameters
from backmove.core.placement import step_of
from backmove.core.record import GivenDose
from backmove.core.slots import MainSlot, Pick, Wish
from backmove.core.zone import Zone


def risen(picks: Sequence[Pick], pool: Sequence[Exercise], wish: Wish) -> list[Pick]:
    """The main rows with their rungs for today. ``pool``: every main row that is allowed."""
    course = wish.course
    if wish.zone is not Zone.GREEN:
        return list(picks)
    rows = [pick if pick.dose else replace(pick, rung=course.rung(pick.exercise)) for pick in picks]
    if course.held:
        return rows
    stepped = _steps(rows, pool, wish)
    waiting = [
        number
        for number, pick in enumerate(rows)
        if number not in stepped
        and pick.dose is None
        and (earned := course.rung_ups.get(pick.exercise.id)) is not None
        and not (earned.extra and _next_row(pick.exercise, pool, wish))
    ]
    waiting.sort(key=lambda n: (course.rung_ups[rows[n].exercise.id].changed, n, rows[n].exercise.id))
    for number in waiting[: course.most_rungs]:
        rows[number] = replace(rows[number], rung=rows[number].rung + 1)
    for number, row in stepped.items():
        rows[number] = replace(rows[number], exercise=row, rung=0)
    return rows


def _steps(rows: Sequence[Pick], pool: Sequence[Exercise], wish: Wish) -> dict[int, Exercise]:
    """The rows that take their next step, by their place. None on a day that brings another new row (K5)."""
    course = wish.course
    if not all(wish.history.knows(pick.exercise) for pick in rows if not pick.by_the_clock):
        return {}
    waiting = [
        number
        for number, pick in enumerate(rows)
        if pick.exercise.chain is not None
        and pick.exercise.chain.id in course.step_ups
        and pick.slot is not MainSlot.EXPOSURE
        and pick.dose is None
    ]
    waiting.sort(key=lambda n: (course.step_ups[_chain(rows[n])].changed, n, rows[n].exercise.id))
    found: dict[int, Exercise] = {}
    for number in waiting:
        row = _next_row(rows[number].exercise, pool, wish)
        if row is None or len(found) >= course.most_steps:
            continue
        if (
            _two_kinds(rows, number, row)
            and _goal_stays(rows, number, row, wish)
            and _still_short(rows, number, row, wish)
        ):
            found[number] = row
    return found


def _two_kinds(rows: Sequence[Pick], number: int, row: Exercise) -> bool:
    """The rows stay of two categories (I19); a chain may lead from one category to another."""
    return len({row.category, *(p.exercise.category for n, p in enumerate(rows) if n != number)}) > 1


def _goal_stays(rows: Sequence[Pick], number: int, row: Exercise, wish: Wish) -> bool:
    """A session that serves a goal still does so with the next step (I23)."""
    others = [pick.exercise for n, pick in enumerate(rows) if n != number]
    served = any(not wish.goals.isdisjoint(one.goals) for one in (*others, row))
    return served or wish.goals.isdisjoint(rows[number].exercise.goals)


def _chain(pick: Pick) -> str:
    assert pick.exercise.chain is not None
    return pick.exercise.chain.id


def _next_row(row: Exercise, pool: Sequence[Exercise], wish: Wish) -> Exercise | None:
    """The next step of a row's chain that is allowed today and was earned, or None."""
    if row.chain is None or row.chain.id not in wish.course.step_ups:
        return None
    if wish.steps.step.get(row.chain.id) != row.chain.step:
        return None
    most = wish.steps.rising[row.chain.id]
    above = [
        other
        for other in pool
        if other.chain is not None
        and other.chain.id == row.chain.id
        and other.chain.step > row.chain.step
        and other.level <= most
    ]
    return min(above, key=step_of, default=None)


def _still_short(rows: Sequence[Pick], number: int, row: Exercise, wish: Wish) -> bool:
    """The first two rows are those of the shortest session, too: together they must fit into it."""
    if number > 1:
        return True
    others = [pick.exercise for n, pick in enumerate(rows[:2]) if n != number]
    return sum(wish.start_s(one) for one in (*others, row)) <= wish.short_main_s


def dose_of(pick: Pick, wish: Wish, parameters: Parameters, *, older: bool, one_set_each: bool) -> GivenDose:
    """The dose of a main row at its rung, or the plan's: one set each on an amber day and in the shortest session."""
    rungs = ladder(pick.exercise, older=older, parameters=parameters)
    dose = pick.dose or rungs[min(pick.rung, len(rungs) - 1)]
    return one_set(dose) if one_set_each or wish.zone is Zone.AMBER else dose


def squeezed(
    picks: Sequence[Pick], most_s: int, wish: Wish, parameters: Parameters, *, older: bool, one_set_each: bool
) -> list[Pick]:
    """The same rows within ``most_s`` seconds: the longest row gives up a rung first, and none goes below rung 0."""
    rows = list(picks)
    if one_set_each:
        tops = (one_set_top(ladder(pick.exercise, older=older, parameters=parameters)) for pick in rows)
        rows = [replace(pick, rung=min(pick.rung, top)) for pick, top in zip(rows, tops, strict=True)]

    def took(pick: Pick) -> int:
        dose = dose_of(pick, wish, parameters, older=older, one_set_each=one_set_each)
        return seconds(dose, parameters.seconds)

    times = [took(pick) for pick in rows]
    while sum(times) > most_s and any(pick.rung for pick in rows):
        longest = max((n for n, pick in enumerate(rows) if pick.rung), key=lambda n: (times[n], n))
        rows[longest] = replace(rows[longest], rung=rows[longest].rung - 1)
        times[longest] = took(rows[longest])
    return rows
