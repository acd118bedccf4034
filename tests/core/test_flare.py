"""Flare-ups: how they begin, what each day asks for, how they end, and how the former level comes back (R-E)."""

from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shipped
from backmove.core.days import days_after
from backmove.core.diary import Diary, fold
from backmove.core.flare import FlareUp, Phase, flare_of, usual_as_of
from backmove.core.record import AnyRecord, Checkin, Done, Flare, GivenDose, GivenItem, Pain, Session

PARAMETERS = shipped.library()[1]
DAY_1 = "2026-03-02"
STRICTEST_FIRST = (Phase.RELIEF, Phase.AMBER, Phase.BACK, Phase.QUIET, None)


def day(number: int) -> str:
    """The n-th day; day 1 is the one on which the flare-ups of most tests begin, 0 the day before."""
    return days_after(DAY_1, number - 1)


def stamp(number: int, name: str, hour: int = 9) -> dict[str, Any]:
    return {
        "v": 1,
        "id": f"{name}{number}-{hour}",
        "at": f"{day(number)}T{hour:02}:00:00+01:00",
        "day": day(number),
    }


def pain(number: int, score: int, *, before_session: bool = False, hour: int = 9) -> Pain:
    return Pain(**stamp(number, f"pain{score}-", hour), score=score, before_session=before_session)


def word(number: int, on: bool = True, hour: int = 10) -> Flare:
    return Flare(**stamp(number, "on" if on else "off", hour), on=on)


def held_back(number: int, activity: int | None = 8) -> Checkin:
    return Checkin(**stamp(number, f"look{activity}-"), activity=activity)


def session(number: int, score: int, zone: str = "green", hour: int = 9, mode: str = "normal") -> Session:
    item = GivenItem(exercise="bridge", block="main", dose=GivenDose(kind="reps", counts=(8,)), seconds=60)
    return Session(
        **stamp(number, "given", hour),
        zone=zone,
        stage="chronic",
        mode=mode,
        pain=score,
        variant=0,
        requested_min=20,
        effective_min=20,
        estimated_s=900,
        place="floor",
        items=(item,),
    )


def done(of: Session, **fields: Any) -> Done:
    return Done(v=1, id=f"done-{of.id}", at=of.at, day=of.day, session=of.id, **fields)


def usual(score: int) -> list[Pain]:
    """Two quiet weeks: a word about pain every other day, before a session."""
    return [pain(number, score, before_session=True) for number in range(-13, 1, 2)]


def seen(*records: Any, on: int, score: int | None = None) -> FlareUp | None:
    return flare_of(fold(records), day(on), score, PARAMETERS)


def phase(*records: Any, on: int, score: int | None = None) -> Phase | None:
    found = seen(*records, on=on, score=score)
    return found.phase if found else None


# --- how it begins ------------------------------------------------------------------------------------------


def test_an_ordinary_day_is_none() -> None:
    assert seen(on=1) is None
    assert seen(*usual(3), on=1, score=4) is None


def test_example_11_the_word_is_enough_also_on_a_day_with_little_pain() -> None:
    assert seen(*usual(2), word(1), on=1, score=3) == FlareUp(day(1), None, Phase.RELIEF, 1)


def test_two_red_days_in_a_row_are_one_from_the_first_of_them() -> None:
    assert seen(*usual(3), pain(1, 6), on=2, score=6) == FlareUp(day(1), None, Phase.RELIEF, 2)
    assert seen(*usual(3), pain(1, 6), on=2, score=5) is None
    assert seen(*usual(3), on=2, score=6) is None
    assert seen(*usual(3), pain(1, 6), on=3, score=6) is None


def test_a_red_day_counts_whatever_the_mode_of_its_session_was() -> None:
    gentle = session(1, 7, zone="red", mode="gentle")
    assert seen(*usual(3), gentle, on=2, score=7) == FlareUp(day(1), None, Phase.RELIEF, 2)


def test_a_gentle_day_with_little_pain_is_no_red_day() -> None:
    gentle = [session(number, 2, zone="red", mode="gentle") for number in (1, 2, 3)]
    assert seen(*usual(2), *gentle, on=4, score=2) is None


