"""The bounds of a good day, where nothing holds anybody back."""

from test_candidates import bounds

from backmove.core.exercise import Stage
from backmove.core.zone import Zone


def test_a_good_day_caps_neither_effort_nor_level() -> None:
    free = bounds(zone=Zone.GREEN, stage=Stage.CHRONIC)
    assert (free.max_effort, free.max_level) == (10, 5)
