"""How much walking a day asks for: the plan's minutes, made less for a sore day, a flare-up, or the first weeks.

Minutes are whole. The rows that go with them are chosen in ``core/walking.py``; nothing here needs the library.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from backmove.core.clearance import Standing
from backmove.core.course_figures import WalkFigures
from backmove.core.days import monday_of
from backmove.core.diary import Diary
from backmove.core.exercise import Stage
from backmove.core.flare import Phase, flare_of, usual_as_of
from backmove.core.notice import Notice
from backmove.core.parameters import Parameters
from backmove.core.placement import usual_start
from backmove.core.plan import Pace
from backmove.core.profile import Place, Profile
from backmove.core.record import AnyRecord, Pain, Session, Walk
from backmove.core.response import Visit
from backmove.core.walking_plan import WalkPlan
from backmove.core.walking_weeks import walking_plan
from backmove.core.zone import Mode, Zone, stage_of, usual_pain, zone_of

EASY, STEADY, WHOLE = 1, 2, 3
"""Levels of the rows of the plan: an easy walk, a steady one, and half an hour."""
_NO_WALK: Final = ("EMERGENCY", "SAME_DAY")
"""With these results nobody is sent for a walk (rulings 3.15)."""
SORE_LEG: Final = (
    "A sore foot, shin, knee or hip: walks get no longer for now. Flat, soft ground and shoes you like may help; "
    "one walk of the week can be on a bike, in water or sitting down. If it gets worse, ask a physio or doctor."
)
_ASK_FIRST: Final = ("new-red-flag", "pain-too-high")
"""Nor while something new or strong pain waits for the safety questions."""


class Asked(Struct, frozen=True):
    """What is asked for before the day makes it less. ``plan`` is None in the first weeks of a spell."""

    minutes: int
    days: int
    plan: WalkPlan | None


class DaysWalk(Struct, frozen=True):
    """The walk of a day. ``done``: days of this week with a walk; ``today``: minutes walked today. ``relief``: half of
    it, for a flare-up. ``seated``: a person who sits or cannot walk. ``plan`` is None in the first weeks."""

    minutes: int
    days: int
    done: int
    today: int
    relief: bool
    seated: bool
    plan: WalkPlan | None

    @property
    def due(self) -> bool:
        return self.done < self.days


def may_walk(standing: Standing) -> bool:
    """Whether a walk may be named at all (rulings 3.15)."""
    return standing.disposition not in _NO_WALK and not any(r.code in _ASK_FIRST for r in standing.reasons)


def sits(profile: Profile, place: Place | str) -> bool:
    """Somebody who sits, today or always, or who said that no walk is comfortable."""
    return Place.CHAIR in (profile.place, place) or profile.walk_minutes == 0


def asked_of(
    diary: Diary,
    today: str,
    stage: Stage,
    pain: int | None,
    parameters: Parameters,
    *,
    begins: bool,
    visits: Sequence[Visit] | None = None,
) -> Asked:
    """The plan's minutes; in the first weeks of a spell an easy walk and no plan. ``begins`` and ``visits``: see
    ``walking_plan``."""
    walk = parameters.walk
    begins = begins and stage is not Stage.ACUTE
    plan = walking_plan(diary, today, parameters, pain=pain, begins=begins, visits=visits)
    if plan is not None and stage is not Stage.ACUTE:
        return Asked(plan.minutes, plan.days, plan)
    usual = plan.minutes if plan else usual_start(diary.profile.walk_minutes, walk)
    return Asked(min(usual, walk.easy_most.value), walk.days.value, None)


def eased(minutes: int, level: int, *, relief: bool, walk: WalkFigures) -> int:
    """The minutes of a day on which rows of at most ``level`` are open; half of them in a flare-up (R-E2)."""
    if relief:
        return max(walk.easy_least.value, minutes * walk.flare_share.value // 100)
    most = {EASY: walk.easy_most.value, STEADY: walk.steady_most.value}
    return min(minutes, most.get(level, minutes))


def pace_of(plan: WalkPlan | None, walk: WalkFigures) -> Pace:
    """What may be offered once the goal has been met for some weeks: brisk parts, then hills (I4)."""
    if plan is None or plan.brake is not None or plan.limb or plan.goal_met_weeks < walk.goal_weeks.value:
        return Pace.TALK
    return Pace.HILLS if plan.goal_met_weeks >= 2 * walk.goal_weeks.value else Pace.BRISK


def pace_today(walk: DaysWalk | None, standing: Standing, figures: WalkFigures) -> Pace:
    """What may be offered today: nothing more than easy on a sore day, or while care is asked for."""
    if walk is None or walk.plan is None or walk.seated or walk.minutes < walk.plan.minutes:
        return Pace.TALK
    return Pace.TALK if standing.careful or standing.gentle else pace_of(walk.plan, figures)


def walked_days(diary: Diary, today: str) -> int:
    """Days of this week with a walk, today included."""
    return len({walk.day for walk in diary.walks if monday_of(today) <= walk.day <= today})


def walk_today(diary: Diary, standing: Standing, today: str, parameters: Parameters) -> DaysWalk | None:
    """The walk of today, whether a session was given yet or not; None before the first, or while none may be named."""
    if not diary.sessions or not may_walk(standing):
        return None
    session = diary.session_on(today)
    stage = Stage(session.stage) if session else stage_of(diary, today, parameters)
    pain = _pain(diary, session, today)
    asked = asked_of(diary, today, stage, pain, parameters, begins=False)
    level, relief = _limits(diary, standing, session, stage, today, parameters)
    return DaysWalk(
        minutes=eased(asked.minutes, level, relief=relief, walk=parameters.walk),
        days=asked.days,
        done=walked_days(diary, today),
        today=sum(walk.minutes for walk in diary.walks if walk.day == today),
        relief=relief,
        seated=sits(diary.profile, session.place if session else diary.profile.place),
        plan=asked.plan,
    )


def after_walk(
    records: Iterable[AnyRecord], diary: Diary, standing: Standing, today: str, parameters: Parameters
) -> Iterator[Notice]:
    """What to say of a walk or a sore leg that was just written down. ``diary`` holds the ``records`` already."""
    if not may_walk(standing):
        return
    said = [record for record in records if isinstance(record, Walk | Pain)]
    if any((record.limb or 0) >= parameters.walk.limb.value for record in said):
        yield Notice("sore-leg", SORE_LEG)
    day = walk_today(diary, standing, today, parameters)
    this_week = any(isinstance(r, Walk) and monday_of(r.day) == monday_of(today) for r in said)
    if day is not None and day.plan is not None and this_week:
        yield Notice("walk-week", _week_so_far(day.plan))


def _week_so_far(plan: WalkPlan) -> str:
    days = f"{plan.walked_days} of {plan.days} days"
    end = ". This week's walking is done." if not plan.minutes_left else "."
    return f"This week: {plan.walked} of {plan.week_minutes} min walked, {days}{end}"


def _limits(
    diary: Diary,
    standing: Standing,
    session: Session | None,
    stage: Stage,
    today: str,
    parameters: Parameters,
) -> tuple[int, bool]:
    """The highest level of today's rows and whether it is a relief day, as a session given now would have them."""
    pain = _pain(diary, session, today)
    flare = flare_of(diary, today, pain, parameters)
    relief = flare is not None and flare.phase is Phase.RELIEF
    zones = [Zone(session.zone)] if session else []
    if pain is not None:
        usual = usual_pain(diary, usual_as_of(flare, today, parameters), parameters)
        zones.append(zone_of(pain, usual, stage, parameters.zone))
    if flare is not None and flare.phase is Phase.AMBER:
        zones.append(Zone.AMBER)
    if relief or standing.gentle or stage is Stage.ACUTE or Zone.RED in zones:
        return EASY, relief or (session is not None and session.mode == Mode.FLARE)
    return (STEADY if standing.careful or Zone.AMBER in zones else WHOLE), False


def _pain(diary: Diary, session: Session | None, today: str) -> int | None:
    """The highest pain said today."""
    said = [score for score in (diary.pain_on(today), session.pain if session else None) if score is not None]
    return max(said) if said else None
