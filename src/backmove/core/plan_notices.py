"""What a session says about a therapist's plan: what it left out and why, what it made easier, that it has ended."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from backmove.core.diary import Diary
from backmove.core.exercise import Catalog
from backmove.core.notice import Notice
from backmove.core.plan_barred import TURNS
from backmove.core.plan_following import Following
from backmove.core.record import LeftOut, TherapistPlan
from backmove.core.therapist_plan import plan_over, whose
from backmove.core.when import say_day

LEFT_OUT: Final = "plan-left-out"
ENDED: Final = "plan-ended"


def about_plan(following: Following | None, diary: Diary, catalog: Catalog, today: str) -> Iterator[Notice]:
    """The lines of a day; none without a plan. Words of a person stand in them as they were written."""
    if following is None:
        over = plan_over(diary, today)
        if over is not None:
            yield Notice(
                ENDED,
                f"{_begun(whose(over))} ran until {_day(over, today)} and is over. From now on backmove chooses the "
                "exercises. Ask how to go on; a new plan:  backmove plan use FILE",
            )
        return
    followed, name = following.followed, whose(following.followed.plan)
    waiting = [one for one in followed.left_out if one.code == TURNS[0]]
    barred = [one for one in followed.left_out if one.code != TURNS[0]]
    if barred:
        yield Notice(LEFT_OUT, f"From {name}, not today: {_reasons(barred, catalog)}.")
    if waiting:
        names = _and([_name(one.exercise, catalog) for one in waiting])
        yield Notice("plan-turns", f"From {name}, another day: {names}. Not all of it fits into one session.")
    given = any(item.planned for item in following.draft.items)
    if following.lowered:
        names = _and([_name(row, catalog) for row in following.lowered])
        yield Notice(
            "plan-too-much",
            f"Too much last time, so easier today: {names}. Tell the person who wrote your plan.",
        )
    elif given and following.eased:
        yield Notice("plan-eased", f"A lighter day: what comes from {name} has the start dose, or less.")


def _reasons(left_out: Sequence[LeftOut], catalog: Catalog) -> str:
    """Each reason once, with the rows that it holds back."""
    rows: dict[str, list[str]] = {}
    for one in left_out:
        rows.setdefault(one.why, []).append(_name(one.exercise, catalog))
    return "; ".join(f"{_and(names)} ({why})" for why, names in rows.items())


def _name(row: str, catalog: Catalog) -> str:
    exercise = catalog.exercises.get(row)
    return exercise.name if exercise is not None else row


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _day(plan: TherapistPlan, today: str) -> str:
    return say_day(date.fromisoformat(plan.until or plan.day), date.fromisoformat(today))


def _begun(words: str) -> str:
    return words[:1].upper() + words[1:]
