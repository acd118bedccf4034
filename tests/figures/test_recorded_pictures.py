"""Every picture is the one that was looked at; a change on purpose is recorded by tests/make_picture_battery.py."""

import json
from typing import Any

import pytest
from posed import figures

from picture_battery import far_apart, recorded, recorded_picture


@pytest.mark.parametrize("exercise", sorted(figures()))
def test_the_picture_and_its_words_are_those_that_were_recorded(exercise: str) -> None:
    assert (
        far_apart(recorded()[exercise], json.loads(json.dumps(recorded_picture(figures()[exercise])))) == []
    )


def test_every_figure_is_recorded() -> None:
    assert set(recorded()) == set(figures())


@pytest.mark.parametrize(
    ("other", "seen"),
    [
        ({"a": [1.0, 2.001]}, True),
        ({"a": [1.0, 2.0001]}, False),
        ({"a": [1.0]}, True),
        ({"b": [1.0, 2.0]}, True),
    ],
)
def test_a_difference_beyond_rounding_is_seen(other: dict[str, Any], seen: bool) -> None:
    assert bool(far_apart({"a": [1.0, 2.0]}, other)) == seen
