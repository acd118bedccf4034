"""Weeks in the export: whole ones only, and only what was told."""

from datetime import date
from typing import Any

from backmove.core.diary import fold
from backmove.core.record import Done, DoneRow, GivenDose, GivenItem, Session, Walk
from backmove.core.selection import Selection
from backmove.core.whole_weeks import WeekNoted, weeks_noted

EVER = Selection()
LATER = "2026-12-31"


def head(name: str, day: str) -> dict[str, Any]:
    return {"v": 1, "id": name, "at": f"{day}T09:00:00+01:00", "day": day}


def walk(name: str, day: str, minutes: int) -> Walk:
    return Walk(**head(name, day), minutes=minutes)


def session(name: str, day: str, *exercises: str) -> Session:
    return Session(
        **head(name, day),
        zone="green",
        stage="chronic",
        mode="normal",
        pain=3,
        variant=0,
        requested_min=20,
        effective_min=20,
        estimated_s=1100,
        place="floor",
        items=tuple(GivenItem(exercise, "main", GivenDose("reps"), 60) for exercise in exercises),
    )


def weeks(*records: Any, days: Selection = EVER, today: str = LATER) -> tuple[WeekNoted, ...]:
    return weeks_noted(fold(records), days, today, {"bridge"})


def test_a_week_adds_up_from_monday_to_sunday() -> None:
    (one, two) = weeks(walk("a", "2026-01-05", 10), walk("b", "2026-01-11", 20), walk("c", "2026-01-12", 5))
    assert (one.monday, one.sunday, one.walked_min, one.walks) == ("2026-01-05", "2026-01-11", 30, ("a", "b"))
    assert two.walked_min == 5


def test_a_week_that_is_not_over_says_nothing_yet() -> None:
    assert weeks(walk("a", "2026-01-05", 10), today="2026-01-11") == ()
    assert weeks(walk("a", "2026-01-05", 10), today="2026-01-12")


def test_a_week_that_is_cut_by_the_days_asked_for_is_left_out() -> None:
    noted = walk("a", "2026-01-07", 10)
    assert weeks(noted, days=Selection(since=date(2026, 1, 6))) == ()
    assert weeks(noted, days=Selection(until=date(2026, 1, 10))) == ()
    assert weeks(noted, days=Selection(date(2026, 1, 5), date(2026, 1, 11)))


def test_a_day_counts_once_however_often_it_was_trained() -> None:
    given = [session("s", "2026-01-05", "bridge"), session("t", "2026-01-05", "bridge")]
    done = [Done(**head(f"d{s.id}", s.day), session=s.id) for s in given]
    (week,) = weeks(*given, *done)
    assert (week.strength_days, week.reports) == (1, ("ds", "dt"))


def test_only_strengthening_rows_that_were_done_count() -> None:
    given = session("s", "2026-01-05", "bridge", "cat-cow")

    def told(**own: Any) -> tuple[WeekNoted, ...]:
        return weeks(given, Done(**head("d", "2026-01-05"), session="s", **own))

    assert told()
    assert told(rows=(DoneRow("bridge", "easier"),), status="partly")
    assert not told(rows=(DoneRow("bridge", "skipped"), DoneRow("cat-cow")))
    assert not told(status="stopped"), "what was done is not known"
    assert not weeks(given)
    assert not weeks(session("s", "2026-01-05", "cat-cow"), Done(**head("d", "2026-01-05"), session="s"))
