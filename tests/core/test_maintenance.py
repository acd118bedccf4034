"""Staying well: since when, how many sessions, and what comes in which week (R-N)."""

from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

import shipped
from backmove.core.days import days_after, days_between
from backmove.core.diary import Diary
from backmove.core.exercise import Stage
from backmove.core.maintenance import maintained_since, recovered_on, week_due
from backmove.core.plan import Plan
from backmove.core.prescription import plan_session
from backmove.core.record import Checkin, Done, Pain, Session
from backmove.core.zone import stage_of
from session_strategies import SEED, TODAY, Person, someone, triage

CATALOG, PARAMETERS = shipped.library()
START = "2015-01-01"


def stamp(back: int, name: str) -> dict[str, Any]:
    there = days_after(TODAY, -back)
    return {"v": 1, "id": f"{name}-{back}", "at": f"{there}T08:00:00+01:00", "day": there}


def words(*scores: tuple[int, int]) -> tuple[Pain, ...]:
    return tuple(Pain(**stamp(back, "pain"), score=score) for back, score in scores)


def look(back: int, **said: Any) -> Checkin:
    return Checkin(**stamp(back, "look"), **said)


def weekly(since: int, score: int = 1) -> tuple[Pain, ...]:
    """A word every week, the first so many days ago."""
    return words(*((back, score) for back in range(since, 0, -7)))


def well(*pains: Pain, checkins: tuple[Checkin, ...] = ()) -> Diary:
    return Diary(triages=(triage(START),), pains=pains, checkins=checkins)


def test_four_weeks_are_full_on_the_day_that_is_told() -> None:
    assert recovered_on(well(*weekly(35)), TODAY, PARAMETERS) == days_after(TODAY, -7)
    assert recovered_on(well(*weekly(28)), TODAY, PARAMETERS) == TODAY
    assert recovered_on(well(*weekly(27)), TODAY, PARAMETERS) is None
    assert recovered_on(well(), TODAY, PARAMETERS) is None


def test_more_pain_starts_the_four_weeks_again_and_no_more_than_that() -> None:
    assert recovered_on(well(*weekly(300), *words((30, 2))), TODAY, PARAMETERS) is None
    found = recovered_on(well(*weekly(350), *words((40, 2))), TODAY, PARAMETERS)
    assert found == days_after(TODAY, -35 + 28)


def test_weeks_without_a_word_start_them_again() -> None:
    assert recovered_on(well(*words((60, 0), (53, 0), (40, 0), (33, 0), (26, 0))), TODAY, PARAMETERS) is None
    gap = words(*((b, 0) for b in (60, 53, 44, 37, 30, 23, 16, 9, 2)))
    assert recovered_on(well(*gap), TODAY, PARAMETERS) == days_after(TODAY, -16)


def test_a_weekly_look_back_is_a_word_about_pain() -> None:
    looks = tuple(look(back, pain=1) for back in range(28, 0, -7))
    assert recovered_on(well(checkins=looks), TODAY, PARAMETERS) == TODAY
    sore = (*looks[:-1], look(7, pain=2))
    assert recovered_on(well(checkins=sore), TODAY, PARAMETERS) is None


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ({"activity": 7}, True),
        ({"activity": 6}, False),
        ({"activities": {"walk the dog": 3, "sit": 9}}, True),
        ({"activities": {"walk the dog": 4}}, False),
        ({"enjoyment": 10, "sleep": 0}, False),
    ],
)
def test_n1_what_is_held_back_by_pain_holds_it_back(said: dict[str, Any], held: bool) -> None:
    diary = well(*weekly(35), checkins=(look(10, **said),))
    assert (recovered_on(diary, TODAY, PARAMETERS) is None) is held
    assert (stage_of(diary, TODAY, PARAMETERS) is Stage.CHRONIC) is held


