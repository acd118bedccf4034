"""The report of a session: rows, words that follow, and the day for the next one."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.core.diary import Diary, fold
from backmove.core.plain_words import banned_words, grade
from backmove.core.record import Done, DoneRow, GivenDose, GivenItem, Profile, Session
from backmove.core.reporting import REASONS, Report, advice, done_of, next_day, session_to_report
from backmove.errors import NotFound, UsageProblem

Stamp = Callable[..., Mapping[str, Any]]
IDS = ("knee-rolls", "bird-dog", "bridge")


def session(stamp: Stamp, *, days: float = 0, id: str = "", **fields: Any) -> Session:  # noqa: A002
    given: dict[str, Any] = {
        "zone": "green",
        "stage": "chronic",
        "mode": "normal",
        "pain": 3,
        "variant": 1,
        "requested_min": 20,
        "effective_min": 20,
        "estimated_s": 900,
        "place": "upright",
        "items": tuple(GivenItem(i, "main", GivenDose("reps", (8,)), 60) for i in IDS),
    }
    return Session(**stamp(days=days, id=id), **given | fields)


@pytest.fixture
def one(stamp: Stamp) -> Session:
    return session(stamp)


def reported(report: Report, given: Session, stamp: Stamp) -> Done:
    return done_of(report, given, stamp())


# --- rows -----------------------------------------------------------------------------------------------------


def test_a_session_that_was_done_completed_every_row(one: Session, stamp: Stamp) -> None:
    assert reported(Report(), one, stamp).rows == tuple(map(DoneRow, IDS))


def test_of_a_part_only_the_named_rows_are_known(one: Session, stamp: Stamp) -> None:
    assert reported(Report(partly=True), one, stamp).rows == ()
    rows = reported(Report(stopped="time", skipped=("bridge",)), one, stamp).rows
    assert rows == (DoneRow("bridge", status="skipped"),)


def test_every_word_about_a_row_is_kept(one: Session, stamp: Stamp) -> None:
    report = Report(
        efforts=("bridge=4", "Bird Dog = 7"), hurt=("bird-dog",), skipped=("knee-rolls",), easier=("bridge",)
    )
    assert reported(report, one, stamp).rows == (
        DoneRow("knee-rolls", status="skipped"),
        DoneRow("bird-dog", effort=7, hurt=True),
        DoneRow("bridge", status="easier", effort=4),
    )


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (
            Report(efforts=("bridg=4",)),
            "'bridg' was not in that session. Did you mean bridge? It had: knee-rolls",
        ),
        (Report(efforts=("bridge",)), "not of the form ID=EFFORT"),
        (Report(efforts=("bridge=11",)), "--exercise bridge: 11 is outside 0 to 10"),
        (Report(efforts=("bridge=hard",)), "not a whole number"),
        (Report(efforts=("bridge=4", "bridge=5")), "named twice"),
        (Report(hurt=("plank",)), "--hurt: 'plank' was not in that session"),
        (Report(skipped=("bridge",), easier=("bridge",)), "cannot be both"),
        (Report(partly=True, stopped="pain"), "choose one"),
        (Report(stopped="pian"), "Did you mean pain?"),
        (Report(leg="gone"), "--leg: 'gone' is not known"),
    ],
    ids=repr,
)
def test_what_does_not_fit_is_refused(one: Session, stamp: Stamp, report: Report, said: str) -> None:
    with pytest.raises(UsageProblem) as refused:
        reported(report, one, stamp)
    assert said in refused.value.message


def test_the_session_of_another_day_is_found_by_its_day(stamp: Stamp) -> None:
    first, second = session(stamp, days=-1), session(stamp)
    diary = fold([first, second])
    assert session_to_report(diary, "2026-03-01", "2026-03-02") == first
    assert session_to_report(diary, "2026-03-02", "2026-03-02") == second
    with pytest.raises(NotFound, match="no session was given on 2026-02-20") as refused:
        session_to_report(diary, "2026-02-20", "2026-03-02")
    assert refused.value.code == "no-session"


# --- words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report", "word"),
    [
        (Report(leg="new", peak=9), "weak or numb"),
        (Report(stopped="dizzy"), "Rest now"),
        (Report(stopped="unwell"), "Rest now"),
        (Report(leg="further"), "Leave out the move"),
        (Report(peak=6), "lot for one day"),
        (Report(stopped="pain"), "lot for one day"),
        (Report(stopped="leg"), "lot for one day"),
        (Report(peak=5), ""),
        (Report(effort=10), ""),
        (Report(stopped="time"), ""),
        (Report(), ""),
    ],
    ids=repr,
)
def test_too_much_is_answered_with_what_to_do(one: Session, stamp: Stamp, report: Report, word: str) -> None:
    text = advice(reported(report, one, stamp))
    assert (word in text) if word else (text == "")


@pytest.mark.parametrize("reason", REASONS)
@pytest.mark.parametrize("leg", ["none", "further", "new"])
def test_the_words_are_plain(one: Session, stamp: Stamp, reason: str, leg: str) -> None:
    text = advice(reported(Report(stopped=reason, leg=leg, peak=8), one, stamp))
    assert banned_words(text) == []
    assert grade(text) <= 6 or not text


# --- the next day ---------------------------------------------------------------------------------------------


def after(stamp: Stamp, *days: int, planned: int = 3, **fields: Any) -> Diary:
    """A diary with sessions done on days counted from Monday 2 March."""
    records: list[Any] = [Profile(**stamp(), set={"days_per_week": planned})]
    for day in days:
        given = session(stamp, days=day, **fields)
        records += [given, Done(**stamp(days=day), session=given.id)]
    return fold(records)


@pytest.mark.parametrize(
    ("days", "planned", "next_"),
    [
        ((0,), 3, "2026-03-04"),
        ((0, 2), 3, "2026-03-06"),
        ((0, 2, 4), 3, "2026-03-09"),
        ((0,), 2, "2026-03-05"),
        ((0, 3), 2, "2026-03-09"),
        ((0,), 5, "2026-03-03"),
        ((0, 1, 2, 3, 4), 5, "2026-03-09"),
        ((6,), 3, "2026-03-10"),
        ((-3, -1, 6), 3, "2026-03-10"),
    ],
)
def test_the_days_of_a_week_are_spread_out(
    stamp: Stamp, days: tuple[int, ...], planned: int, next_: str
) -> None:
    assert next_day(after(stamp, *days, planned=planned)) == next_


def test_short_sessions_may_come_every_day(stamp: Stamp) -> None:
    assert next_day(after(stamp, 0, stage="acute")) == "2026-03-03"
    assert next_day(after(stamp, 0, zone="red")) == "2026-03-03"


def test_before_the_first_session_there_is_no_next(stamp: Stamp) -> None:
    assert next_day(fold([session(stamp)])) is None


@given(st.lists(st.integers(-20, 20), min_size=1, max_size=8), st.integers(2, 5))
def test_the_next_day_is_always_later(days: list[int], planned: int) -> None:
    count = 0

    def stamp(*, days: float = 0, id: str = "") -> dict[str, Any]:  # noqa: A002
        nonlocal count
        count += 1
        day = f"2026-03-{int(days) + 22:02d}" if days <= 9 else f"2026-04-{int(days) - 9:02d}"
        return {"v": 1, "id": id or f"id{count}", "at": f"{day}T09:00:00+01:00", "day": day}

    diary = after(stamp, *days, planned=planned)
    found = next_day(diary)
    assert found is not None
    assert found > max(d.day for d in diary.dones)
