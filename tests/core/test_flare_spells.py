"""Flare-ups of the past, as single days show them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from backmove.core.days import days_after, days_between
from backmove.core.diary import fold
from backmove.core.flare_spells import flare_spells
from walking_strategies import FIRST, PARAMETERS, Walker, doubled, walkers


def spells(one: Walker, until: int = 60) -> list[tuple[int, int]]:
    """Begin and end as day numbers."""
    found = flare_spells(one.diary, days_after(FIRST, until), PARAMETERS)
    return [(days_between(FIRST, s.begun), days_between(FIRST, s.ended)) for s in found]


def test_a_flare_up_begins_and_ends_by_word() -> None:
    assert spells(Walker().flare(3).flare(5).flare(9, on=False).flare(10, on=False)) == [(3, 9)]


def test_it_begins_with_a_session_of_a_flare_up_or_with_red_days_in_a_row() -> None:
    assert spells(Walker().session(3, zone="red", mode="flare").session(6)) == [(3, 6)]
    assert spells(Walker().session(3, 4, zone="red").session(8)) == [(3, 8)]
    assert spells(Walker().session(3, zone="red").session(5, zone="red").session(8)) == []
    assert spells(Walker().session(3, 3, zone="red").session(8)) == []


def test_sessions_kept_easy_for_another_reason_are_no_flare_up() -> None:
    assert spells(Walker().session(3, 4, zone="red", mode="gentle", pain=5).session(8)) == []
    assert spells(Walker().session(3, 4, zone="red", mode="gentle", pain=6).session(8)) == [(3, 8)]


def test_a_green_session_ends_it_and_an_amber_one_does_not() -> None:
    assert spells(Walker().flare(3).session(5, zone="amber").session(7)) == [(3, 7)]


def test_little_pain_on_two_days_ends_it() -> None:
    assert spells(Walker().flare(3).pain(1, 5).pain(1, 6)) == [(3, 6)]
    assert spells(Walker().flare(3).pain(1, 5).pain(1, 6), until=6) == [(3, 6)], "what was said today counts"
    assert spells(Walker().flare(3).pain(1, 5).pain(1, 6), until=5) == [(3, 34)]
    assert spells(Walker().flare(3).pain(1, 5).pain(4, 6).pain(0, 7).flare(20, on=False)) == [(3, 20)]
    assert spells(Walker().flare(3).pain(1, 5).pain(1, 5).flare(20, on=False)) == [(3, 20)]
    assert spells(Walker().flare(3).pain(1, 5, morning=True).pain(1, 6).flare(20, on=False)) == [(3, 20)]


def test_after_four_silent_weeks_it_is_forgotten() -> None:
    assert spells(Walker().flare(3)) == [(3, 32)]
    assert spells(Walker().flare(3).session(40, zone="amber").flare(41)) == [(3, 32), (41, 70)]
    assert spells(Walker().flare(3).session(20, zone="amber").flare(41, on=False)) == [(3, 41)]


def test_days_after_today_are_not_read() -> None:
    assert spells(Walker().flare(3), until=2) == []


@settings(max_examples=60)
@given(walkers(), st.integers(0, 90))
def test_spells_do_not_depend_on_order_repeats_or_what_comes_later(one: Walker, day: int) -> None:
    until = days_after(FIRST, day)
    found = flare_spells(one.diary, until, PARAMETERS)
    assert found == flare_spells(fold(doubled(reversed(one.records))), until, PARAMETERS)
    assert found == flare_spells(one.diary_on(day), until, PARAMETERS)
    later = flare_spells(one.diary, days_after(until, 30), PARAMETERS)
    before = [(s.begun, min(s.ended, until)) for s in found if s.begun <= until]
    assert before == [(s.begun, min(s.ended, until)) for s in later if s.begun <= until]