def test_it_begins_when_the_spell_is_old_enough() -> None:
    diary = well(*weekly(60))
    assert maintained_since(diary, TODAY, START, PARAMETERS) == recovered_on(diary, TODAY, PARAMETERS)
    assert maintained_since(diary, TODAY, days_after(TODAY, -90), PARAMETERS) == days_after(TODAY, -5)
    assert maintained_since(diary, TODAY, days_after(TODAY, -84), PARAMETERS) is None
    assert maintained_since(diary, TODAY, None, PARAMETERS) is None


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 120), st.sampled_from((0, 0, 0, 1, 1, 2))), max_size=40), st.data())
def test_the_day_it_began_is_the_first_of_an_unbroken_row_of_such_days(
    scores: list[tuple[int, int]], data: st.DataObject
) -> None:
    diary = well(*words(*dict(scores).items()))
    looks = data.draw(st.lists(st.integers(1, 120), max_size=2, unique=True))
    diary = replace(diary, checkins=tuple(look(back, activity=8) for back in looks))
    since = recovered_on(diary, TODAY, PARAMETERS)
    assert (since is not None) is (stage_of(diary, TODAY, PARAMETERS) is Stage.MAINTENANCE)
    if since is not None:
        row = [days_after(since, n) for n in range(days_between(since, TODAY) + 1)]
        assert all(stage_of(diary, there, PARAMETERS) is Stage.MAINTENANCE for there in row)
        assert stage_of(diary, days_after(since, -1), PARAMETERS) is not Stage.MAINTENANCE


# --- what comes in which week -------------------------------------------------------------------------------


def test_each_week_has_its_turn_once_with_the_first_session_from_then_on() -> None:
    since = days_after(TODAY, -20)
    assert week_due((0, 2, 10), since, TODAY, []) == 2
    assert week_due((0, 2, 10), since, TODAY, [days_after(since, 13)]) == 2
    assert week_due((0, 2, 10), since, TODAY, [days_after(since, 14)]) is None
    assert week_due((10,), since, TODAY, []) is None
    assert week_due((0,), TODAY, TODAY, [days_after(TODAY, -1)]) == 0


def well_for(weeks: int, *, last: int = 3, **settings: Any) -> Person:
    """Somebody who has been staying well for so many weeks, with a session ``last`` days ago."""
    who = someone(usual=0, pain=0, **settings)
    cut = [s for s in who.diary.sessions if s.day <= days_after(TODAY, -last)]
    return replace(who, diary=replace(who.diary, sessions=tuple(cut), pains=weekly(28 + 7 * weeks, 0)))


def planned(who: Person) -> Plan:
    found = plan_session(CATALOG, PARAMETERS, who.diary, who.standing, who.request, TODAY, SEED)
    assert isinstance(found, Plan)
    return found


def codes(who: Person) -> list[str]:
    return [notice.code for notice in planned(who).notices]


def test_example_35_little_pain_for_four_weeks_is_maintenance_of_two_short_sessions() -> None:
    found = planned(well_for(1, minutes=None))
    assert (found.stage, found.requested) == ("maintenance", 15)
    assert days_between(TODAY, found.next_date) >= 3


def test_n2_two_days_a_week_are_planned_unless_the_person_chose() -> None:
    monday = days_after(TODAY, -2)
    who = well_for(1, last=9)
    shown = who.diary.sessions[-1]
    both = [moved(shown, f"week-{n}", days_after(monday, n)) for n in (0, 1)]
    week = replace(
        who.diary,
        sessions=(*who.diary.sessions, *both),
        dones=(*who.diary.dones, *(report(s) for s in both)),
    )
    assert "rest-day" in codes(replace(who, diary=week))
    chosen = replace(week, profile=replace(week.profile, days_per_week=3, known=frozenset({"days_per_week"})))
    assert "rest-day" not in codes(replace(who, diary=chosen))


def moved(session: Session, name: str, there: str) -> Session:
    return msgspec.structs.replace(session, id=name, day=there, at=f"{there}T08:00:00+01:00")


def report(session: Session) -> Done:
    return Done(v=1, id=f"done-{session.id}", at=session.at, day=session.day, session=session.id)


@pytest.mark.parametrize(
    ("weeks", "code", "told"),
    [
        (0, "plan-walks", True),
        (1, "plan-walks", False),
        (6, "plan-walks", True),
        (14, "plan-walks", True),
        (2, "barrier", True),
        (3, "barrier", False),
        (10, "barrier", True),
        (20, "barrier", True),
        (25, "light-touch", False),
        (26, "light-touch", True),
        (27, "light-touch", False),
    ],
)
def test_n3_and_n4_what_is_said_in_which_week(weeks: int, code: str, told: bool) -> None:
    assert (code in codes(well_for(weeks))) is told


def test_a_week_without_a_session_puts_it_off_and_does_not_drop_it() -> None:
    assert "light-touch" in codes(well_for(27, last=12))