def test_pain_that_is_red_but_usual_is_no_flare_up() -> None:
    assert seen(*usual(7), pain(1, 7), pain(2, 7), on=3, score=8) is None


def test_a_sharp_rise_that_holds_back_is_one_and_without_a_look_back_it_is_not() -> None:
    assert seen(*usual(1), held_back(-3), on=1, score=4) == FlareUp(day(1), None, Phase.RELIEF, 1)
    assert seen(*usual(1), on=1, score=4) is None
    assert seen(*usual(1), held_back(-3), on=1, score=3) is None
    assert seen(*usual(1), held_back(-3, 6), on=1, score=4) is None
    assert seen(*usual(1), held_back(-3, None), on=1, score=4) is None
    assert seen(*usual(1), held_back(-7), on=1, score=4) is None
    assert seen(*usual(1), held_back(-3), held_back(-1, 2), on=1, score=4) is None
    for order in ((2, 8), (8, 2)):
        looks = [held_back(-3, activity) for activity in order]
        assert phase(*usual(1), *looks, on=1, score=4) is Phase.RELIEF


def test_pain_on_the_morning_after_is_apart() -> None:
    mornings = [msgspec.structs.replace(pain(number, 7), morning=True) for number in (1, 2)]
    assert seen(*usual(2), *mornings, on=2, score=2) is None


# --- what its days ask for ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "score", "wanted"),
    [
        (1, 2, Phase.RELIEF),
        (2, 4, Phase.AMBER),
        (2, 5, Phase.RELIEF),
        (2, None, Phase.RELIEF),
        (3, 2, Phase.AMBER),
        (9, 5, Phase.RELIEF),
    ],
)
def test_relief_until_pain_is_near_the_usual_from_the_second_day_on(
    on: int, score: int | None, wanted: Phase
) -> None:
    assert phase(*usual(2), word(1), on=on, score=score) is wanted


def test_a_new_word_makes_it_a_relief_day_again_and_the_first_day_stays() -> None:
    found = seen(*usual(2), word(1), pain(2, 3), word(3), on=3, score=3)
    assert found == FlareUp(day(1), None, Phase.RELIEF, 3)


def test_a_new_word_begins_the_count_of_good_days_again() -> None:
    days = [*usual(2), word(1), pain(2, 3), word(3), pain(3, 3)]
    assert phase(*days, on=4, score=3) is Phase.AMBER
    assert phase(*days, pain(4, 3), on=5, score=3) is Phase.BACK


def test_what_was_said_today_counts_beside_what_is_asked_with() -> None:
    assert phase(*usual(2), word(1), pain(2, 6), on=2, score=0) is Phase.RELIEF
    assert phase(*usual(2), word(1), pain(2, 3), on=2) is Phase.AMBER


def test_its_own_bad_days_do_not_become_usual() -> None:
    bad = [session(number, 6, zone="red") for number in range(1, 13)]
    assert phase(*usual(2), word(1), *bad, on=13, score=6) is Phase.RELIEF
    found = seen(*usual(2), word(1), *bad, on=13, score=6)
    assert usual_as_of(found, day(13), PARAMETERS) == day(1)


def test_the_usual_of_its_first_day_holds_through_the_quiet_days_and_no_longer() -> None:
    ended = FlareUp(day(1), day(5), Phase.BACK, 12)
    assert usual_as_of(ended, day(12), PARAMETERS) == day(1)
    assert usual_as_of(ended, day(13), PARAMETERS) == day(13)
    assert usual_as_of(None, day(3), PARAMETERS) == day(3)


# --- how it ends --------------------------------------------------------------------------------------------


def test_example_12_two_entries_near_the_usual_end_it() -> None:
    days = [*usual(2), word(1), pain(1, 6), pain(2, 5), pain(3, 4), pain(4, 3)]
    assert seen(*days, on=5, score=3) == FlareUp(day(1), day(5), Phase.BACK, 5, 0)
    assert phase(*days, on=5, score=4) is Phase.AMBER
    assert phase(*days, on=5) is Phase.RELIEF


