"""Safety, I1 to I11, where a history matters. What holds of any single session is in tests/test_session_invariants.py
(``test_i01_...`` to ``test_i11_...``) and of every session of many lives in test_lives.py."""

import json
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from crowd import broken
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from backmove.core.candidates import allowed, bounds_of
from backmove.core.exercise import Feature, Slot, Stage
from backmove.core.placement import own_steps
from backmove.core.plan import Block, Plan
from backmove.core.zone import Mode, Zone
from conftest import World
from life import CATALOG, PARAMETERS, Life, Visit
from lives_at_random import days_of, people, some_days, someone
from living import Doing, Who, lived
from story import height, key_of
from triage_answers import day, triage

FEW = settings(max_examples=15)
HARDER = {Zone.GREEN: 0, Zone.AMBER: 1, Zone.RED: 2}


@FEW
@given(people, some_days)
def test_i01_every_day_has_three_blocks_or_none(who: Who, days: list[Doing]) -> None:
    for visit in lived(who, days).visits:
        if isinstance(visit.outcome, Plan):
            counts = [len(visit.outcome.block(block)) for block in Block]
            assert counts[0] >= 1 and counts[1] >= 2 and counts[2] >= 1
        else:
            assert visit.outcome.reasons and not hasattr(visit.outcome, "items")


@FEW
@given(people, some_days)
def test_i02_a_session_is_refused_for_a_reason_and_for_nothing_else(who: Who, days: list[Doing]) -> None:
    assert broken("I2", who, days) == []


@pytest.mark.parametrize("sign", ["dc1", "dc2", "dc3", "dc4", "dc5"])
def test_i02_a_yes_in_the_daily_check_stays_until_the_questions_are_answered(sign: str) -> None:
    life = a_lived_month()
    said: dict[str, Any] = {sign: "y"}
    assert life.session(2, **said).refused.code in ("new-red-flag", "pain-too-high")
    life.wait(1)
    assert life.session(2).refused.reasons


@FEW
@given(people, some_days)
def test_i03_no_row_of_any_day_has_a_forbidden_feature(who: Who, days: list[Doing]) -> None:
    assert broken("I3", who, days) == []


def a_lived_month(seed: int = 4) -> Life:
    """A plain month; the safety questions are fresh."""
    rng = Random(seed)
    life = lived(someone(rng, plain=True), days_of(rng, 30, plain=True))
    life.wait(2)
    life.triage(onset_days=500)
    life.wait(1)
    return life


@pytest.mark.parametrize("seed", range(12))
def test_i08_a_tag_or_less_kit_never_adds_a_candidate_whatever_was_learned(seed: int) -> None:
    rng = Random(seed)
    life = a_lived_month(seed)
    tags, profile = list(life.standing.tags), life.diary.profile
    steps = own_steps(profile, CATALOG, PARAMETERS)

    def candidates(more: tuple[str, ...] = (), kit: int = 0) -> set[tuple[Slot, str]]:
        bounds = bounds_of(
            CATALOG,
            PARAMETERS,
            replace(profile, equipment=profile.equipment[kit:]),
            steps,
            tags=[*tags, *more],
            careful=False,
            zone=Zone.GREEN,
            stage=Stage.CHRONIC,
            mode=Mode.NORMAL,
            place=profile.place,
            minute_of_day=12 * 60,
        )
        return {(slot, r.id) for slot in Slot for r in CATALOG.exercises.values() if allowed(r, bounds, slot)}

    before = candidates()
    for tag in rng.sample(list(CATALOG.precautions), 12):
        assert candidates((tag,)) <= before
    assert candidates(kit=1) <= before


@pytest.mark.parametrize("seed", range(8))
def test_i09_more_pain_never_opens_lightens_lengthens_or_raises(seed: int) -> None:
    days = [a_lived_month(seed).looking_ahead(0, pain) for pain in range(11)]
    given_days = [visit for visit in days if isinstance(visit.outcome, Plan)]
    assert days[: len(given_days)] == given_days and given_days
    for less, more in pairwise(given_days):
        assert HARDER[less.plan.zone] <= HARDER[more.plan.zone]
        assert less.plan.effective >= more.plan.effective
        high = {key_of(i): height(i) for i in less.plan.block(Block.MAIN)}
        for item in more.plan.block(Block.MAIN):
            assert height(item) <= high.get(key_of(item), height(item))
        assert _top(more) <= _top(less) or more.plan.zone is Zone.GREEN


def _top(visit: Visit) -> int:
    return {Zone.GREEN: 5, Zone.AMBER: 2, Zone.RED: 1}[visit.plan.zone]


@pytest.mark.parametrize("seed", range(6))
def test_i10_a_person_with_a_history_is_refused_when_too_little_is_left(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = a_lived_month(seed)
    rng = Random(seed)
    codes = set()
    for keep in (0.0, 0.02, 0.05, 0.3):
        few = {r: e for r, e in CATALOG.exercises.items() if rng.random() < keep}
        with monkeypatch.context() as patch:
            patch.setattr("life.CATALOG", replace(CATALOG, exercises=few))
            visit = life.looking_ahead(0, 1)
        if isinstance(visit.outcome, Plan):
            assert {i.exercise.id for i in visit.plan.items} <= set(few)
        else:
            codes.add(visit.refused.code)
    assert codes == {"no-safe-session"}


@pytest.mark.parametrize("line", ["not json", '{"v":1,"kind":"pain"}', '{"v":99}', "[]"])
def test_i11_a_line_that_cannot_be_read_gives_no_session(world: World, line: str) -> None:
    world.run("triage", "--answers", "-", stdin=triage())
    lines = world.journal_file.read_text().splitlines()
    world.journal_file.write_text("\n".join([*lines[:-1], line, lines[-1]]) + "\n")
    result = world.run("session", "--json", "--answers", "-", stdin=day(2), expect=4)
    assert "error" in json.loads(result.out)


def test_i11_an_unknown_tag_in_the_profile_is_an_error(world: World) -> None:
    world.run("triage", "--answers", "-", stdin=triage())
    world.run("profile", "set", "precautions", "no-such-tag", expect=2)


@FEW
@given(people, some_days)
def test_i06_levels_stay_within_every_cap(who: Who, days: list[Doing]) -> None:
    assert broken("I6", who, days) == []


@FEW
@given(people, some_days)
def test_i07_nothing_of_level_four_comes_before_its_time(who: Who, days: list[Doing]) -> None:
    assert broken("I7", who, days) == []


@given(st.sampled_from(sorted(CATALOG.precautions)))
def test_i07_no_tag_that_bars_impact_lets_a_jump_through(tag: str) -> None:
    barred = CATALOG.precautions[tag]
    jumps = [row for row in CATALOG.exercises.values() if Feature.IMPACT in row.hazards]
    assert jumps
    if Feature.IMPACT in barred.forbids and Feature.IMPACT not in barred.spares_aerobic:
        assert all(barred.bars(row) for row in jumps)
