"""A selection of entries holds what was asked for, both ends included."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from backmove.core.record import Pain, Walk
from backmove.core.selection import Selection

Stamp = Callable[..., Mapping[str, Any]]


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ({}, [-2, -1, 0, 1]),
        ({"since": date(2026, 3, 1), "until": date(2026, 3, 2)}, [-1, 0]),
        ({"since": date(2026, 3, 2)}, [0, 1]),
        ({"until": date(2026, 3, 1)}, [-2, -1]),
        ({"count": 1}, [1]),
        ({"kind": "walk"}, [0]),
    ],
)
def test_only_what_was_asked_for_is_selected(stamp: Stamp, asked: dict[str, Any], days: list[int]) -> None:
    entries = {
        day: Walk(**stamp(days=day), minutes=5) if day == 0 else Pain(**stamp(days=day), score=3)
        for day in (1, -2, 0, -1)
    }
    wanted = {"since": None, "until": None, "kind": None, "count": None} | asked
    assert Selection(**wanted).of(tuple(entries.values())) == tuple(entries[day] for day in days)
