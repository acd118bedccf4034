"""Where walking stands: what this week asks for, what the weeks before it did, and what next week brings (R-I).

Minutes are whole and of one walking day; weeks begin on Monday; days are ISO dates. Nothing here decides anything.
"""

from enum import StrEnum

from msgspec import Struct

from backmove.core.walking_facts import Brake


class Turn(StrEnum):
    """What a week, or days without a walk, did to the minutes. What holds a week has the word of its ``Brake``."""

    BEGAN = "began"
    ROSE = "rose"
    GOAL = "goal"
    """Enough was walked, and there is nothing left to raise."""
    STAYED = "stayed"
    """Half of the week's minutes or more, but not enough to rise."""
    FELL = "fell"
    TOO_MUCH = "too-much"
    """A session of the week was too much."""
    UNSAID = "unsaid"
    """No walk was noted."""
    SHORT = "short"
    """The first week had fewer days left than the plan asks for."""
    AWAY = "away"
    """Neither walk nor session at the end of the week: 4 to 7 days hold (R-G), and what follows is a gap."""
    GAP = "gap"
    BACK = "back"
    """The first week after a gap."""
    HELD = "held"
    FLARE = "flare"
    ACUTE = "acute"
    LIMB = "limb"
    QUIET = "quiet"


class WalkWeek(Struct, frozen=True):
    """A week that is over: what was asked for, what was walked, and what that did to the minutes."""

    monday: str
    minutes: int
    days: int
    walked: int
    walked_days: int
    turn: Turn


class NextWeek(Struct, frozen=True):
    """What next week brings. ``enough`` and ``half`` are minutes of this week: from there on it rises to ``minutes`` on
    ``days`` days, or stays; below half it becomes ``less``."""

    enough: int
    half: int
    minutes: int
    days: int
    less: int


class WalkPlan(Struct, frozen=True):
    """Where walking stands today: ``minutes`` a day on ``days`` days of this week.

    ``began``: its first Monday; ``start``: the minutes it began with. ``turn`` moved the minutes last, from
    ``before``. ``gap``: days since the last walk (``gap_of_walks``) or session, 0 while they are few. ``brake``: why
    next week cannot rise. ``limb``: foot, shin, knee or hip pain in the last seven days. ``goal``: minutes and days a
    week; ``goal_met_weeks``: weeks in a row in which it was met.
    """

    began: str
    start: int
    start_days: int
    minutes: int
    days: int
    walked: int
    walked_days: int
    turn: Turn
    before: int
    gap: int
    gap_of_walks: bool
    brake: Brake | None
    limb: bool
    goal_met_weeks: int
    goal: tuple[int, int]
    next: NextWeek
    weeks: tuple[WalkWeek, ...] = ()

    @property
    def week(self) -> int:
        """This week's number; the first is 1."""
        return len(self.weeks) + 1

    @property
    def week_minutes(self) -> int:
        return self.minutes * self.days

    @property
    def minutes_left(self) -> int:
        return max(0, self.week_minutes - self.walked)

    @property
    def days_left(self) -> int:
        return max(0, self.days - self.walked_days)

    @property
    def at_goal(self) -> bool:
        """The plan asks for the goal: nothing is left to raise."""
        return (self.minutes, self.days) == self.goal
