"""Ten thousand sessions of people who live with the program, each held against every invariant.

The lives are those of ``living.life_of(seed)``; a finding names its seed, its day and the records of the days before.
"""

import pytest
from crowd import DAYS, LONG, ORDINARY, crowd, crowd_of
from holds import ANY, PLAIN, found_in
from one_day import ONE_SESSION

from campaign import size
from lives_at_random import life_of
from story import Story

pytestmark = pytest.mark.timeout(1200)
RULES = sorted({*ANY, *PLAIN, *ONE_SESSION}, key=lambda rule: (rule[0], int(rule[1:])))


def test_the_lives_hold_all_kinds_of_days() -> None:
    """Without this the other tests could be about nothing."""
    met = crowd().seen
    days = {"green", "amber", "red", "acute", "subacute", "chronic", "maintenance"}
    modes = {"normal", "gentle", "flare", "relief"}
    taken = {"ok", "watch", "overload", "none"}
    codes = {"triage-stale", "new-red-flag", "pain-too-high", "three-overloads", "leg-further"}
    for kind in (*days, *modes, *taken, *codes):
        assert met[kind] >= 10, (kind, met)
    assert met["rung up"] >= 500 and met["step up"] >= 20, met
    assert crowd().sessions >= ORDINARY


@pytest.mark.parametrize("rule", RULES)
def test_no_life_breaks(rule: str) -> None:
    assert not crowd().findings.get(rule), crowd().of(rule)


ONCE_BROKEN = (
    *(101_252, 101_504, 101_748),  # a row that hurt, or of a session that was stopped, rose (I6)
    *(101_962, 102_965, 104_000),  # the only row for a goal was lost where the time was hard to fill (I23)
    103_584,  # two new rows at once, for the same reason (I38)
)


@pytest.mark.parametrize("seed", ONCE_BROKEN)
def test_a_life_that_once_broke_a_rule_holds(seed: int) -> None:
    plain = seed % 2 == 0
    story = Story(life_of.__wrapped__(seed, plain=plain, days=DAYS), f"seed {seed}")
    assert list(found_in(story, plain=plain)) == []


@pytest.mark.long
@pytest.mark.timeout(7200)
def test_a_hundred_thousand_sessions_of_many_lives_break_nothing() -> None:
    found = crowd_of(range(100_000, 200_000), size(full=LONG, small=LONG // 5))
    assert found.findings == {}, "\n".join(found.of(rule) for rule in found.findings)
