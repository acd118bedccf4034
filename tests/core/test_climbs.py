"""Levels climbed, as the records tell them, are those that the plan gave."""

import pytest

import shipped
from backmove.core.climbs import climbs_of
from backmove.core.ledger import Ledger
from backmove.core.lessons import Replay
from backmove.core.placement import chains_of, placed_rows, step_of
from backmove.core.response import visits_of
from campaign import size
from life import Life
from lives_at_random import life_of

CATALOG, PARAMETERS = shipped.library()
CHAINS = chains_of(CATALOG)


def as_the_plan_rose(life: Life) -> dict[str, int]:
    """By chain, the highest step that the plan's own replay saw earned and made."""
    diary = life.diary
    own = placed_rows(diary.profile, CHAINS, PARAMETERS)
    replay = Replay(Ledger(own=dict(own)), CATALOG, CHAINS, PARAMETERS, older=False)
    highest: dict[str, int] = {}
    for visit in visits_of(diary, life.today):
        before, rises = dict(replay.ledger.own), len(replay.ledger.step_ups)
        replay.read([visit])
        for chain, row in replay.ledger.own.items():
            rose = chain in before and step_of(row) > step_of(before[chain])
            if rose and len(replay.ledger.step_ups) > rises:
                highest[chain] = max(step_of(row), highest.get(chain, 0))
    return highest


def as_the_records_tell(life: Life) -> dict[str, int]:
    ordered = sorted(life.diary.sessions, key=lambda session: (session.day, session.at, session.id))
    found = climbs_of(ordered, life.diary.reports(), "1970-01-01", "9000-01-01")
    assert all(climb.from_step < climb.to_step for climb in found)
    return {climb.chain: climb.to_step for climb in found}


@pytest.mark.parametrize(("seed", "plain"), [(2, True), (49, True), (30, True), (1, False), (16, False)])
def test_a_life_climbed_what_the_plan_gave(seed: int, plain: bool) -> None:
    life = life_of(seed, plain=plain, days=90)
    assert as_the_records_tell(life) == as_the_plan_rose(life)


@pytest.mark.long
@pytest.mark.parametrize("plain", [True, False])
def test_many_lives_climbed_what_the_plan_gave(plain: bool) -> None:
    climbed = 0
    for seed in range(100, 100 + size(200, 20)):
        life = life_of(seed, plain=plain, days=90)
        told = as_the_records_tell(life)
        assert told == as_the_plan_rose(life), seed
        climbed += len(told)
    assert climbed
