"""Pain that went further down a leg: the day, and the ways of moving that are held responsible."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from backmove.core.diary import Diary, fold
from backmove.core.further import BOTH, Way, further_days, sent_down
from backmove.core.record import Direction, Done, GivenItem, Pain, Retract, Triage
from given import done, row, session

Stamp = Callable[..., Mapping[str, Any]]
FLEXION, EXTENSION = frozenset({Way.FLEXION}), frozenset({Way.EXTENSION})
PRESS_UP, TO_CHEST = row("prone-press-up", "extension"), row("knee-to-chest-single", "flexion")
BIRD_DOG, CAT_COW = row("bird-dog"), row("cat-cow")


def reported(stamp: Stamp, rows: tuple[GivenItem, ...], *hurt: str) -> Diary:
    given = session(stamp, *rows)
    return fold([given, done(stamp, given, *hurt, leg="further")])


def test_a_row_that_hurt_names_its_way(stamp: Stamp) -> None:
    diary = reported(stamp, (PRESS_UP, TO_CHEST), "prone-press-up")
    assert [event.ways for event in further_days(diary)] == [EXTENSION]
    assert [event.ways for event in sent_down(diary)] == [EXTENSION]


def test_without_a_row_that_hurt_the_gate_holds_both_ways_and_the_block_those_of_the_session(
    stamp: Stamp,
) -> None:
    diary = reported(stamp, (PRESS_UP, BIRD_DOG))
    assert [event.ways for event in further_days(diary)] == [BOTH]
    assert [event.ways for event in sent_down(diary)] == [EXTENSION]


@pytest.mark.parametrize("hurt", [("bird-dog",), ("bird-dog", "prone-press-up"), ("cat-cow",)])
def test_a_row_that_bends_both_ways_or_neither_names_both(stamp: Stamp, hurt: tuple[str, ...]) -> None:
    diary = reported(stamp, (PRESS_UP, BIRD_DOG, CAT_COW), *hurt)
    assert [event.ways for event in further_days(diary)] == [BOTH]
    assert [event.ways for event in sent_down(diary)] == [BOTH]


def test_a_session_that_moved_in_no_way_names_both(stamp: Stamp) -> None:
    assert [event.ways for event in sent_down(reported(stamp, (BIRD_DOG, CAT_COW)))] == [BOTH]


def test_a_report_of_a_session_that_is_not_there_names_both(stamp: Stamp) -> None:
    diary = fold([Done(**stamp(), session="gone", leg="further")])
    assert [event.ways for event in sent_down(diary)] == [BOTH]


def test_a_pain_entry_names_both(stamp: Stamp) -> None:
    diary = fold(
        [Pain(**stamp(), score=4, leg="further"), Pain(**stamp(days=1), score=2, leg="further", morning=True)]
    )
    assert [event.ways for event in further_days(diary)] == [BOTH, BOTH]
    assert [event.ways for event in sent_down(diary)] == [BOTH, BOTH]


def test_two_reports_of_one_session_are_read_together(stamp: Stamp) -> None:
    given = session(stamp, PRESS_UP, TO_CHEST)
    reports = [done(stamp, given, "prone-press-up", leg="usual"), done(stamp, given, leg="further")]
    assert [event.ways for event in further_days(fold([given, *reports]))] == [EXTENSION]


def test_other_words_about_the_leg_name_nothing(stamp: Stamp) -> None:
    given = session(stamp, PRESS_UP)
    diary = fold([given, done(stamp, given, leg="closer"), Pain(**stamp(), score=3, leg="usual")])
    assert further_days(diary) == () and sent_down(diary) == ()


def test_stopping_for_the_leg_makes_its_ways_rest(stamp: Stamp) -> None:
    given = session(stamp, PRESS_UP)
    diary = fold([given, done(stamp, given, status="stopped", reason="leg")])
    assert further_days(diary) == ()
    assert [event.ways for event in sent_down(diary)] == [EXTENSION]


def test_the_self_test_names_its_way(stamp: Stamp) -> None:
    diary = fold([Direction(**stamp(), bending="worse", bending_leg="further", arching="better")])
    assert [event.ways for event in further_days(diary)] == [FLEXION]
    assert [event.ways for event in sent_down(diary)] == [FLEXION]


def test_two_ways_on_one_day_are_two_events_and_one_told_twice_is_one(stamp: Stamp) -> None:
    test = Direction(
        **stamp(), bending="worse", bending_leg="further", arching="worse", arching_leg="further"
    )
    assert [event.ways for event in further_days(fold([test]))] == [FLEXION, EXTENSION]
    given = session(stamp, PRESS_UP)
    report = done(stamp, given, "prone-press-up", leg="further")
    bent = Direction(**stamp(), bending="worse", bending_leg="further")
    assert [event.ways for event in further_days(fold([given, report, bent]))] == [FLEXION, EXTENSION]
    again = Pain(**stamp(), score=4, leg="further")
    assert [event.ways for event in further_days(fold([given, report, again]))] == [BOTH]


def test_a_leg_that_is_weak_after_the_self_test_is_a_word_about_the_leg(stamp: Stamp) -> None:
    diary = fold([Direction(**stamp(), arching="worse", arching_leg="new")])
    assert [word.leg for word in diary.fresh_legs] == ["new"]
    assert [event.ways for event in sent_down(diary)] == [EXTENSION]


@pytest.mark.parametrize(("minutes", "days"), [(5, 0), (30, 1)])
def test_what_was_taken_back_late_still_counts_with_no_way_named(
    stamp: Stamp, minutes: int, days: int
) -> None:
    test = Direction(**stamp(), bending="worse", bending_leg="further")
    diary = fold([test, Retract(**stamp(days=minutes / 1440), target=test.id)])
    assert [event.ways for event in further_days(diary)] == [BOTH] * days
    assert [event.ways for event in sent_down(diary)] == [BOTH] * days


def test_the_gate_looks_at_what_came_after_the_last_full_triage_and_the_block_at_all(stamp: Stamp) -> None:
    given = session(stamp, PRESS_UP, days=-2)
    full = Triage(
        **stamp(days=-1), disposition="CAREFUL", result="CAREFUL", ended="finished", complete=True, rules_version="1"
    )  # fmt: skip
    diary = fold([given, done(stamp, given, days=-2, leg="further"), full])
    assert further_days(diary) == ()
    assert [event.ways for event in sent_down(diary)] == [EXTENSION]
