"""What the records say about walking, week by week: minutes noted, sore legs, and what keeps a week from rising.

Minutes are whole; weeks are named by their Monday; days are ISO dates. Records of days after today are not read, and
the order of the file changes nothing.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from operator import attrgetter
from typing import Final

from msgspec import Struct

from backmove.core.course_figures import WalkFigures
from backmove.core.days import days_after, days_between, monday_of
from backmove.core.diary import Diary
from backmove.core.exercise import Stage
from backmove.core.flare_spells import flare_spells
from backmove.core.parameters import Parameters
from backmove.core.placement import usual_start
from backmove.core.record import BAD_LEGS, Record, Walk
from backmove.core.response import Response, Visit, visits_of
from backmove.core.spells import FlareSpell

WEEK: Final = 7
_BEGUN: Final = attrgetter("begun")
_OPEN: Final = ("SELF_CARE", "CAREFUL")
_HELD_BY: Final = (
    "new-red-flag",
    "pain-too-high",
    "three-overloads",
    "steady-worsening",
    "leg-further",
    "needs-clearance",
)
"""Refusals that speak of the body; one for answers that ran out does not hold a walk back."""


class Brake(StrEnum):
    """Why the walk cannot become longer next week, the first that holds."""

    HELD = "held"
    """The safety questions, strong pain or a leg came first."""
    FLARE = "flare"
    ACUTE = "acute"
    LIMB = "limb"
    """Foot, shin, knee or hip pain."""
    QUIET = "quiet"
    """The days after a flare-up."""
    BACK = "back"
    """The first week after a gap."""
    TOO_MUCH = "too-much"
    """A session of this week was too much: next week has less."""

    @property
    def excuses(self) -> bool:
        """Whether less was asked for, so that few minutes lower nothing."""
        return self in (Brake.HELD, Brake.FLARE, Brake.ACUTE)


class Noted(Struct, frozen=True):
    """What was noted: minutes by day, also sorted into weeks, and the days (and the weeks) with foot, shin, knee or
    hip pain that counts."""

    minutes: Mapping[str, int]
    weeks: Mapping[str, Mapping[str, int]]
    limb_days: frozenset[str]
    limb_weeks: frozenset[str]

    def in_week(self, monday: str) -> Mapping[str, int]:
        """The days of a week with a walk, and their minutes."""
        return self.weeks.get(monday, {})

    def limb_in_week(self, monday: str) -> bool:
        return monday in self.limb_weeks


class Facts(Struct, frozen=True):
    """``session_days``: with a session done. ``too_much``, ``acute`` and ``held`` name weeks: with a session that was
    too much, in the first weeks of a spell, and with something that came first. ``results``: days and dispositions of
    the safety questions. ``flares`` are in order, one after the other."""

    noted: Noted
    session_days: frozenset[str]
    too_much: frozenset[str]
    acute: frozenset[str]
    held: frozenset[str]
    results: Sequence[tuple[str, str]]
    flares: Sequence[FlareSpell]
    quiet_days: int

    def brake(self, monday: str, until: str) -> Brake | None:
        """What keeps the walk of the week after ``monday`` from getting longer, as seen on ``until``."""
        if monday in self.held or not self._open_on(until):
            return Brake.HELD
        begun = bisect_right(self.flares, until, key=_BEGUN)
        last_flare = self.flares[begun - 1].ended if begun else ""
        if last_flare >= monday:
            return Brake.FLARE
        if monday in self.acute:
            return Brake.ACUTE
        if self.noted.limb_in_week(monday):
            return Brake.LIMB
        quiet = days_after(monday, WEEK - self.quiet_days)
        return Brake.QUIET if last_flare >= quiet else None

    def _open_on(self, day: str) -> bool:
        """Whether the last answers to the safety questions allowed sessions then."""
        last = next((result for asked, result in reversed(self.results) if asked <= day), _OPEN[0])
        return last in _OPEN


class Begin(Struct, frozen=True):
    """The day and the minutes a plan begins with."""

    day: str
    minutes: int


def noted_of(diary: Diary, today: str, walk: WalkFigures) -> Noted:
    """Walks and sore legs up to today."""
    return diary.once(("walks", today), lambda: _noted(diary, today, walk), walk)


def _noted(diary: Diary, today: str, walk: WalkFigures) -> Noted:
    minutes: dict[str, int] = {}
    for record in diary.walks:
        if record.day <= today:
            minutes[record.day] = minutes.get(record.day, 0) + record.minutes
    weeks: dict[str, dict[str, int]] = {}
    for day, walked in minutes.items():
        weeks.setdefault(monday_of(day), {})[day] = walked
    told = [(w.day, w.limb) for w in diary.walks if w.limb] + [(p.day, p.limb) for p in diary.pains if p.limb]
    sore = frozenset(day for day, limb in told if day <= today and limb >= walk.limb.value)
    return Noted(minutes, weeks, sore, frozenset(map(monday_of, sore)))


def facts_of(
    diary: Diary,
    today: str,
    pain: int | None,
    parameters: Parameters,
    taken: Sequence[Visit] | None = None,
) -> Facts:
    """All that moves the plan or holds it. ``pain``: today's, where it is known and not yet written down."""
    taken = visits_of(diary, today, pain) if taken is None else taken
    visits = [visit for visit in taken if visit.session.day <= today]
    acute, held, results = diary.once("walking", lambda: _told(diary))
    return Facts(
        noted=noted_of(diary, today, parameters.walk),
        session_days=frozenset(visit.session.day for visit in visits if visit.completed),
        too_much=frozenset(monday_of(v.day) for v in visits if v.response is Response.OVERLOAD),
        acute=acute,
        held=frozenset(monday_of(day) for day in held if day <= today),
        results=results,
        flares=flare_spells(diary, today, parameters),
        quiet_days=parameters.flare.quiet_days.value,
    )


