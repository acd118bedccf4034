"""Recorded plans: what fixed lives, single days and weeks of walking come to (``tests/data/plans.jsonl``).

Each scene is a pure function of the parameters and tells its moments one after the other. A moment is a few words under
a few keys; a line of the file holds only what differs from the moment before, so that a changed choice is one changed
line. ``tests/make_plan_battery.py`` writes the file.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Final

import plan_days
import plan_lives
from backmove.core.parameters import Parameters
from lived import SCENES, Moment

PLANS: Final = Path(__file__).parent / "data" / "plans.jsonl"
MODULES = (plan_days, plan_lives)
"""Loading them fills the scenes."""


def moments(name: str, parameters: Parameters) -> Iterator[dict[str, str]]:
    """The lines of a scene: what is new at each moment. What breaks is a moment, too."""
    before: Moment = {}
    try:
        for at, moment in SCENES[name][1](parameters):
            gone = {key: "" for key in before if key not in moment}
            news = {key: value for key, value in moment.items() if before.get(key) != value}
            before = moment
            yield {"scene": name, "at": at, **news, **gone}
    except Exception as problem:  # noqa: BLE001 - whatever a changed number breaks is a difference
        yield {"scene": name, "at": "the end", "problem": f"{type(problem).__name__}: {problem}"}


@cache
def recorded() -> Mapping[str, list[dict[str, str]]]:
    """The file, by scene."""
    found: dict[str, list[dict[str, str]]] = {}
    for line in PLANS.read_text(encoding="utf-8").splitlines():
        moment: dict[str, str] = json.loads(line)
        found.setdefault(moment["scene"], []).append(moment)
    return found


def first_difference(parameters: Parameters, *, first: str = "") -> str | None:
    """Where a recorded scene comes out otherwise, or None. Scenes made for the group ``first`` are lived first."""
    for name in sorted(SCENES, key=lambda name: first not in SCENES[name][0]):
        for now, then in zip_longest(moments(name, parameters), recorded().get(name, [])):
            if now != then:
                return f"{name}, {(now or then)['at']}"
    return None
