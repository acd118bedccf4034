"""A day of a life as tests/test_session_invariants.py looks at one: who it was, and what they were given."""

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

import test_session_invariants as one_session
from backmove.core.same_day import before_first_session
from life import CATALOG
from session_strategies import Person
from story import (
    BAD_LEGS,
    Given,
    Story,
    days_apart,
    hurt_in,
    leg_sign_in,
)

Finding = Iterator[tuple[str, str]]
"""The day and the words."""

SAME_AS_EVER = (
    *("i01", "i03-gentle", "i04", "i05", "i13", "i14", "i15", "i17", "i19", "i20", "i21", "i22", "i23"),
    *("i30", "i44", "b3", "b4", "b7", "five-minutes"),
)
"""Checks of one session that do not depend on what came before it (tests/test_session_invariants.py)."""


ONE_SESSION = tuple(
    dict.fromkeys(check[:3].upper().replace("I0", "I") for check in SAME_AS_EVER if check[0] in "i")
)


def one_session_holds(story: Story) -> Iterator[tuple[str, str, str]]:
    """Rule, day and words of every check of a single session that fails."""
    for one in story.given:
        case = one_session.Case(person_of(one, resting(story, one)), one.plan)
        for check in SAME_AS_EVER:
            if check == "i23" and any(item.slot == "exposure" for item in one.main):
                continue  # a step towards a feared move takes the place of a goal (B11)
            if not one_session.CHECKS[check](case):
                rule = check[:3].upper().replace("I0", "I") if check[0] == "i" else "B3"
                yield rule, one.day, f"{check}: {[i.given for i in one.plan.items]}"


def resting(story: Story, one: Given) -> set[str]:
    """Rows that may be resting: of chains named in three sessions that were too much, not four weeks ago (F5), or in
    one of this week that sent pain down the leg; after that also every row that bends or arches (J3)."""
    named: Counter[str] = Counter()
    down_the_leg = any(p.leg in BAD_LEGS and 0 <= days_apart(p.day, one.day) <= 28 for p in story.life.pains)
    for session, said in story.taken:
        ago = days_apart(session.day, one.day)
        if said == "overload" and 0 < ago <= 28:
            reports = story.reports[session.id]
            down_the_leg |= leg_sign_in(reports)
            recent = leg_sign_in(reports) and ago <= 7
            for item in session.items:
                named[item.chain or item.exercise] += (3 if recent else 1) * (
                    item.exercise in hurt_in(reports)
                )
    keys = {key for key, count in named.items() if count >= 3}
    return {
        row.id
        for row in CATALOG.exercises.values()
        if (row.chain.id if row.chain else row.id) in keys
        or (down_the_leg and row.spine.range != "none" and row.spine.direction not in ("neutral", "rotation"))
    }


def person_of(one: Given, without: Iterable[str] = ()) -> Person:
    v = one.visit
    base = before_first_session(v.before, v.day)
    request = replace(v.request, pain=one.plan.pain)
    profile = replace(base.profile, dislikes=(*base.profile.dislikes, *base.excluded, *without))
    return Person(profile, base, v.standing, request)
