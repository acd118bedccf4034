"""What today is like: the stage of the spell, the usual pain, and the zone of today's pain (R-C, R-D).

Zones are ordered: green, amber, red; more pain never gives a lighter one. Sources of the numbers:
parameters.yaml.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Self

from msgspec import Struct

from backmove.core.days import days_between
from backmove.core.diary import Diary
from backmove.core.exercise import Stage
from backmove.core.maintenance import recovered_on
from backmove.core.parameters import Parameters, UsualFigures, ZoneFigures
from backmove.core.triggers import median


class Zone(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Mode(StrEnum):
    """The kind of session, the strictest first."""

    GENTLE = "gentle"
    RELIEF = "relief"
    FLARE = "flare"
    NORMAL = "normal"


class Usual(Struct, frozen=True):
    """Usual pain, on any day: the median of what was said before sessions in the days before it, one value a day
    (its highest).

    With too few such days: the lower of the profile and the last triage; with neither, 0 (rulings 3.1).
    """

    said: Mapping[str, int]
    told: float
    figures: UsualFigures

    @classmethod
    def of(cls, diary: Diary, parameters: Parameters) -> Self:
        last = diary.last_triage
        told = [diary.profile.usual_pain, last.pain_usual if last else None]
        return cls(
            diary.before_sessions,
            min((score for score in told if score is not None), default=0),
            parameters.usual,
        )

    def on(self, day: str) -> float:
        """Usual pain as of that day, 0-10; the day itself does not count."""
        number = date.fromisoformat(day).toordinal()
        before = map(date.fromordinal, range(number - self.figures.days.value, number))
        scores = [score for there in before if (score := self.said.get(there.isoformat())) is not None]
        return median(scores) if len(scores) >= self.figures.entries_min.value else self.told


def usual_pain(diary: Diary, today: str, parameters: Parameters) -> float:
    """Usual pain as of a day, 0-10."""
    return Usual.of(diary, parameters).on(today)


def episode_start(diary: Diary) -> str | None:
    """When this spell began: what the last triage says, else the profile."""
    for triage in reversed(diary.triages):
        if triage.episode_start is not None:
            return triage.episode_start
    return diary.profile.episode_start


def stage_of(diary: Diary, today: str, parameters: Parameters) -> Stage:
    """The stage of the spell. An unknown beginning counts as acute, the strictest (D6)."""
    start = episode_start(diary)
    if start is None:
        return Stage.ACUTE
    age = days_between(start, today)
    if age < parameters.stage.acute_days.value:
        return Stage.ACUTE
    if age <= parameters.stage.subacute_days.value:
        return Stage.SUBACUTE
    return Stage.CHRONIC if recovered_on(diary, today, parameters) is None else Stage.MAINTENANCE


def zone_of(pain: int, usual: float, stage: Stage, figures: ZoneFigures) -> Zone:
    """The zone of today's pain, 0-10 (R-C). Pain that forbids a session is not its business: it says red."""
    steady = pain - usual <= figures.steady_rise_max.value
    if pain <= figures.green_max.value:
        return Zone.GREEN
    if pain <= figures.amber_max.value:
        return Zone.GREEN if steady and stage in (Stage.CHRONIC, Stage.MAINTENANCE) else Zone.AMBER
    if pain <= figures.steady_amber_max.value and steady and usual >= figures.steady_usual_min.value:
        return Zone.AMBER
    return Zone.RED
