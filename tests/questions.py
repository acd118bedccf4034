"""The shipped questionnaire, and people who answer it."""

from datetime import date
from functools import cache
from typing import Any

from backmove.core.assess import Assessment, assess
from backmove.core.condition import Answers
from backmove.core.interview import Reply, Walk, calm_reply, replay
from backmove.core.questionnaire import Claim, Questionnaire
from backmove.store.resources import resource
from backmove.store.triage_file import read_questionnaire
from battery import calm

TODAY = date(2026, 11, 21)


@cache
def shipped() -> Questionnaire:
    return read_questionnaire(resource("triage.yaml"))


def told(**changes: Any) -> Answers:
    """Everything answered, calm but for the changes. A value of ``...`` leaves the answer out."""
    answers = {**calm(shipped()), **changes}
    lists = {name: tuple(value) for name, value in answers.items() if isinstance(value, list)}
    return {name: value for name, value in {**answers, **lists}.items() if value is not ...}


def result_of(claim: Claim | None = None, **changes: Any) -> Assessment:
    """What these answers come to today."""
    return assess(shipped(), told(**changes), claim, today=TODAY)


def claim_for(*rules: str, day: date = TODAY, **changes: Any) -> Claim:
    """A clearance by a doctor that says all that it has to say."""
    said = {"who": "doctor", "looked_at_sign": True, "exercise_fine": True, "nothing_worse": True, **changes}
    return Claim(day=day, rules=rules, **said)


def walked(*said: tuple[str, Reply], start: Answers | None = None) -> Walk:
    """The walk in which these replies are given and every other one is the calm one, as far as it goes."""
    q, wanted = shipped(), dict(said)
    replies: dict[str, Reply] = {}
    walk = replay(q, replies, start)
    while walk.due is not None:
        replies[walk.due.id] = wanted.pop(walk.due.id, calm_reply(q, walk.due, walk.answers))
        walk = replay(q, replies, start)
    assert not wanted, f"never asked: {', '.join(wanted)}"
    return walk


def keys(*chosen: str) -> Reply:
    return Reply(keys=chosen)


def number(value: float) -> Reply:
    return Reply(number=value)
