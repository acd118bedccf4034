"""The week and the walk, I33 to I36 (R-H, R-I, rulings 4.3 and 4.6)."""

from itertools import pairwise

import pytest
from crowd import broken
from hypothesis import given, settings

from backmove.core.choices import Category
from backmove.core.plan import Plan
from backmove.core.record import Session
from life import CATALOG, HOUSEHOLD, Life, Visit
from lives_at_random import people, some_days
from living import Doing, Who
from story import Story, days_apart, height, key_of, week_of

FEW = settings(max_examples=15)
YES = dict.fromkeys(("stand_no_hands", "one_leg_5s", "floor_and_up", "counter_plank_10s"), True)


@FEW
@given(people, some_days)
def test_i33_hard_rows_rest_for_two_days(who: Who, days: list[Doing]) -> None:
    assert broken("I33", who, days) == []


@FEW
@given(people, some_days)
def test_i34_walks_grow_and_shrink_slowly(who: Who, days: list[Doing]) -> None:
    assert broken("I34", who, days) == []


@FEW
@given(people, some_days)
def test_i36_what_was_missed_is_not_made_up(who: Who, days: list[Doing]) -> None:
    assert broken("I36", who, days) == []


def starting(**profile: object) -> Life:
    life = Life()
    whole = {"place": "floor", "equipment": HOUSEHOLD, "minutes": 20, "usual_pain": 2, "walk_minutes": 20}
    life.set(**(whole | YES | profile))
    life.triage(onset_days=1000, pain_now=2, pain_usual=2)
    return life


def every_day(life: Life, days: int, *, pain: int = 2, effort: int = 3) -> None:
    """A session every day, each easy."""
    for _ in range(days):
        life.wait(1)
        if not life.standing.open:
            life.triage(onset_days=1000, pain_now=pain)
        life.session(pain)
        life.done(effort=effort)


def test_i33_who_trains_every_day_still_has_no_hard_row_two_days_running() -> None:
    life = starting(days_per_week=5, minutes=30)
    every_day(life, 70)
    story = Story(life)
    hard = [
        (one.day, key_of(item))
        for one in story.given
        for item in one.main
        if item.exercise.chain and item.exercise.level >= 3
    ]
    assert len(hard) >= 10, "the person came to hard rows"
    for (a, first), (b, second) in pairwise(sorted(hard, key=lambda pair: (pair[1], pair[0]))):
        assert first != second or days_apart(a, b) >= 2, (first, a, b)


# --- a walk, week by week -------------------------------------------------------------------------------------


def walking_weeks(shares: list[float], *, comfortable: int = 15) -> list[tuple[int, int]]:
    """Minutes and days of the walk on each Monday, when of each week's walks this share was done."""
    life = starting(walk_minutes=comfortable)
    found = []
    for share in shares:
        assert life.now.weekday() == 0
        if not life.standing.open:
            life.triage(onset_days=1000)
        outing = life.session(2).plan.outings[0]
        found.append((outing.minutes, outing.days_per_week))
        life.done(effort=5)
        for day in range(7):
            if day < outing.days_per_week and share:
                life.log(walk=max(1, round(outing.minutes * share)))
            life.wait(1)
            if day in (1, 3):
                if not life.standing.open:
                    life.triage(onset_days=1000)
                life.session(2)
                life.done(effort=5)
    return found


def test_i34_full_weeks_lead_from_ten_to_thirty_minutes_in_eight_to_twelve_weeks() -> None:
    weeks = walking_weeks([1.0] * 14)
    minutes = [m for m, _ in weeks]
    assert minutes[0] == 10 and max(minutes) == 30
    assert 7 <= minutes.index(30) <= 12, minutes
    for a, b in pairwise(minutes):
        assert a <= b <= a + min(5, max(1, a * 0.2))
    assert weeks[-1][1] == 5 and weeks[0][1] == 4


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6])
def test_i34_weak_weeks_never_raise_and_lower_by_three_tenths_at_most(share: float) -> None:
    minutes = [m for m, _ in walking_weeks([1.0, 1.0, 1.0, share, share, 1.0])]
    assert minutes[4] <= minutes[3] and minutes[5] <= minutes[4]
    for a, b in pairwise(minutes):
        assert b >= int(a * 0.7) or b >= a - 1