def test_the_first_day_does_not_count_towards_its_end() -> None:
    assert phase(*usual(2), word(1), pain(1, 2), on=2, score=2) is Phase.AMBER
    assert phase(*usual(2), word(1), pain(1, 2), pain(2, 2), on=3, score=2) is Phase.BACK


def test_a_worse_entry_between_begins_the_count_again() -> None:
    days = [*usual(2), word(1), pain(2, 3), pain(3, 4), pain(4, 3)]
    assert phase(*days, on=4) is Phase.AMBER
    assert phase(*days, on=6, score=3) is Phase.BACK


def test_the_word_that_it_is_over_ends_it() -> None:
    assert seen(*usual(2), word(1), word(2, on=False), on=2) == FlareUp(day(1), day(2), Phase.BACK, 2)
    assert phase(*usual(2), word(1), word(2, on=False), on=2, score=5) is Phase.BACK


def test_red_days_that_are_over_do_not_begin_it_again() -> None:
    days = [*usual(2), pain(1, 6), pain(2, 6), word(3, on=False)]
    assert phase(*days, on=3) is phase(*days, on=4) is Phase.BACK


def test_no_word_ends_it_on_a_day_that_is_red() -> None:
    assert phase(*usual(2), word(1), word(2, on=False), on=2, score=6) is Phase.RELIEF
    days = [*usual(2), word(1), pain(2, 6), word(2, on=False)]
    assert phase(*days, on=3, score=5) is Phase.RELIEF


def test_the_last_word_of_a_day_counts_by_the_time_it_tells_of() -> None:
    morning, evening = word(1, on=True, hour=8), word(1, on=False, hour=20)
    for order in ((morning, evening), (evening, morning)):
        assert seen(*usual(2), *order, on=1) is None
    same = (word(1, on=True, hour=8), word(1, on=False, hour=8))
    assert phase(*usual(2), *same, on=1) is phase(*usual(2), *reversed(same), on=1) is Phase.RELIEF


def test_a_word_that_none_is_on_begins_nothing() -> None:
    assert seen(*usual(2), word(1, on=False), on=1, score=3) is None


def test_what_nobody_spoke_of_for_four_weeks_is_forgotten() -> None:
    assert phase(*usual(2), word(1), on=29, score=3) is Phase.AMBER
    assert seen(*usual(2), word(1), on=30, score=3) is None
    assert seen(*usual(2), word(1), on=30) is None


# --- how the former level comes back -----------------------------------------------------------------------


OVER = [*usual(2), word(1), pain(2, 3), word(3, on=False)]


def test_sessions_after_the_end_bring_it_back_one_at_a_time() -> None:
    first, second = session(3, 3, hour=12), session(5, 3)
    assert seen(*OVER, on=3, score=3) == FlareUp(day(1), day(3), Phase.BACK, 3, 0)
    assert seen(*OVER, first, done(first), on=5, score=3) == FlareUp(day(1), day(3), Phase.BACK, 5, 1)
    both = (*OVER, first, done(first), second, done(second, status="partly"))
    assert seen(*both, on=7, score=3) == FlareUp(day(1), day(3), Phase.QUIET, 7, 2)
    assert phase(*both, on=10, score=3) is Phase.QUIET
    assert seen(*both, on=11, score=3) is None


@pytest.mark.parametrize(
    "given",
    [
        (session(4, 3, zone="red"), {}),
        (session(4, 3), {"status": "stopped", "reason": "pain"}),
        (session(3, 3, hour=9), {}),
        (session(2, 3), {}),
    ],
    ids=["a relief session", "one that was stopped", "one of the last hour of it", "one of its days"],
)
def test_nothing_else_brings_it_back(given: tuple[Session, dict[str, Any]]) -> None:
    shown, report = given
    found = seen(*OVER, shown, done(shown, **report), on=6, score=3)
    assert found is not None and found.back == 0


def test_what_is_not_back_stays_so_after_the_quiet_days() -> None:
    assert phase(*OVER, on=14, score=3) is Phase.BACK


def test_a_new_flare_up_begins_from_the_first_day_again() -> None:
    assert seen(*OVER, word(6), on=6, score=5) == FlareUp(day(6), None, Phase.RELIEF, 1)
    assert seen(*OVER, pain(6, 7), on=7, score=7) == FlareUp(day(6), None, Phase.RELIEF, 2)


