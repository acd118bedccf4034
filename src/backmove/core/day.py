"""What today is like, before a row is chosen: zone, stage and mode, the minutes after every cap, the last
nights.

Sources of the numbers: parameters.yaml.
"""

from typing import Final

from msgspec import Struct

from backmove.core.clearance import Standing
from backmove.core.diary import Diary
from backmove.core.exercise import Stage
from backmove.core.flare import FlareUp, Phase, flare_of, usual_as_of
from backmove.core.history import History
from backmove.core.missed import days_away
from backmove.core.parameters import Parameters
from backmove.core.plan import Request
from backmove.core.profile import Profile
from backmove.core.response import Visit, visits_of
from backmove.core.zone import Mode, Zone, episode_start, stage_of, usual_pain, zone_of

_OLDER_BANDS: Final = ("65-74", "75+")
_FALL_RISK: Final = "fall-risk"


class Day(Struct, frozen=True):
    """Today. ``requested`` and ``effective`` are minutes; ``cut`` names the cap that shortened the session.

    ``older``: 65 or more; ``steady_first``: that, or at risk of falls. ``poor_nights``: 0, 1 or 2.
    ``days_per_week``: sessions planned. ``away``: days since the last session done, None before the first.
    ``visits``: every reported session, with how it was taken.
    """

    today: str
    pain: int
    usual: float
    zone: Zone
    stage: Stage
    mode: Mode
    flare: FlareUp | None
    episode_start: str | None
    requested: int
    effective: int
    cut: str | None
    older: bool
    steady_first: bool
    poor_nights: int
    days_per_week: int
    away: int | None
    visits: tuple[Visit, ...] = ()


def day_of(
    diary: Diary, standing: Standing, request: Request, today: str, history: History, parameters: Parameters
) -> Day:
    """Today, from the records before today's first session and from what is asked for."""
    stage = stage_of(diary, today, parameters)
    flare = flare_of(diary, today, request.pain, parameters)
    usual = usual_pain(diary, usual_as_of(flare, today, parameters), parameters)
    relief = request.flare or (flare is not None and flare.phase is Phase.RELIEF)
    mode = _mode_of(standing, request, relief, parameters)
    zone = zone_of(request.pain, usual, stage, parameters.zone) if mode is Mode.NORMAL else Zone.RED
    if flare is not None and flare.phase is Phase.AMBER and zone is Zone.GREEN:
        zone = Zone.AMBER
    requested = _requested(diary.profile, request, stage, parameters)
    away = days_away(diary, today)
    effective, cut = _effective(requested, zone, stage, history, away, parameters)
    aged = (standing.age or 0) >= parameters.week.older_age.value or diary.profile.age_band in _OLDER_BANDS
    return Day(
        today=today,
        pain=request.pain,
        usual=usual,
        zone=zone,
        stage=stage,
        mode=mode,
        flare=flare,
        episode_start=episode_start(diary),
        requested=requested,
        effective=effective,
        cut=cut,
        older=aged,
        steady_first=aged or _FALL_RISK in standing.tags,
        poor_nights=_poor_nights(diary, request, today, parameters),
        visits=visits_of(diary, today, request.pain),
        days_per_week=_days_per_week(diary.profile, stage, parameters),
        away=away,
    )


def _mode_of(standing: Standing, request: Request, flare: bool, parameters: Parameters) -> Mode:
    """The strictest mode that anything asks for (rulings 1.14)."""
    gentle = standing.gentle or request.gentle or request.dc5_unsure
    if gentle or request.pain >= parameters.zone.gentle_from.value:
        return Mode.GENTLE
    if request.relief:
        return Mode.RELIEF
    return Mode.FLARE if flare else Mode.NORMAL


def _requested(profile: Profile, request: Request, stage: Stage, parameters: Parameters) -> int:
    if request.minutes is not None:
        return request.minutes
    if stage is Stage.MAINTENANCE and "minutes" not in profile.known:
        return parameters.minutes.maintenance.value
    return profile.minutes


def _days_per_week(profile: Profile, stage: Stage, parameters: Parameters) -> int:
    """What the person chose; to stay well fewer are enough (N2)."""
    if stage is Stage.MAINTENANCE and "days_per_week" not in profile.known:
        return parameters.maintenance.sessions.value
    return profile.days_per_week


def _effective(
    requested: int, zone: Zone, stage: Stage, history: History, away: int | None, parameters: Parameters
) -> tuple[int, str | None]:
    """The minutes after every cap, and the cap that cut them, if one did (B1)."""
    minutes = parameters.minutes
    caps = []
    if history.sessions < parameters.learn.first_until.value:
        caps.append((minutes.first_sessions.value, "first"))
    if away is not None and away >= parameters.gap.rung.value:
        caps.append((parameters.gap.minutes.value, "gap"))
    if zone is Zone.AMBER:
        caps.append((minutes.amber.value, "amber"))
    if stage is Stage.ACUTE:
        caps.append((minutes.acute.value, "acute"))
    if zone is Zone.RED:
        caps.append((minutes.red.value, "red"))
    cap, name = min(caps, default=(minutes.most.value, ""))
    return (cap, name) if cap < requested else (requested, None)


def _poor_nights(diary: Diary, request: Request, today: str, parameters: Parameters) -> int:
    """How many of the last two nights that were told of were poor, back from today; 0 when today's was not
    (C4)."""
    nights = {pain.day: pain.sleep for pain in diary.pains if pain.sleep is not None}
    if request.sleep is not None:
        nights[today] = request.sleep
    if today not in nights:
        return 0
    poor = [nights[day] <= parameters.sleep.poor_max.value for day in sorted(nights)]
    return 0 if not poor[-1] else 1 + any(poor[-2:-1])
