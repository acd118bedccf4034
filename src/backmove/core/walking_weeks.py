"""The walking plan from week to week: a replay of the records (R-I, R-E4, R-G, rulings 3.15, 4.3 and 4.8).

Conventions: minutes are whole and of one walking day (parts of a day add up); weeks begin on Monday; days are ISO
dates. A week is judged when it is over. A week without any walk noted is unknown, not missed: it holds, and the days
since the last walk lower the plan. They count from the last walk, which is the safer reading of a gap; until a first
walk is noted in the plan, from the last session that was done.
"""

from collections.abc import Sequence
from typing import Final

from backmove.core.course_figures import GapFigures, WalkFigures
from backmove.core.days import days_after, days_between, monday_of
from backmove.core.diary import Diary
from backmove.core.parameters import Parameters
from backmove.core.response import Visit
from backmove.core.walking_facts import WEEK, Begin, Brake, Facts, Noted, beginning, facts_of, noted_of
from backmove.core.walking_plan import NextWeek, Turn, WalkPlan, WalkWeek

KEPT: Final = 70
"""Of 100 minutes a bad week leaves at least so many (I34); only a gap of more than four weeks takes half."""


def walking_plan(
    diary: Diary,
    today: str,
    parameters: Parameters,
    *,
    pain: int | None = None,
    begins: bool = False,
    visits: Sequence[Visit] | None = None,
) -> WalkPlan | None:
    """The plan as it stands on ``today``; None before it begins.

    It begins in the week of the first session after the acute stage; ``begins``: such a session is being planned
    now. ``pain``: today's, where it is known and not yet written down; ``visits``: the sessions as they were taken,
    where the caller has them. Records of later days are not read.
    """
    begin = beginning(diary, today, parameters, begins=begins)
    if begin is None:
        return None
    facts = facts_of(diary, today, pain, parameters, visits)

    def replay() -> tuple[Begin, Facts, WalkPlan]:
        return begin, facts, _plan(begin, facts, today, parameters)

    *known, plan = diary.once(("walking", today), replay, parameters)
    return plan if known == [begin, facts] else _plan(begin, facts, today, parameters)


def _plan(begin: Begin, facts: Facts, today: str, parameters: Parameters) -> WalkPlan:
    """The plan replayed from its beginning."""
    state = _Replay(begin, facts, parameters)
    back = state.live_until(today)
    minutes, days, gap = state.shown(today)
    monday = monday_of(today)
    week = facts.noted.in_week(monday)
    lowered = gap > 0 and minutes < state.anchor_minutes
    return WalkPlan(
        began=monday_of(begin.day),
        start=begin.minutes,
        start_days=parameters.walk.days.value,
        minutes=minutes,
        days=days,
        walked=sum(week.values()),
        walked_days=len(week),
        turn=Turn.GAP if lowered else state.turn,
        before=state.anchor_minutes if lowered else state.before,
        gap=gap,
        gap_of_walks=state.anchor_is_walk,
        brake=_brake(facts, today, back=back or gap > 0),
        limb=any(days_between(day, today) <= WEEK for day in facts.noted.limb_days),
        goal_met_weeks=_goal_weeks(facts.noted, today, parameters.walk),
        goal=(parameters.walk.most.value, parameters.walk.goal_days.value),
        next=_next_week(minutes, days, parameters.walk),
        weeks=tuple(state.weeks),
    )


def _brake(facts: Facts, today: str, *, back: bool) -> Brake | None:
    """What is known today of the week that follows."""
    monday = monday_of(today)
    if monday in facts.too_much:
        return Brake.TOO_MUCH
    return facts.brake(monday, today) or (Brake.BACK if back else None)


def goal_met_for(diary: Diary, today: str, parameters: Parameters) -> int:
    """Weeks in a row with the whole walking goal, up to last week, and this one once it is met.

    A week meets it with enough days of the full minutes each, and without foot, shin, knee or hip pain. What was
    walked counts, whether there was a plan for it or not.
    """
    return _goal_weeks(noted_of(diary, today, parameters.walk), today, parameters.walk)


def _goal_weeks(noted: Noted, today: str, walk: WalkFigures) -> int:
    monday = monday_of(today)
    weeks = int(_meets_goal(noted, monday, walk))
    while _meets_goal(noted, monday := days_after(monday, -WEEK), walk):
        weeks += 1
    return weeks


def _meets_goal(noted: Noted, monday: str, walk: WalkFigures) -> bool:
    full = sum(minutes >= walk.most.value for minutes in noted.in_week(monday).values())
    return full >= walk.goal_days.value and not noted.limb_in_week(monday)


def _next_week(minutes: int, days: int, walk: WalkFigures) -> NextWeek:
    week = minutes * days
    more, more_days = risen(minutes, days, walk)
    return NextWeek(
        enough=_at_least(week * walk.enough.value),
        half=_at_least(week * walk.half.value),
        minutes=more,
        days=more_days,
        less=fallen(minutes, minutes, walk),
    )


def risen(minutes: int, days: int, walk: WalkFigures) -> tuple[int, int]:
    """Minutes and days after a week with enough (I2): a share more, at least and at most so many, up to the goal."""
    step = _nearest(minutes * walk.step_share.value)
    more = min(minutes + min(max(step, walk.step_least.value), walk.step_most.value), walk.most.value)
    return more, walk.goal_days.value if more >= walk.more_days_from.value else days