# --- for any diary ------------------------------------------------------------------------------------------


def anything(rng: Random) -> list[AnyRecord]:
    """Some weeks of anything, in the order of its days."""
    records: list[AnyRecord] = list(usual(rng.choice((0, 1, 2, 3, 5, 7)))) if rng.random() < 0.7 else []
    for number in range(1, rng.randrange(2, 25)):
        hour = 8
        for _ in range(rng.choice((0, 1, 1, 2))):
            hour += 1
            kind = rng.random()
            if kind < 0.45:
                records.append(pain(number, rng.randrange(11), before_session=rng.random() < 0.5, hour=hour))
            elif kind < 0.6:
                records.append(word(number, rng.random() < 0.6, hour))
            elif kind < 0.7:
                records.append(held_back(number, rng.choice((2, 8))))
            else:
                shown = session(number, rng.randrange(9), rng.choice(("green", "amber", "red")), hour)
                records.append(shown)
                if rng.random() < 0.7:
                    records.append(done(shown, status=rng.choice(("done", "partly", "stopped"))))
    return records


TODAYS = st.integers(min_value=1, max_value=60)


@settings(max_examples=200)
@given(st.randoms(use_true_random=False), TODAYS)
def test_any_prefix_has_one_answer_that_makes_sense(rng: Random, on: int) -> None:
    records = anything(rng)
    for end in range(len(records) + 1):
        found = seen(*records[:end], on=on)
        assert found == seen(*records[:end], on=on)
        if found is not None:
            assert found.begun <= (found.ended or day(on)) <= day(on)
            assert found.on is (found.phase in (Phase.RELIEF, Phase.AMBER))
            assert found.day >= 1
            assert (found.back < 2) is (found.phase is not Phase.QUIET)


@settings(max_examples=200)
@given(st.randoms(use_true_random=False), TODAYS)
def test_i9_more_pain_today_never_gives_a_lighter_phase(rng: Random, on: int) -> None:
    diary = fold(anything(rng))
    phases = [flare_of(diary, day(on), score, PARAMETERS) for score in range(11)]
    weights = [STRICTEST_FIRST.index(found.phase if found else None) for found in phases]
    assert weights == sorted(weights, reverse=True)


@settings(max_examples=200)
@given(st.randoms(use_true_random=False), TODAYS)
def test_while_it_is_on_unknown_pain_never_gives_a_lighter_phase_than_any_number(
    rng: Random, on: int
) -> None:
    diary = fold(anything(rng))
    unknown = flare_of(diary, day(on), None, PARAMETERS)
    if (
        unknown is not None
        and unknown.on
        and not any(p.day == day(on) for p in (*diary.pains, *diary.sessions))
    ):
        assert unknown.phase is Phase.RELIEF


@settings(max_examples=200)
@given(st.randoms(use_true_random=False), TODAYS)
def test_i31_the_order_of_what_was_said_on_one_day_does_not_matter(rng: Random, on: int) -> None:
    records = anything(rng)
    doubled = [*records, *(_again(r) for r in records if isinstance(r, Pain | Flare | Checkin))]
    shuffled = rng.sample(doubled, len(doubled))
    shuffled.sort(key=lambda record: record.day)
    assert seen(*shuffled, on=on) == seen(*records, on=on)


def _again(record: AnyRecord) -> AnyRecord:
    return msgspec.structs.replace(record, id=f"again-{record.id}")


@settings(max_examples=100)
@given(st.randoms(use_true_random=False), TODAYS, st.integers(min_value=0, max_value=10))
def test_what_comes_later_changes_nothing_about_a_day_before(rng: Random, on: int, score: int) -> None:
    records = anything(rng)
    then = [record for record in records if record.day <= day(on)]
    later = [record for record in records if record.day > day(on)]
    assert seen(*then, *later, on=on, score=score) == seen(*then, on=on, score=score)


def test_an_empty_diary_has_none_and_today_alone_begins_none() -> None:
    for score in (None, *range(11)):
        assert flare_of(Diary(), day(1), score, PARAMETERS) is None
