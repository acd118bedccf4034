"""What the diary asks new safety questions for: each figure of the gate, one day or one point on either side of it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

import pytest

from backmove.core.diary import Diary, fold
from backmove.core.record import Done, Pain
from backmove.core.triggers import long_break, new_spell, no_gain, triggers, worsening
from given import clear_answers

NOON = datetime.fromisoformat("2026-03-02T12:00:00+01:00")
TODAY = "2026-03-02"
Stamp = Callable[..., Mapping[str, Any]]
Said = tuple[float, int]
"""Days from today, and a score of pain."""


@pytest.fixture
def diary(stamp: Stamp) -> Callable[..., Diary]:
    """A full triage ``asked`` days ago or sooner, and pains in the order they are given."""

    def make(*pains: Said, asked: float = -60, before: tuple[Done, ...] = ()) -> Diary:
        triage = clear_answers(
            stamp(days=asked, at=NOON),
        )
        return fold(
            [*before, triage, *(Pain(**stamp(days=days, at=NOON), score=score) for days, score in pains)]
        )

    return make


Make = Callable[..., Diary]


@pytest.mark.parametrize(("free_for", "asks"), [(27, False), (28, True)])
def test_a_spell_ends_with_28_days_free_of_pain(diary: Make, free_for: int, asks: bool) -> None:
    assert bool(new_spell(diary((-free_for, 1), (0, 2)))) is asks


def test_the_days_free_of_pain_begin_anew_after_pain(diary: Make) -> None:
    assert not new_spell(diary((-40, 1), (-20, 2), (-10, 1), (0, 3), asked=-15))


@pytest.mark.parametrize(("base", "asks"), [(-7, True), (-8, False)])
def test_a_jump_is_held_against_the_seven_days_before_it(diary: Make, base: int, asks: bool) -> None:
    assert bool(triggers(diary((base - 1, 2), (-1, 5), (0, 5)), TODAY)) is asks


def test_a_jump_is_held_against_what_was_said_earlier_on_its_own_day(diary: Make) -> None:
    assert triggers(diary((-1.2, 2), (-1, 5), (0, 5)), TODAY)


@pytest.mark.parametrize(("apart", "asks"), [(3, True), (4, False)])
def test_the_two_entries_of_a_jump_are_three_days_apart_at_most(diary: Make, apart: int, asks: bool) -> None:
    assert bool(triggers(diary((-apart - 1, 2), (-apart, 5), (0, 5)), TODAY)) is asks


@pytest.mark.parametrize(("score", "asks"), [(4, False), (5, True)])
def test_a_jump_is_three_points(diary: Make, score: int, asks: bool) -> None:
    assert bool(triggers(diary((-2, 2), (-1, score), (0, score)), TODAY)) is asks
    assert not triggers(diary((-2, 2), (-1, score), (0, 4)), TODAY)
    assert not triggers(diary((-2, 2), (-1, 4), (0, score)), TODAY)


def test_without_an_entry_before_them_two_high_entries_are_no_jump(diary: Make) -> None:
    assert not triggers(diary((-1, 7), (0, 7)), TODAY)


@pytest.mark.parametrize(("asked", "asks"), [(-7, False), (-8, True)])
def test_questions_of_the_last_seven_days_are_fresh_after_a_long_break(
    stamp: Stamp, diary: Make, asked: int, asks: bool
) -> None:
    long_ago = Done(**stamp(days=-28, at=NOON), session="s")
    assert bool(long_break(diary(asked=asked, before=(long_ago,)), TODAY)) is asks


def test_a_session_that_was_stopped_ends_no_long_break(stamp: Stamp) -> None:
    whole = Done(**stamp(days=-28, at=NOON), session="s")
    stopped = Done(**stamp(days=-3, at=NOON), session="t", status="stopped", reason="pain")
    assert long_break(fold([whole, stopped]), TODAY)
    assert not long_break(fold([stopped]), TODAY)


def weeks(*scores: int) -> list[Said]:
    """Two entries a week, on its first day and its last; the last score is that of this week."""
    back = range(len(scores) - 1, -1, -1)
    return [
        said
        for week, score in zip(back, scores, strict=True)
        for said in ((-7 * week - 6, score), (-7 * week, score))
    ]


@pytest.mark.parametrize(
    ("scores", "asks"),
    [((2, 4, 6), True), ((2, 4, 5), False), ((2, 3, 5), False), ((4, 6, 4), False), ((5, 4, 6), False)],
)
def test_pain_worsens_steadily_when_each_week_is_two_above_the_one_before(
    diary: Make, scores: tuple[int, ...], asks: bool
) -> None:
    assert bool(worsening(diary(*weeks(*scores)), TODAY)) is asks


@pytest.mark.parametrize("short", range(3))
def test_a_week_with_one_entry_says_nothing_of_a_course(diary: Make, short: int) -> None:
    said = weeks(2, 4, 6)
    del said[2 * short]
    assert not worsening(diary(*said), TODAY)


@pytest.mark.parametrize(
    ("scores", "asks"),
    [
        ((6, 6, 6, 6), True),
        ((4, 4, 4, 4), True),
        ((3, 3, 3, 3), False),
        ((6, 5, 5, 5), False),
        ((5, 6, 6, 5), True),
        ((5, 6, 4, 5), True),
        ((4, 5, 6, 6), True),
        ((8, 4, 4, 4), False),
    ],
)
def test_no_gain_is_this_week_held_against_the_first_of_four(
    diary: Make, scores: tuple[int, ...], asks: bool
) -> None:
    assert bool(no_gain(diary(*weeks(*scores)), TODAY)) is asks


@pytest.mark.parametrize(("asked", "asks"), [(-7, False), (-8, True)])
def test_no_gain_waits_a_week_after_the_questions(diary: Make, asked: int, asks: bool) -> None:
    said = weeks(6, 6, 6, 6)
    assert bool(no_gain(diary(*said, asked=asked), TODAY)) is asks
    assert bool(worsening(diary(*weeks(2, 4, 6), asked=asked), TODAY)) is asks
