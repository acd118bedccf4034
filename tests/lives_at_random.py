"""Somebody and their days at random: from a seed, or from hypothesis.

A *plain* life keeps its profile, its place and its minutes, so that what changes from session to session is the
program's own doing; any other life changes its mind all the time.
"""

from functools import cache
from random import Random
from typing import Any

from hypothesis import strategies as st

from backmove.core.choices import Category, Fear, Goal
from backmove.core.profile import Place
from life import CATALOG, HOUSEHOLD, Life
from living import Doing, Tale, Who, lived
from session_strategies import KITS

IDS = tuple(CATALOG.exercises)
TAGS = tuple(CATALOG.precautions)
ASKED = ("stand_no_hands", "one_leg_5s", "floor_and_up", "counter_plank_10s")
LEGS = (None, None, None, "none", "usual", "closer", "further")
FORBIDDING = (*[None] * 30, "dc2", "dc3", "dc5", "dc1")


@cache
def life_of(seed: int, *, plain: bool = False, days: int = 60) -> Life:
    """The life of a seed."""
    rng = Random(seed)
    who = someone(rng, plain=plain)
    return lived(who, days_of(rng, days, plain=plain))


def someone(rng: Random, *, plain: bool = False) -> Who:
    """Anybody who may train."""
    pick = rng.choice
    yes = (True, True, False)
    profile: dict[str, Any] = {
        "place": pick(list(map(str, Place))),
        "equipment": list(map(str, pick(KITS))) if rng.random() < 0.6 else list(HOUSEHOLD),
        "days_per_week": rng.randint(2, 5),
        "minutes": pick((10, 15, 20, 20, 30, 45)) if not plain else pick((15, 20, 20, 30)),
        "goals": list(map(str, rng.sample(list(Goal), rng.randrange(4)))),
        **{question: pick(yes) for question in ASKED},
        "walk_minutes": pick((5, 10, 20, 40)),
        "usual_pain": rng.randrange(6),
    }
    if rng.random() < 0.3:
        profile["likes"] = rng.sample([*IDS, *map(str, Category)], rng.randint(1, 4))
    if rng.random() < 0.3:
        profile["dislikes"] = rng.sample(IDS, rng.randint(1, 3))
    if rng.random() < 0.2:
        profile["feared"] = str(pick(list(Fear)))
    if rng.random() < 0.2:
        profile["confidence"] = rng.randrange(11)
    tags = rng.sample(TAGS, pick((0, 0, 0, 1, 2)))
    age = pick((25, 45, 45, 60, 70, 80))
    onset = pick((3, 30, 50, 80, 200, 400, 4000)) if not plain else pick((200, 400, 4000))
    answers = {"age": age, "onset_days": onset, "pain_usual": pick((1, 3, 5)), "pain_now": 2}
    if tags:
        profile["precautions"] = tags
    return Who(profile, answers)


def days_of(rng: Random, count: int, *, plain: bool = False) -> list[Doing]:
    """So many days of one person: a usual pain that drifts, bad spells, and how well they do what they are given."""
    base, keen = rng.choice((0, 1, 1, 2, 3, 4)), rng.random()
    calm = rng.choice((0.0, 0.3, 1.0))
    every = rng.choice((1, 2, 2, 3))
    doings: list[Doing] = []
    bad = day = 0
    while day < count:
        step = rng.choice(
            (every, every, every, 1, rng.choice((4, 6, 9, 17, 30)) if rng.random() < 0.15 else 2)
        )
        bad = max(0, bad - step) if bad else rng.choice((2, 4, 8)) if rng.random() < 0.04 * (2 - calm) else 0
        noise = rng.choice((0, 0, 1, -1)) if rng.random() > calm else 0
        pain = min(10, max(0, base + noise + (rng.choice((2, 3, 4)) if bad else 0)))
        doings.append(_doing(rng, step, pain, keen, calm, plain=plain))
        day += step
    return doings


