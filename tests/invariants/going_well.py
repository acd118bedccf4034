"""Somebody for whom all goes well, and the moment just before something rises."""

from typing import Any

from backmove.core.plan import Block, Plan
from life import HOUSEHOLD, Life, Visit
from story import height, key_of

Heights = dict[str, tuple[int, int]]


def well_off(sessions: int, *, effort: int = 3, pain: int = 2, minutes: int = 30) -> Life:
    """So many sessions, one every other day, each easy and with a good morning after."""
    life = Life()
    yes = dict.fromkeys(("stand_no_hands", "one_leg_5s", "floor_and_up", "counter_plank_10s"), True)
    life.set(place="floor", equipment=HOUSEHOLD, minutes=minutes, usual_pain=pain, **yes)
    life.triage(onset_days=1000, pain_now=pain, pain_usual=pain)
    for _ in range(sessions):
        one_more(life, effort=effort, pain=pain)
    return life


def one_more(
    life: Life, *, pain: int = 2, every: int = 2, morning: int | None = None, **report: Any
) -> Visit:
    life.wait(every)
    if not life.standing.open:
        life.triage(onset_days=1000, pain_now=pain, pain_usual=pain)
    visit = life.a_session(pain, every=0, morning=pain if morning is None else morning, **report)
    assert isinstance(visit.outcome, Plan), visit.outcome.reasons
    return visit


def heights(visit: Visit) -> Heights:
    return {key_of(item): height(item) for item in visit.plan.block(Block.MAIN)}


def best(life: Life) -> Heights:
    """The greatest height of every chain so far."""
    found: Heights = {}
    for visit in life.visits:
        if isinstance(visit.outcome, Plan):
            for key, now in heights(visit).items():
                found[key] = max(now, found.get(key, now))
    return found


def rising(before: Heights, visit: Visit) -> list[str]:
    return [key for key, now in heights(visit).items() if key in before and now > before[key]]


def about_to_rise() -> Life:
    """A life at a moment when the next session, all else equal, is higher in some row."""
    life = well_off(8)
    for _ in range(20):
        if rising(best(life), life.looking_ahead(2, 2)):
            return life
        one_more(life, effort=3)
    raise AssertionError("nothing ever rises")


def copy_of(life: Life) -> Life:
    return Life(life.now, list(life.records), list(life.visits))
