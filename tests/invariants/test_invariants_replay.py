"""I31 and I37: the same records give the same sessions, whoever replays them, in whatever order duplicates stand."""

from datetime import datetime, timedelta
from itertools import permutations
from random import Random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backmove.core.clearance import standing
from backmove.core.diary import Diary, fold
from backmove.core.plan import Plan, Refused
from backmove.core.record import AnyRecord, Done, Pain, Session, Walk
from backmove.core.visit import todays_session
from life import CATALOG, CLEAR_FIRST, PARAMETERS, Life
from lives_at_random import days_of, life_of, people, some_days, someone
from living import Doing, Who, lived

FEW = settings(max_examples=12)


def written(outcome: Plan | Refused) -> bytes:
    """Everything that is said, as bytes."""
    if isinstance(outcome, Refused):
        return msgspec.json.encode(
            (outcome.code, [r.text for r in outcome.reasons], outcome.card, outcome.notices)
        )
    rows = [item.given for item in outcome.items]
    outings = [(o.exercise.id, o.minutes, o.days_per_week, o.done) for o in outcome.outings]
    head = (outcome.date, outcome.zone, outcome.mode, outcome.usual, outcome.effective, outcome.card)
    return msgspec.json.encode((head, rows, outings, outcome.changes, outcome.notices, outcome.next_date))


def asked(diary: Diary, life: Life, number: int) -> bytes:
    """What the call of that visit gives for another diary."""
    visit = life.visits[number]
    held = standing(diary, now=visit.at, today=visit.day, clear_first=CLEAR_FIRST)
    return written(todays_session(CATALOG, PARAMETERS, diary, held, visit.request, visit.day))


def heard_until(life: Life, number: int) -> list[AnyRecord]:
    """The records that stood in the journal when that visit was planned."""
    known = {record.id for record in life.visits[number].before.entries}
    last = max((n for n, record in enumerate(life.records) if record.id in known), default=-1)
    return life.records[: last + 1]


@FEW
@given(people, some_days)
def test_i31_any_prefix_replayed_twice_gives_the_same(who: Who, days: list[Doing]) -> None:
    life = lived(who, days)
    for number, visit in enumerate(life.visits):
        records = heard_until(life, number)
        once, twice = fold(records), fold([*records, *records])
        assert once == fold(list(records)) == visit.before
        assert asked(once, life, number) == asked(twice, life, number) == written(visit.outcome)


@pytest.mark.parametrize("seed", range(6))
def test_i31_every_prefix_of_a_journal_can_be_folded_and_planned(seed: int) -> None:
    life = life_of(seed, plain=True)
    for end in range(2, len(life.records), 7):
        first, again = fold(life.records[:end]), fold(life.records[:end])
        day = life.records[end - 1].day
        at = datetime.fromisoformat(f"{day}T20:00:00+01:00")
        for diary in (first, again):
            assert diary == first
        held = standing(first, now=at, today=day, clear_first=CLEAR_FIRST)
        request = life.visits[0].request
        outcomes = [todays_session(CATALOG, PARAMETERS, d, held, request, day) for d in (first, again)]
        assert written(outcomes[0]) == written(outcomes[1])


def shuffled_reports(records: list[AnyRecord]) -> list[list[AnyRecord]]:
    """The same records with several reports of one session, or several pains of one day, in every other order."""
    places = [n for n, r in enumerate(records) if isinstance(r, Done)]
    groups: dict[str, list[int]] = {}
    for n in places:
        groups.setdefault(records[n].session, []).append(n)  # type: ignore[union-attr]
    found = []
    for group in groups.values():
        for order in list(permutations(group))[1:]:
            other = list(records)
            for place, source in zip(group, order, strict=True):
                other[place] = records[source]
            found.append(other)
    return found


@pytest.mark.parametrize("seed", range(8))
def test_i31_the_order_of_two_reports_of_one_session_does_not_matter(seed: int) -> None:
    rng = Random(seed)
    life = lived(someone(rng, plain=True), days_of(rng, 20, plain=True))
    life.wait(2)
    if not life.standing.open:
        life.triage(onset_days=500)
    visit = life.session(2)
    if isinstance(visit.outcome, Plan):
        rows = [item.exercise.id for item in visit.plan.items]
        life.done(effort=3, hurt=rows[2:3])
        life.done(partly=True, peak=4, efforts=[f"{rows[1]}=8"])
        life.done(effort=5, soreness=True)
    life.wait(2).session(2)
    number = len(life.visits) - 1
    records = heard_until(life, number)
    others = shuffled_reports(records)
    assert others or isinstance(visit.outcome, Refused)
    for other in others:
        assert asked(fold(other), life, number) == written(life.visits[number].outcome)


@pytest.mark.parametrize("seed", range(8))
def test_i31_the_order_of_a_walk_and_a_pain_of_one_moment_does_not_matter(seed: int) -> None:
    life = life_of(seed, plain=True)
    records = list(life.records)
    swapped = list(records)
    for n in range(len(swapped) - 1):
        a, b = swapped[n], swapped[n + 1]
        if a.at == b.at and {type(a), type(b)} == {Pain, Walk}:
            swapped[n], swapped[n + 1] = b, a
    number = len(life.visits) - 1
    end = len(heard_until(life, number))
    assert asked(fold(swapped[:end]), life, number) == written(life.visits[number].outcome)


def elsewhere(record: AnyRecord, hours: int) -> AnyRecord:
    """The same record as a machine of another time zone writes it: the same moment and the same day."""
    there = datetime.fromisoformat(record.at)
    offset = there.utcoffset() or timedelta()
    from datetime import timezone

    moved = there.astimezone(timezone(offset + timedelta(hours=hours)))
    return msgspec.structs.replace(record, at=moved.isoformat(timespec="seconds"))


@pytest.mark.parametrize("hours", [-5, 1, 7])
@pytest.mark.parametrize("seed", range(5))
def test_i31_another_machine_in_another_time_zone_gives_the_same_sessions(seed: int, hours: int) -> None:
    """The day of an entry is what was stored. Only a session of the same day keeps its own hour (morning rule)."""
    life = life_of(seed, plain=True)
    for number in range(0, len(life.visits), 5):
        records = heard_until(life, number)
        day = life.visits[number].day
        moved = [r if isinstance(r, Session) and r.day == day else elsewhere(r, hours) for r in records]
        assert asked(fold(moved), life, number) == written(life.visits[number].outcome)


@FEW
@given(people, some_days)
def test_i37_the_same_days_give_the_same_journal_byte_for_byte(who: Who, days: list[Doing]) -> None:
    first, second = lived(who, days), lived(who, days)
    assert msgspec.json.encode(first.records) == msgspec.json.encode(second.records)
    assert [written(v.outcome) for v in first.visits] == [written(v.outcome) for v in second.visits]


@FEW
@given(people, some_days, st.integers(0, 3))
def test_i37_a_call_that_is_repeated_says_the_same_and_writes_nothing(
    who: Who, days: list[Doing], times: int
) -> None:
    life = lived(who, days)
    life.wait(2)
    if not life.standing.open:
        life.triage(onset_days=500)
    first = life.session(2)
    before = len(life.records)
    for _ in range(times):
        assert written(life.session().outcome) == written(first.outcome)
    assert len(life.records) == before