def _doing(rng: Random, days: int, pain: int, keen: float, calm: float, *, plain: bool) -> Doing:
    def at_times(chance: float, value: Any) -> Any:
        return value if rng.random() < chance else None

    wild: dict[str, Any] = {}
    if not plain:
        wild = {
            "minutes": at_times(0.15, rng.choice((5, 10, 15, 20, 30, 60))),
            "place": at_times(0.1, rng.choice(list(Place))),
            "gentle": rng.random() < 0.03,
            "another": rng.random() < 0.05,
            "again": rng.random() < 0.08,
            "unsure": rng.random() < 0.02,
            "sign": rng.choice(FORBIDDING),
            "profile": at_times(0.05, _a_change(rng)),
            "exclude": at_times(0.04, rng.choice(IDS)),
            "direction": at_times(0.03, (rng.choice(WAYS), rng.choice(WAYS))),
            "leg": rng.choice(LEGS) if rng.random() < 0.4 else None,
        }
    return Doing(
        days=days,
        hour=rng.choice((7, 9, 9, 12, 18, 21)),
        pain=pain,
        morning=at_times(0.5, min(10, pain + rng.choice((0, 0, 0, 1, 2, 3)) * (rng.random() > calm))),
        session=rng.random() < 0.6 + 0.4 * keen,
        tale=_tale(rng, calm) if rng.random() < 0.9 else None,
        log=at_times(0.1, pain),
        sleep=at_times(0.3, rng.choice((2, 3, 5, 8))),
        walk=at_times(0.2 + 0.5 * keen, rng.choice((5, 10, 12, 15, 20, 30))),
        limb=at_times(0.1, rng.choice((0, 2, 3, 5))),
        flare=at_times(0.02, rng.random() < 0.6),
        confidence=at_times(0.05, rng.randrange(11)),
        **wild,
    )


WAYS = ("better", "same", "worse")


def _a_change(rng: Random) -> tuple[str, Any]:
    changes: list[tuple[str, Any]] = [
        ("place", str(rng.choice(list(Place)))),
        ("minutes", rng.choice((5, 10, 15, 20, 30, 45, 60))),
        ("days_per_week", rng.randint(2, 5)),
        ("equipment", list(map(str, rng.choice(KITS)))),
        ("dislikes", rng.sample(IDS, 2)),
        ("likes", rng.sample(IDS, 2)),
        ("goals", [str(rng.choice(list(Goal)))]),
        ("confidence", rng.randrange(11)),
        ("feared", str(rng.choice(list(Fear)))),
        (rng.choice(ASKED), rng.random() < 0.5),
        ("precautions", [rng.choice(TAGS)]),
        ("walk_minutes", rng.choice((5, 10, 20, 40))),
    ]
    return rng.choice(changes)


def _tale(rng: Random, calm: float) -> Tale:
    trouble = rng.random() < 0.25 * (1 - calm) + 0.02
    return Tale(
        status=rng.choice(("done", "done", "partly", "pain", "leg", "time", "other")) if trouble else "done",
        effort=rng.choice((3, 4, 5, 5, 6, 7, 8, None)) if not calm else rng.choice((3, 4, 5)),
        peak=rng.choice((None, 2, 5, 6, 8)) if trouble else rng.choice((None, 1, 3)),
        leg=rng.choice((None, "usual", "closer", "further")) if trouble else None,
        soreness=trouble and rng.random() < 0.3,
        hurts=tuple(rng.sample(range(8), rng.choice((0, 1, 1, 2)))) if trouble else (),
        skips=tuple(rng.sample(range(8), 1)) if trouble and rng.random() < 0.3 else (),
        efforts=tuple(rng.choice((2, 4, 5, 7, 9)) for _ in range(rng.choice((0, 0, 5)))),
        twice=rng.random() < 0.05,
    )


# --- for hypothesis -------------------------------------------------------------------------------------------

tales = st.builds(
    Tale,
    status=st.sampled_from(("done", "done", "done", "partly", "pain", "leg", "time")),
    effort=st.sampled_from((5, 3, 4, 6, 8, None)),
    peak=st.sampled_from((None, 3, 5, 6)),
    leg=st.sampled_from((None, None, None, "usual", "further")),
    soreness=st.booleans(),
    hurts=st.lists(st.integers(0, 6), max_size=2).map(tuple),
)
doings = st.builds(
    Doing,
    days=st.sampled_from((2, 1, 3, 5, 9, 16, 30)),
    pain=st.integers(0, 8),
    morning=st.none() | st.integers(0, 8),
    tale=st.none() | tales,
    minutes=st.sampled_from((None, None, 5, 10, 15, 30)),
    flare=st.sampled_from((None, None, None, None, True, False)),
    walk=st.none() | st.sampled_from((5, 10, 20)),
    sleep=st.sampled_from((None, None, 2, 8)),
)
some_days = st.lists(doings, min_size=2, max_size=10)
people = st.integers(0, 10**6).map(lambda seed: someone(Random(seed), plain=True))
