"""Many lives, lived once and held against every invariant; and one life, for hypothesis."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from holds import ANY, PLAIN, found_in
from holds_progress import rises

from backmove.core.plan import Plan, Refused
from lives_at_random import life_of
from living import Doing, Who, lived
from story import Story

ORDINARY = 10_000
"""Beside the 20,000 single sessions of tests/test_session_invariants.py; a session with a history costs 4 ms."""
LONG = 100_000
DAYS = 60


@dataclass
class Crowd:
    """What was found in many lives, and what they were like. ``seen`` counts kinds of days, refusals and moves."""

    sessions: int = 0
    findings: dict[str, list[str]] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)

    def of(self, rule: str, most: int = 3) -> str:
        """The first findings of a rule, as the message of a failure."""
        found = self.findings.get(rule, [])
        return "\n".join([f"{len(found)} times in {self.sessions} sessions", *found[:most]])


def crowd_of(seeds: Iterable[int], sessions: int) -> Crowd:
    """Lives until there were so many sessions; every other one is plain (it keeps its place, kit and minutes)."""
    crowd = Crowd()
    for seed in seeds:
        plain = seed % 2 == 0
        story = Story(life_of.__wrapped__(seed, plain=plain, days=DAYS), f"seed {seed}")
        crowd.sessions += sum(isinstance(v.outcome, Plan) for v in story.life.visits)
        for rule, told in found_in(story, plain=plain):
            crowd.findings.setdefault(rule, []).append(told)
        _count(crowd.seen, story, plain=plain)
        if crowd.sessions >= sessions:
            return crowd
    raise AssertionError("there were too few seeds")


def _count(seen: Counter[str], story: Story, *, plain: bool) -> None:
    for visit in story.life.visits:
        if isinstance(visit.outcome, Refused):
            seen[visit.outcome.code] += 1
        else:
            seen.update((visit.outcome.zone, visit.outcome.stage, visit.outcome.mode))
    seen.update(said for _, said in story.taken)
    if plain:
        seen.update("step up" if rise.step else "rung up" for rise in rises(story))


@cache
def crowd() -> Crowd:
    """The crowd of the ordinary run."""
    return crowd_of(range(10_000), ORDINARY)


def broken(rule: str, who: Who, days: list[Doing]) -> list[str]:
    """What one life breaks of a rule; the days themselves are what hypothesis prints."""
    story = Story(lived(who, days), "this life")
    checks = (*ANY.get(rule, ()), *PLAIN.get(rule, ()))
    assert checks, f"there is no check of {rule}"
    return [story.tell(rule, day, words) for check in checks for day, words in check(story)]
