"""Progress, I25 to I32: what moves, by how much, and what holds it (R-F, R-G, rulings 4.1 to 4.4)."""

from collections.abc import Callable
from typing import Any

import pytest
from crowd import broken
from going_well import about_to_rise, best, copy_of, heights, one_more, rising, well_off
from holds_progress import rises
from hypothesis import given, settings

from backmove.core.plan import Block, Plan
from backmove.core.record import Flare, Seal
from life import Life, Visit
from lives_at_random import people, some_days
from living import Doing, Who
from story import Story, height, key_of

FEW = settings(max_examples=15)
Heights = dict[str, tuple[int, int]]


@FEW
@given(people, some_days)
def test_i25_a_row_moves_by_one_notch_and_two_rows_at_most(who: Who, days: list[Doing]) -> None:
    assert broken("I25", who, days) == []


@FEW
@given(people, some_days)
def test_i26_steps_come_one_at_a_time(who: Who, days: list[Doing]) -> None:
    assert broken("I26", who, days) == []


@FEW
@given(people, some_days)
def test_i27_nothing_rises_that_was_not_earned(who: Who, days: list[Doing]) -> None:
    assert broken("I27", who, days) == []


@FEW
@given(people, some_days)
def test_i28_too_much_is_followed_by_less(who: Who, days: list[Doing]) -> None:
    assert broken("I28", who, days) == []


@FEW
@given(people, some_days)
def test_i29_a_chain_falls_by_one_level_at_most(who: Who, days: list[Doing]) -> None:
    assert broken("I29", who, days) == []


@FEW
@given(people, some_days)
def test_i30_every_dose_is_one_of_its_ladder(who: Who, days: list[Doing]) -> None:
    assert broken("I30", who, days) == []


def test_i26_ideal_sessions_bring_several_steps_and_never_two_at_once() -> None:
    story = Story(well_off(45))
    steps = [rise for rise in rises(story) if rise.step]
    assert len(steps) >= 4
    days = [rise.one.day for rise in steps]
    assert len(set(days)) == len(days)


Trouble = Callable[[Life], Visit]
TROUBLE: dict[str, Trouble] = {
    "a watch": lambda life: after(life, morning=4),
    "an overload": lambda life: after(life, peak=6, morning=2),
    "a bad morning": lambda life: after(life, morning=5),
    "stopped for pain": lambda life: after(life, stopped="pain", morning=2),
    "leg further": lambda life: after(life, leg="further", morning=2),
    "soreness": lambda life: after(life, soreness=True, morning=2),
    "worse before the next session": lambda life: after(life, morning=None, then=4),
    "an amber day": lambda life: life.looking_ahead(2, 5),
    "a red day": lambda life: life.looking_ahead(2, 7),
    "an amber day before": lambda life: after(life, pain=5, morning=5),
    "a red day before": lambda life: after(life, pain=6, morning=5),
    "a flare-up": lambda life: flaring(life, since=0),
    "a flare-up of six days ago": lambda life: flaring(life, since=6),
    "four days away": lambda life: life.looking_ahead(4, 2),
    "five days away": lambda life: life.looking_ahead(5, 2),
    "a torn line": lambda life: torn(life),
    "a poor night": lambda life: slept_badly(life),
}


def after(life: Life, *, morning: int | None, pain: int = 2, then: int = 2, **report: Any) -> Visit:
    """The session after one that was reported like this."""
    other = copy_of(life)
    other.wait(2)
    given_one = other.session(pain)
    assert isinstance(given_one.outcome, Plan)
    other.done(**({"effort": 3} | report))
    if morning is not None:
        other.wait(1, hour=8).log(morning, morning=True)
        other.wait(-1, hour=9)
    other.wait(2)
    if not other.standing.open:
        other.triage(onset_days=1000, pain_now=then)
    return other.session(then)


