"""Lives told day by day: who somebody is, what each of their days brings, and the journal that comes of it.

A day is a ``Doing``, so that a failure can print it and hypothesis can take days away (tests/lives_at_random.py draws
both).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from backmove.core.plan import Plan
from backmove.core.profile import Place
from backmove.core.record import Checkin, Direction, Exclude, Flare
from life import Life


@dataclass(frozen=True)
class Who:
    """Somebody at the start of their journal: the profile they set and the answers they give."""

    profile: dict[str, Any]
    answers: dict[str, Any]


@dataclass(frozen=True)
class Tale:
    """What was said of a session. ``hurts`` and ``skips`` are places in it; ``efforts`` go to its first rows."""

    status: str = "done"
    effort: int | None = 5
    peak: int | None = None
    leg: str | None = None
    soreness: bool = False
    hurts: tuple[int, ...] = ()
    skips: tuple[int, ...] = ()
    efforts: tuple[int, ...] = ()
    twice: bool = False


@dataclass(frozen=True)
class Doing:
    """One day. ``days``: how long after the day before. What is None or False did not happen."""

    days: int = 1
    hour: int = 9
    pain: int = 2
    morning: int | None = None
    session: bool = True
    tale: Tale | None = field(default_factory=Tale)
    minutes: int | None = None
    place: Place | None = None
    gentle: bool = False
    another: bool = False
    again: bool = False
    unsure: bool = False
    sign: str | None = None
    log: int | None = None
    leg: str | None = None
    sleep: int | None = None
    walk: int | None = None
    limb: int | None = None
    flare: bool | None = None
    profile: tuple[str, Any] | None = None
    exclude: str | None = None
    direction: tuple[str, str] | None = None
    confidence: int | None = None
    answers: dict[str, Any] = field(default_factory=dict)


def lived(who: Who, doings: Iterable[Doing], life: Life | None = None) -> Life:
    """The journal of these days; ``life``: the one before them, which goes on."""
    if life is None:
        life = Life()
        life.set(**who.profile)
        life.triage(**who.answers)
    for doing in doings:
        _a_day(life, who, doing)
    return life


def _a_day(life: Life, who: Who, doing: Doing) -> None:
    yesterday = life.diary.session_on(life.today)
    life.wait(doing.days, hour=doing.hour)
    if doing.morning is not None and yesterday is not None and doing.days == 1:
        life.log(doing.morning, morning=True)
    if doing.log is not None or doing.walk is not None:
        asked = {"leg": doing.leg, "sleep": doing.sleep} if doing.log is not None else {}
        life.log(doing.log, walk=doing.walk, limb=doing.limb, **asked)
    if doing.flare is not None:
        life.write(Flare, on=doing.flare)
    if doing.profile is not None:
        life.set(**{doing.profile[0]: doing.profile[1]})
    if doing.exclude is not None:
        life.write(Exclude, exercise=doing.exclude, on=doing.exclude not in life.diary.excluded)
    if doing.direction is not None:
        life.write(Direction, bending=doing.direction[0], arching=doing.direction[1])
    if doing.confidence is not None:
        life.write(Checkin, confidence=doing.confidence)
    if doing.session:
        _a_visit(life, who, doing)


def _a_visit(life: Life, who: Who, doing: Doing) -> None:
    if not life.standing.open:
        life.session(doing.pain)  # the refusal is written down
        _answer_again(life, who, doing)
    said: dict[str, Any] = {"dc5": "u"} if doing.unsure else {doing.sign: "y"} if doing.sign else {}
    asked: dict[str, Any] = {"minutes": doing.minutes, "place": doing.place, "gentle": doing.gentle}
    visit = life.session(doing.pain, **asked, **said)
    if doing.another:
        life.session(another=True, **asked)
    if doing.again:
        life.session(min(doing.pain + 1, 10), **asked)
    if isinstance(visit.outcome, Plan) and doing.tale is not None and life.diary.session_on(life.today):
        _report(life, doing.tale)
        if doing.again and life.standing.open:
            life.session()


def _answer_again(life: Life, who: Who, doing: Doing) -> None:
    """The questions again; a sign that still holds is looked at by a clinician, who says yes."""
    calm = {name: who.answers[name] for name in who.answers if name not in ("onset_days", "pain_now")}
    calm |= {"onset_days": who.answers.get("onset_days", 400) + 30, "pain_now": doing.pain}
    last = life.triage(**calm | doing.answers)
    if last.disposition in ("EMERGENCY", "SAME_DAY", "CLINICIAN_FIRST"):
        rules = sorted({rule for t in life.diary.triages for rule in t.rules if not rule.startswith("P-")})
        life.triage(**calm, cleared_rules=rules, clearance=_clearance(life.today))


def _clearance(day: str) -> dict[str, str]:
    return {"who": "hospital", "date": day} | dict.fromkeys(
        ("looked_at_sign", "exercise_fine", "nothing_worse"), "y"
    )


def _report(life: Life, tale: Tale) -> None:
    given = life.diary.session_on(life.today)
    assert given is not None
    rows = [item.exercise for item in given.items]
    words: dict[str, Any] = {
        "effort": tale.effort,
        "peak": tale.peak,
        "leg": tale.leg,
        "soreness": tale.soreness,
        "efforts": [f"{row}={effort}" for row, effort in zip(rows, tale.efforts, strict=False)],
        "hurt": sorted({rows[n % len(rows)] for n in tale.hurts}),
        "skipped": sorted({rows[n % len(rows)] for n in tale.skips}),
    }
    status: dict[str, Any] = {"done": {}, "partly": {"partly": True}}.get(
        tale.status, {"stopped": tale.status}
    )
    life.done(**words, **status)
    if tale.twice:
        life.done(**status, peak=tale.peak)
