"""From which day on a result of the safety questions holds a walk."""

import pytest

import shipped
from backmove.core.diary import fold
from backmove.core.walking_facts import Brake, Facts, noted_of

_, PARAMETERS = shipped.library()
NONE = frozenset[str]()


@pytest.mark.parametrize(
    ("until", "held"), [("2026-03-01", False), ("2026-03-02", True), ("2026-03-03", True)]
)
def test_a_result_that_locks_holds_the_walk_from_its_own_day_on(until: str, held: bool) -> None:
    facts = Facts(
        noted_of(fold([]), "2026-03-09", PARAMETERS.walk),
        *(NONE, NONE, NONE, NONE),
        results=[("2026-02-01", "SELF_CARE"), ("2026-03-02", "SAME_DAY")],
        flares=(),
        quiet_days=7,
    )
    assert (facts.brake("2026-02-23", until) is Brake.HELD) is held