def test_i36_a_missed_week_is_not_added_to_the_next() -> None:
    full = [m for m, _ in walking_weeks([1.0] * 6)]
    missed = [m for m, _ in walking_weeks([1.0, 1.0, 0.0, 1.0, 1.0, 1.0])]
    assert all(less <= more for less, more in zip(missed, full, strict=True))


@pytest.mark.parametrize("trained", [6, 14, 24])
def test_i36_the_longer_one_is_away_the_less_is_asked(trained: int) -> None:
    life = starting(minutes=30)
    for _ in range(trained):
        life.wait(2)
        if not life.standing.open:
            life.triage(onset_days=1000)
        life.session(2)
        life.done(effort=3)
    life.triage(onset_days=1000)
    low: dict[str, tuple[int, int]] = {}
    walk = 99
    for days in (2, 4, 6, 8, 10, 15, 20, 27):
        visit = life.looking_ahead(days, 2)
        if not isinstance(visit.outcome, Plan):
            continue
        for key, now in main_of(visit):
            assert now <= low.get(key, now), (days, key, now, low)
            low[key] = now
        if visit.plan.outings:
            assert visit.plan.outings[0].minutes <= walk
            walk = visit.plan.outings[0].minutes
    assert low and walk < 99


def main_of(visit: Visit) -> list[tuple[str, tuple[int, int]]]:
    return [(key_of(i), height(i)) for i in visit.plan.items if i.block == "main"]


# --- two weeks of all that was planned ------------------------------------------------------------------------

NEEDS = {
    "strength": ({Category.STRENGTH, Category.CORE}, 2),
    "trunk": ({Category.MOTOR_CONTROL, Category.CORE}, 3),
    "easy movement": ({Category.MOBILITY, Category.STRETCH}, 3),
    "balance": ({Category.BALANCE}, 1),
    "calm": ({Category.RELAXATION, Category.MIND_BODY}, 2),
}
PEOPLE = {
    "a floor and a household": {},
    "upright with a chair": {"place": "upright", "equipment": ["wall", "chair"]},
    "much kit": {"equipment": ["wall", "chair", "band", "weight", "step", "ball"], "minutes": 30},
    "goals": {"goals": ["lift", "sit", "walk"]},
    "a beginner": dict.fromkeys(YES, False),
}


@pytest.mark.parametrize("age", [45, 70])
@pytest.mark.parametrize("planned", [2, 3, 4, 5])
@pytest.mark.parametrize("person", PEOPLE)
def test_i35_two_full_weeks_meet_every_need(person: str, planned: int, age: int) -> None:
    life = starting(days_per_week=planned, **PEOPLE[person])  # type: ignore[arg-type]
    life.triage(onset_days=1000, age=age)
    for day in range(14):
        if day % 7 in {2: (0, 3), 3: (0, 2, 4), 4: (0, 2, 4, 5), 5: (0, 1, 2, 4, 5)}[planned]:
            life.session(2)
            life.done(effort=5)
        life.wait(1)
    for week in {week_of(session.day) for session in life.given}:
        done = [s for s in life.given if week_of(s.day) == week]
        assert len(done) == planned
        for name, (kinds, days) in NEEDS.items():
            wanted = min(3 if name == "balance" and age >= 65 else days, planned)
            met = {s.day for s in done if kinds & kinds_of(s)}
            assert len(met) >= wanted, f"{name}: {len(met)} of {wanted} days in week {week}"


def kinds_of(session: Session) -> set[Category]:
    return {CATALOG.exercises[item.exercise].category for item in session.items}
