"""The truth about one simulated person: pain from day to day, and what a session does to it."""

from dataclasses import dataclass
from math import pow as power
from random import Random
from statistics import median

from backmove.core.plan import Plan, PlannedItem
from cohort.models import Model, Telling

_MEMORY = 0.5
"""How much of a good or bad day is left on the next."""
_HARD = 6
_BASE_EFFORT = 4.3
_AFRAID, _LESS = 8.0, 0.6
"""How bad a feared move is thought to be at first, and how much less after each time that it was not."""
_ON_A_LEG = 0.05
"""Chance that a session sends pain further down a sore leg."""


@dataclass(frozen=True)
class Felt:
    """What a session was like: effort by main row 0-10, the most pain 0-10, the row that hurt, the leg."""

    effort: dict[str, int]
    peak: int
    hurt: str | None
    leg: str | None

    @property
    def whole(self) -> int:
        return round(median(self.effort.values()))


class Body:
    """One person's pain for ``days`` days. Every chance comes from ``rng``; a session moves the mornings after it."""

    def __init__(self, model: Model, rng: Random, days: int) -> None:
        self.model = model
        self._rng = Random(rng.random())
        self._sore = [0.0] * (days + 4)
        self._base = rng.uniform(*model.base)
        self.bad = [0.0] * (days + 4)
        self._own = self._curve(days + 4, rng)
        self._sessions = 0
        self._fear = _AFRAID

    def _curve(self, days: int, rng: Random) -> list[float]:
        model = self.model
        curve, mood, left, size = [], 0.0, 0, 0.0
        for day in range(days):
            mood = _MEMORY * mood + rng.gauss(0, model.noise)
            if left == 0 and day > 14 and rng.random() < model.bout:
                left, size = rng.randint(*model.bout_days), rng.uniform(*model.bout_size)
            if left:
                self.bad[day], left, size = size, left - 1, size * 0.88
            curve.append(self._still(day) + model.drift * day / 7 + mood + self.bad[day])
        return curve

    def _still(self, day: int) -> float:
        if not self.model.halves:
            return self._base
        rest = self.model.rests_at
        return rest + (self._base - rest) * power(0.5, day / self.model.halves)

    def pain(self, day: int) -> int:
        """What the person would say on that day."""
        return min(10, max(0, round(self._own[day] + self._sore[day])))

    def morning(self, day: int) -> int:
        """On getting up, a little stiffer than later."""
        return min(10, max(0, round(self._own[day] + self._sore[day] + self._rng.choice((0.0, 0.0, 0.4)))))

    def normal(self, day: int) -> float:
        """The median of the two weeks before: what the person calls normal."""
        return median(self.pain(d) for d in range(max(0, day - 14), day + 1))

    def feels(self, plan: Plan, day: int) -> Felt:
        """Do this session today."""
        model, rng = self.model, self._rng
        self._sessions += 1
        effort = {item.exercise.id: self._effort(item) for item in plan.items if item.block == "main"}
        pain = self._own[day] + self._sore[day]
        peak = min(10, max(0, round(pain + rng.uniform(0, 2 * model.peak))))
        if model.overloads:
            peak = max(peak, rng.randint(6, 7))
            self._sore[day + 1] += 3
        cost = model.irritable * rng.uniform(0.2, 1.6) * (1.4 if max(effort.values()) >= _HARD else 1)
        self._sore[day + 1] += cost
        self._sore[day + 2] += cost / 2
        hardest = max(effort, key=lambda row: effort[row])
        leg = None
        if model.leg is not None:
            leg = model.leg if rng.random() < _ON_A_LEG else "usual"
        hurt = hardest if peak >= _HARD and model.telling is Telling.FULL else None
        return Felt(effort, peak, hurt, leg)

    def fears(self) -> int:
        """How bad the feared move will be, 0-10."""
        return round(self._fear)

    def found(self, day: int) -> int:
        """How bad it was, 0-10; next time it is feared less."""
        self._fear = max(0.0, self._fear - _LESS)
        return min(self.pain(day), 5)

    def _effort(self, item: PlannedItem) -> int:
        """Harder with level and rung, easier with every session done."""
        used = min(1.5, self._sessions * 0.03)
        hard = _BASE_EFFORT + 0.45 * (item.exercise.level - 1) + 0.12 * item.rung - used
        return min(10, max(1, round(hard + self._rng.gauss(0, 0.7))))
