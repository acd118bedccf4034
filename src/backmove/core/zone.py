"""What today is like: the stage of the spell, the usual pain, and the zone of today's pain (R-C, R-D).

Zones are ordered: green, amber, red; more pain never gives a lighter one. Sources of the numbers:
parameters.yaml.
"""

from enum import StrEnum
from itertools import pairwise
from statistics import median

from backmove.core.days import days_after, days_between
from backmove.core.diary import Diary
from backmove.core.exercise import Stage
from backmove.core.parameters import Parameters, StageFigures, ZoneFigures


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


def usual_pain(diary: Diary, today: str, parameters: Parameters) -> float:
    """The median of what was said before sessions in the days before today, one value a day (its highest).

    With too few such days: the lower of the profile and the last triage; with neither, 0 (rulings 3.1).
    """
    first = days_after(today, -parameters.usual.days.value)
    by_day: dict[str, int] = {}
    said = [(s.day, s.pain) for s in diary.sessions] + [
        (p.day, p.score) for p in diary.pains if p.before_session
    ]
    for day, score in said:
        if first <= day < today:
            by_day[day] = max(score, by_day.get(day, 0))
    if len(by_day) >= parameters.usual.entries_min.value:
        return median(by_day.values())
    last = diary.last_triage
    told = [diary.profile.usual_pain, last.pain_usual if last else None]
    return min((score for score in told if score is not None), default=0)


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
    return Stage.MAINTENANCE if _recovered(diary, today, parameters.stage) else Stage.CHRONIC


def _recovered(diary: Diary, today: str, figures: StageFigures) -> bool:
    """N1: four weeks of hardly any pain, with a word about it at least weekly."""
    first = days_after(today, -figures.recovered_days.value)
    entries = [(p.day, p.score) for p in diary.pains] + [(s.day, s.pain) for s in diary.sessions]
    begin = max((day for day, _ in entries if day <= first), default=None)
    if begin is None:
        return False
    window = [(day, score) for day, score in entries if begin <= day < today]
    if any(score > figures.recovered_pain_max.value for _, score in window):
        return False
    days = [*sorted({day for day, _ in window}), today]
    return all(days_between(a, b) <= figures.recovered_gap_max.value for a, b in pairwise(days))


def flare_on(diary: Diary) -> bool:
    """Whether the person's last word about a flare-up was that it is on. Their word is enough (E1)."""
    return bool(diary.flares) and diary.flares[-1].on


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
