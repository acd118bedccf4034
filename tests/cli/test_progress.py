"""``backmove progress``: periods, empty ones, JSON, and what it does not load."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from backmove.core.record import (
    Amend,
    Checkin,
    Done,
    GivenDose,
    GivenItem,
    Pain,
    Profile,
    Retract,
    Session,
    Walk,
)

if TYPE_CHECKING:
    from conftest import World

Stamp = Callable[..., Mapping[str, Any]]


@pytest.fixture
def lived(world: "World", stamp: Stamp) -> "World":
    """Three weeks: two sessions, three walks, two look backs, pain."""
    world.write(Profile(**stamp(days=-20), set={"activities": ["lift the shopping"]}))
    for back in (20, 18):
        given = session(stamp, -back)
        world.write(given, Done(**stamp(days=-back), session=given.id))
    for back, minutes in ((19, 10), (19, 5), (2, 12)):
        world.write(Walk(**stamp(days=-back), minutes=minutes))
    world.write(Checkin(**stamp(days=-15), activities={"lift the shopping": 3}, pain=5, sleep=5))
    world.write(Checkin(**stamp(days=-1), activities={"lift the shopping": 6}, pain=2, sleep=6))
    world.write(Pain(**stamp(days=-1), score=2))
    return world


def session(stamp: Stamp, days: int) -> Session:
    dose = GivenDose("reps", (8,))
    return Session(
        **stamp(days=days),
        zone="green",
        stage="chronic",
        mode="normal",
        pain=5,
        variant=0,
        requested_min=10,
        effective_min=10,
        estimated_s=600,
        place="floor",
        items=(GivenItem("bridge", "main", dose, 600, step=1, chain="bridge"),),
    )


def test_what_was_done_what_goes_again_and_pain(lived: "World") -> None:
    text = lived.run("progress").out
    assert "2 sessions on 2 days, 20 min of exercise" in text
    assert "27 min of walking on 2 days" in text
    assert "lift the shopping: 6, was 3: better" in text
    assert "Pain: 2 in the last week, 5 in the first week: less than it was." in text
    assert text.rstrip().endswith("backmove")


def test_json_has_the_same_figures(lived: "World") -> None:
    data = lived.run("progress", "--json").data
    assert data["period"] == {"name": "lately", "from": "2026-02-10", "to": "2026-03-02", "days": 21}
    assert data["done"]["sessions"] == {
        "given": 2,
        "done": 2,
        "partly": 0,
        "stopped": 0,
        "minutes": 20,
        "minutes_unknown": 0,
        "days": 2,
    }
    assert data["done"]["walking"] == {"walks": 3, "minutes": 27, "days": 2}
    assert data["again"]["activities"][0]["gain"] == 3
    assert [week["pain"] for week in data["pain"]["weeks"]] == [5, None, 2, None]
    assert "days" not in data["pain"]


def test_days_of_pain_only_when_they_are_asked_for(lived: "World") -> None:
    days = lived.run("progress", "--json", "--pain-daily").data["pain"]["days"]
    assert [(day["day"], day["pain"]) for day in days] == [
        ("2026-02-10", 5),
        ("2026-02-12", 5),
        ("2026-03-01", 2),
    ]


@pytest.mark.parametrize(
    ("options", "first", "last"),
    [
        (("--week",), "2026-02-24", "2026-03-02"),
        (("--month",), "2026-02-10", "2026-03-02"),
        (("--year",), "2026-02-10", "2026-03-02"),
        (("--all",), "2026-02-10", "2026-03-02"),
        (("--from", "2026-02-01"), "2026-02-01", "2026-03-02"),
        (("--to", "yesterday"), "2026-02-10", "2026-03-01"),
        (("--from", "friday", "--to", "sunday"), "2026-02-27", "2026-03-01"),
    ],
)
def test_periods(lived: "World", options: tuple[str, ...], first: str, last: str) -> None:
    found = lived.run("progress", "--json", *options).data["period"]
    assert (found["from"], found["to"]) == (first, last)


def test_two_periods_at_once_are_refused(lived: "World") -> None:
    for options in (("--week", "--year"), ("--all", "--from", "monday")):
        assert "only one period" in lived.run("progress", *options, expect=2).err
    assert lived.run("progress", "--json", "--week", "--all", expect=2).error["code"] == "usage"


def test_days_that_make_no_sense_are_refused(lived: "World") -> None:
    assert "still to come" in lived.run("progress", "--from", "2026-05-01", expect=2).err
    assert "before it begins" in lived.run("progress", "--from", "today", "--to", "friday", expect=2).err
    assert "soon" in lived.run("progress", "--from", "soon", expect=2).err


def test_an_empty_period_is_kind_and_says_where_to_look(lived: "World") -> None:
    lived.sleep_days(60)
    text = lived.run("progress").out
    assert "Nothing was written down in these days." in text
    assert "Your last session was on 12 February." in text
    assert "backmove progress --all" in text


def test_before_the_first_entry_it_says_what_will_stand_here(world: "World") -> None:
    text = world.run("progress").out
    assert "Nothing is written down yet." in text
    assert world.run("progress", "--json").data["engagement"]["started"] is None


def test_corrections_count(lived: "World", stamp: Stamp) -> None:
    walk = lived.diary.walks[-1]
    lived.write(Amend(**stamp(), target=walk.id, set={"minutes": 40}))
    assert lived.run("progress", "--json").data["done"]["walking"]["minutes"] == 55
    lived.write(Retract(**stamp(), target=walk.id))
    assert lived.run("progress", "--json").data["done"]["walking"]["minutes"] == 15


def test_a_plot_on_a_terminal_and_in_plain_signs(lived: "World") -> None:
    assert "10 │" in lived.run("progress", tty=True).out
    drawn = lived.run("progress", "--ascii", tty=True).out
    assert "10 |" in drawn
    assert "│" not in drawn
    assert "10 |" not in lived.run("progress", "--ascii", "--plain", tty=True).out


def test_nothing_is_written(lived: "World") -> None:
    before = lived.journal_file.read_bytes()
    for options in ((), ("--json",), ("--all", "--pain-daily")):
        lived.run("progress", *options)
    assert lived.journal_file.read_bytes() == before


def test_help_has_examples(world: "World") -> None:
    text = world.run("progress", "--help").out
    assert "backmove progress --year" in text
    assert "--pain-daily" in text