def flaring(life: Life, *, since: int) -> Visit:
    other = copy_of(life)
    other.wait(1).write(Flare, on=True)
    if since:
        other.write(Flare, on=False)
        for _ in range(since // 2 - 1):
            one_more(other, effort=3)
        return other.looking_ahead(2, 2)
    return other.looking_ahead(1, 2)


def torn(life: Life) -> Visit:
    other = copy_of(life)
    other.wait(2).write(Seal, kept="journal.torn", size=20)
    return other.session(2)


def slept_badly(life: Life) -> Visit:
    other = copy_of(life)
    other.wait(2).log(2, sleep=2)
    return other.session(2)


@pytest.fixture(scope="module")
def ready() -> Life:
    return about_to_rise()


@pytest.mark.parametrize("trouble", TROUBLE)
def test_i27_trouble_holds_what_would_have_risen(ready: Life, trouble: str) -> None:
    """Against the highest given so far, and against what was given in the troubled session itself."""
    before = best(ready)
    assert rising(before, ready.looking_ahead(2, 2)), "without trouble something rises"
    visit = TROUBLE[trouble](ready)
    if trouble in (
        "a watch",
        "an overload",
        "a bad morning",
        "stopped for pain",
        "leg further",
        "soreness",
    ) or ("before" in trouble):
        troubled = ready.looking_ahead(2, 5 if "amber" in trouble else 6 if "red" in trouble else 2)
        before |= {k: max(h, before.get(k, h)) for k, h in heights(troubled).items()}
    assert rising(before, visit) == [], (heights(visit), before)


WAYS_OF_TOO_MUCH: dict[str, dict[str, Any]] = {
    "peak": {"peak": 6},
    "stopped": {"stopped": "pain"},
    "leg": {"leg": "further"},
    "morning": {"morning": 5},
}


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("way", WAYS_OF_TOO_MUCH)
def test_i28_after_too_much_the_next_dose_is_lower_or_easier(ready: Life, way: str, named: bool) -> None:
    life = copy_of(ready)
    life.wait(2)
    bad = life.session(2)
    rows = bad.plan.block(Block.MAIN)
    row = max(rows, key=lambda item: item.rung)
    assert row.rung > 0
    said = dict(WAYS_OF_TOO_MUCH[way])
    morning = said.pop("morning", None)
    said |= {"hurt": [row.exercise.id]} if named else {}
    life.done(effort=5, **said)
    if morning is not None:
        life.wait(1, hour=8).log(morning, morning=True)
    life.wait(2)
    met = set()
    for _ in range(8):
        visit = life.session(2)
        assert isinstance(visit.outcome, Plan), visit.outcome.reasons
        for was in [row] if named else rows:
            now = visit.of_chain(key_of(was)) or next(
                (i for i in visit.plan.block(Block.MAIN) if i.exercise.id == was.exercise.id), None
            )
            if now is not None and key_of(was) not in met:
                met.add(key_of(was))
                lower = height(now) < height(was) or now.form == "easier"
                assert lower, (way, named, now.given, was.given)
                assert now.dose.minutes or sum(now.dose.counts) > 0
        life.done(effort=7)
        life.wait(2)
        if not life.standing.open:
            life.triage(onset_days=1000)
    assert key_of(row) in met or way == "leg", "what went down the leg rests longer"


def work(visit: Visit) -> int:
    """The ladder work of a session: all counts of its main rows, a minute as ten; a level is worth a hundred."""
    total = 0
    for item in visit.plan.block(Block.MAIN):
        total += item.rung * 10 + item.exercise.level * 100
    return total


def test_i32_ten_ideal_sessions_raise_the_work_of_every_row_that_stays() -> None:
    life = well_off(1)
    first = heights(life.visits[-1])
    for _ in range(10):
        one_more(life, effort=3)
    last = best(life)
    stayed = first.keys() & last.keys()
    assert stayed and sum(last[key] > first[key] for key in stayed) >= 2
    assert max(map(work, life.visits[-3:])) > work(life.visits[0])


@pytest.mark.parametrize("way", WAYS_OF_TOO_MUCH)
def test_i32_ten_overloads_end_in_a_refusal_and_never_in_nothing(way: str) -> None:
    life = well_off(6)
    said = dict(WAYS_OF_TOO_MUCH[way])
    morning = said.pop("morning", None)
    codes = []
    last = ""
    for _ in range(10):
        life.wait(2)
        visit = life.session(2)
        if not isinstance(visit.outcome, Plan):
            codes.append(visit.refused.code)
            break
        assert all(i.dose.minutes or sum(i.dose.counts) for i in visit.plan.items)
        row = next(item for item in visit.plan.block(Block.MAIN) if key_of(item) != last)
        last = key_of(row)  # never the same chain alone, which would only rest (4.2)
        life.done(hurt=[row.exercise.id], **said)
        if morning is not None:
            life.wait(1, hour=8).log(morning, morning=True)
            life.wait(-1, hour=9)
    assert codes and codes[0] in ("three-overloads", "leg-further", "pain-too-high")
    assert len(life.given) - 6 <= 3, "three within fourteen days are enough"


def test_i32_overloads_far_apart_lower_doses_and_do_not_lock() -> None:
    life = well_off(6)
    for _ in range(10):
        life.wait(8)
        if not life.standing.open:
            life.triage(onset_days=1000)
        visit = life.session(2)
        assert isinstance(visit.outcome, Plan), visit.refused.code
        assert all(i.dose.minutes or sum(i.dose.counts) for i in visit.plan.items)
        life.done(peak=6)