def fallen(minutes: int, monday_minutes: int, walk: WalkFigures) -> int:
    """Minutes after a week that was too much, or with less than half (I2). ``monday_minutes``: what it began with."""
    less = _nearest(minutes * (100 - walk.back_share.value))
    least = max(walk.easy_least.value, _at_least(monday_minutes * KEPT))
    return min(minutes, max(less, least))


def after_gap(minutes: int, gap: int, figures: GapFigures) -> int:
    """Minutes after so many days without a walk (R-G). ``minutes``: those in force on the last one."""
    least = min(figures.walk_least.value, minutes)
    if gap >= figures.restart.value:
        return max(least, _nearest(minutes * (100 - figures.walk_restart.value)))
    if gap >= figures.step.value:
        return max(least, _at_least(minutes * (100 - figures.walk_step.value)))
    if gap >= figures.rung.value:
        return max(least, _nearest(minutes * (100 - figures.walk_rung.value)))
    return minutes


def _nearest(hundredths: int) -> int:
    return (hundredths + 50) // 100


def _at_least(hundredths: int) -> int:
    return -(-hundredths // 100)


class _Replay:
    """The plan on its way through the weeks. ``anchor``: the last day that ends a gap, and what it asked for."""

    def __init__(self, begin: Begin, facts: Facts, parameters: Parameters) -> None:
        self.begin, self.facts = begin, facts
        self.walk, self.gaps = parameters.walk, parameters.gap
        self.minutes, self.days = begin.minutes, parameters.walk.days.value
        self.turn, self.before = Turn.BEGAN, begin.minutes
        self.anchor, self.anchor_is_walk = begin.day, False
        self.anchor_minutes, self.anchor_days = self.minutes, self.days
        self.weeks: list[WalkWeek] = []
        self._active = facts.session_days | facts.noted.minutes.keys()
        self._to_come = sorted((day for day in self._active if day >= begin.day), reverse=True)

    def live_until(self, today: str) -> bool:
        """Judge every week that is over and live through the days of this one; whether a gap ended in it."""
        monday = monday_of(self.begin.day)
        while True:
            began_with = self.shown(monday)[0]
            back = self._live_through(monday)
            if days_after(monday, WEEK) > today:
                return back
            self._judge(monday, began_with, back=back)
            monday = days_after(monday, WEEK)

    def shown(self, day: str) -> tuple[int, int, int]:
        """Minutes, days a week and the gap (0 while it is short) as they stand on a day."""
        gap = days_between(self.anchor, day)
        if gap < self.gaps.rung.value:
            return self.minutes, self.days, 0
        minutes = min(self.minutes, after_gap(self.anchor_minutes, gap, self.gaps))
        return minutes, min(self.anchor_days, self._days_for(minutes)), gap

    def _days_for(self, minutes: int) -> int:
        """Few minutes go with the days of the start."""
        return self.days if minutes >= self.walk.more_days_from.value else self.walk.days.value

    def _live_through(self, monday: str) -> bool:
        """Bring the anchor to the last walk of the week; whether a gap ended in it."""
        back = False
        after = days_after(monday, WEEK)
        while self._to_come and self._to_come[-1] < after:
            day = self._to_come.pop()
            walked = day in self.facts.noted.minutes
            if self.anchor_is_walk and not walked:
                continue
            minutes, self.days, gap = self.shown(day)
            if gap and minutes < self.anchor_minutes:
                self.turn, self.before = Turn.GAP, self.anchor_minutes
            back = back or gap > 0
            self.minutes = minutes
            self.anchor, self.anchor_minutes, self.anchor_days = day, minutes, self.days
            self.anchor_is_walk = self.anchor_is_walk or walked
        return back

    def _judge(self, monday: str, began_with: int, *, back: bool) -> None:
        """The end of a week (I2)."""
        minutes, days = self.minutes, self.days
        week = self.facts.noted.in_week(monday)
        turn = self._turn(monday, sum(week.values()), back=back)
        if turn is Turn.ROSE:
            self.minutes, self.days = risen(minutes, days, self.walk)
        elif turn in (Turn.FELL, Turn.TOO_MUCH):
            self.minutes = fallen(minutes, began_with, self.walk)
            self.days = self._days_for(self.minutes)
        self.turn, self.before = turn, minutes
        self.weeks.append(WalkWeek(monday, minutes, days, sum(week.values()), len(week), turn))

    def _turn(self, monday: str, walked: int, *, back: bool) -> Turn:
        if monday in self.facts.too_much:
            return Turn.TOO_MUCH
        if not walked or back:
            return Turn.BACK if walked else Turn.UNSAID
        asked = self.minutes * self.days
        enough = walked * 100 >= asked * self.walk.enough.value
        if enough and risen(self.minutes, self.days, self.walk) == (self.minutes, self.days):
            return Turn.GOAL
        brake = self.facts.brake(monday, days_after(monday, WEEK - 1))
        if brake is not None and (enough or brake.excuses):
            return Turn(brake.value)
        if walked * 100 >= asked * self.walk.half.value:
            return Turn.ROSE if enough else Turn.STAYED
        if self._is_short(monday):
            return Turn.SHORT
        return Turn.AWAY if self._is_away(monday) else Turn.FELL

    def _is_short(self, monday: str) -> bool:
        """A first week that began too late for all its walks."""
        left = WEEK - days_between(monday, self.begin.day)
        return monday == monday_of(self.begin.day) and left < self.walk.days.value

    def _is_away(self, monday: str) -> bool:
        """Nothing at all on the last days of the week. Two such weeks in a row are no excuse."""
        last_days = [days_after(monday, WEEK - back) for back in range(1, self.gaps.hold.value)]
        return self.turn is not Turn.AWAY and self._active.isdisjoint(last_days)
