"""What a week should hold, and what of it is still missing (R-H2, R-H3)."""

from typing import Final

from msgspec import Struct

from backmove.core.choices import Category
from backmove.core.history import History
from backmove.core.parameters import WeekFigures

TRUNK: Final = frozenset({Category.MOTOR_CONTROL, Category.CORE})


class Need(Struct, frozen=True):
    """What a week should hold: days with a row of one of these categories, and how many were done (H2).

    ``left``: sessions that the week still has, today's included.
    """

    words: str
    categories: frozenset[Category]
    days: int
    done: int
    left: int = 0

    @property
    def lack(self) -> float:
        """The share that is still missing; 0 when the need is met (H3)."""
        return max(0, self.days - self.done) / self.days

    @property
    def urgent(self) -> bool:
        """Whether every session that is left has to serve it."""
        return self.done < self.days and self.days - self.done >= self.left


def needs_of(history: History, days_planned: int, older: bool, figures: WeekFigures) -> tuple[Need, ...]:
    """This week's needs, the most lacking first; ties keep this order (rulings 4.6)."""
    balance = figures.balance_days_older if older else figures.balance_days
    wanted = (
        ("strength", frozenset({Category.STRENGTH, Category.CORE}), figures.strength_days.value),
        ("trunk control", TRUNK, figures.trunk_days.value),
        ("easy movement", frozenset({Category.MOBILITY, Category.STRETCH}), figures.mobility_days.value),
        ("balance", frozenset({Category.BALANCE}), balance.value),
        ("calm", frozenset({Category.RELAXATION, Category.MIND_BODY}), figures.calm_days.value),
    )
    left = max(1, days_planned - history.week_sessions)
    needs = [
        Need(words, kinds, min(days, days_planned), len(_days_with(kinds, history)), left)
        for words, kinds, days in wanted
    ]
    return tuple(sorted(needs, key=lambda need: -need.lack))


def _days_with(kinds: frozenset[Category], history: History) -> frozenset[str]:
    return frozenset().union(*(history.week_days.get(kind, frozenset()) for kind in kinds))