def _told(diary: Diary) -> tuple[frozenset[str], frozenset[str], list[tuple[str, str]]]:
    """The weeks with a session in the acute stage, the days on which something came first, and the results."""
    held = [r.day for r in diary.pains if r.leg in BAD_LEGS]
    held += [r.day for r in diary.refusals if not {r.code, *r.codes}.isdisjoint(_HELD_BY)]
    held += [t.day for t in diary.triages if t.disposition not in _OPEN]
    acute = frozenset(monday_of(s.day) for s in diary.sessions if s.stage == Stage.ACUTE)
    return acute, frozenset(held), [(t.day, t.disposition) for t in diary.triages]


def beginning(diary: Diary, today: str, parameters: Parameters, *, begins: bool) -> Begin | None:
    """When the plan begins (rulings 3.15) and with how many minutes (I1); None: not yet.

    ``begins``: the first session after the acute stage is being planned now.
    """
    given = [s for s in diary.sessions if s.stage != Stage.ACUTE and s.day <= today]
    if not given and not begins:
        return None
    day = min((s.day for s in given), default=today)
    first = min((_moment(s) for s in given if s.day == day), default=None)
    before = [w for w in _walks(diary, day) if first is None or _moment(w) < first]
    asked = any(s.day <= day and s.stage == Stage.ACUTE and s.outings for s in diary.sessions)
    return Begin(day, _start(before, day, diary.profile.walk_minutes, parameters, asked=asked))


def _start(before: Iterable[Walk], day: str, told: int | None, parameters: Parameters, *, asked: bool) -> int:
    """The start from the last comfortable walks of four weeks, else from what the profile says.

    Walks that kept to what was ``asked`` in the first weeks of a spell are a share already: the plan does not go
    below them.
    """
    walk = parameters.walk
    recent = [w for w in before if days_between(w.day, day) < parameters.gap.restart.value]
    comfortable = [w.minutes for w in recent if (w.limb or 0) < walk.limb.value][-walk.baseline.value :]
    usual = usual_start(told, walk)
    if not comfortable:
        return usual
    mean = sum(comfortable) // len(comfortable)
    kept = min(usual, walk.easy_most.value, mean) if asked else 0
    return max(usual_start(mean, walk), kept)


def _walks(diary: Diary, until: str) -> list[Walk]:
    """The walks up to a day, by the time they tell of."""
    walks = [record for record in diary.walks if record.day <= until]
    return sorted(walks, key=lambda record: (_moment(record), record.id))


def _moment(record: Record) -> datetime:
    return datetime.fromisoformat(record.at)
