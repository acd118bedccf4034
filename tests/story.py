"""A life read anew, from its records alone: how each session was taken, and what each row was given.

Nothing here asks the program what it thinks; the numbers are written out from the specification (4.1, R-F4, R-G).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Literal

from backmove.core.plan import Block, Plan, PlannedItem
from backmove.core.record import Done, Pain, Session
from backmove.core.zone import Mode, Zone
from life import Life, Visit, shown

Response = Literal["ok", "watch", "overload", "none"]
BAD_LEGS = ("further", "new")
SILENCE = 29
"""So many days without a word ask for a new start (R-G)."""


def days_apart(earlier: str, later: str) -> int:
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def week_of(day: str) -> tuple[int, int]:
    year, week, _ = date.fromisoformat(day).isocalendar()
    return year, week


@dataclass(frozen=True)
class Given:
    """A session that was given, the first of its day, with the call that gave it."""

    visit: Visit
    session: Session
    reports: tuple[Done, ...]

    @property
    def day(self) -> str:
        return self.visit.day

    @property
    def plan(self) -> Plan:
        return self.visit.plan

    @property
    def main(self) -> tuple[PlannedItem, ...]:
        return self.plan.block(Block.MAIN)

    @property
    def good_day(self) -> bool:
        return self.plan.zone is Zone.GREEN and self.plan.mode is Mode.NORMAL

    @property
    def completed(self) -> bool:
        return bool(self.reports) and all(done.status != "stopped" for done in self.reports)

    @property
    def hurt(self) -> set[str]:
        return hurt_in(self.reports)

    def row_of(self, key: str) -> PlannedItem | None:
        return next((item for item in self.main if key_of(item) == key), None)


def hurt_in(reports: Sequence[Done]) -> set[str]:
    return {row.exercise for done in reports for row in done.rows if row.hurt}


def leg_sign_in(reports: Sequence[Done]) -> bool:
    return any(done.leg in BAD_LEGS or done.reason == "leg" for done in reports)


def too_much_in(reports: Sequence[Done]) -> bool:
    """Overload by what was said of the session itself."""
    stopped = any(d.status == "stopped" and d.reason in ("pain", "leg") for d in reports)
    return stopped or leg_sign_in(reports) or any((d.peak or 0) >= 6 for d in reports)


def key_of(item: PlannedItem) -> str:
    """A chain, or the row itself where it has none."""
    return item.exercise.chain.id if item.exercise.chain else item.exercise.id


def height(item: PlannedItem) -> tuple[int, int]:
    """Step and rung: how far a chain has come."""
    return item.exercise.chain.step if item.exercise.chain else 0, item.rung


@dataclass(frozen=True)
class Story:
    """What happened in a life."""

    life: Life
    name: str = ""

    @cached_property
    def reports(self) -> dict[str, list[Done]]:
        """The reports of each session, by its id."""
        found: dict[str, list[Done]] = {}
        for done in self.life.diary.dones:
            found.setdefault(done.session, []).append(done)
        return found

    @cached_property
    def given(self) -> tuple[Given, ...]:
        first: dict[str, Session] = {}
        for session in self.life.diary.sessions:
            first.setdefault(session.day, session)
        calls = [v for v in self.life.visits if v.first and isinstance(v.outcome, Plan) and v.day in first]
        return tuple(Given(v, s, tuple(self.reports.get(s.id, ()))) for v in calls for s in [first[v.day]])

    @cached_property
    def taken(self) -> tuple[tuple[Session, Response], ...]:
        """How each reported session was taken, in their order (4.1)."""
        reported = [s for s in self.life.diary.sessions if s.id in self.reports]
        found: list[tuple[Session, Response]] = []
        watched = False
        for number, session in enumerate(reported):
            later = reported[number + 1] if number + 1 < len(reported) else None
            said = self._taken(session, later if later and later.day == session.day else None)
            if said == "watch" and watched:
                said = "overload"
            if said != "none":
                watched = said == "watch"
            found.append((session, said))
        return tuple(found)

    @cached_property
    def responses(self) -> dict[str, Response]:
        """How the last reported session of a day was taken, by day."""
        return {session.day: said for session, said in self.taken}

    def _taken(self, session: Session, same_day: Session | None) -> Response:
        reports, before = self.reports[session.id], session.pain
        if too_much_in(reports):
            return "overload"
        day = session.day
        after = [p.score for p in self._pains if p.morning and days_apart(day, p.day) == 1]
        if same_day is not None:
            after = [same_day.pain]
        elif after and max(after) >= before + 3:
            return "overload"
        value = max(after, default=None) if after else self._next_before(day)
        if any(done.soreness for done in reports) or (value is not None and value >= before + 2):
            return "watch"
        return "none" if value is None else "ok"

    def _next_before(self, day: str) -> int | None:
        """The pain before the next session, if it was said within seven days."""
        said = [(p.day, p.score) for p in self._pains if p.before_session and p.day > day]
        said += [(s.day, s.pain) for s in self.life.diary.sessions if s.day > day]
        if not said or days_apart(day, min(said)[0]) > 7:
            return None
        return max(score for other, score in said if other == min(said)[0])

    @property
    def _pains(self) -> tuple[Pain, ...]:
        return self.life.diary.pains

    @cached_property
    def flare_days(self) -> tuple[tuple[str, str], ...]:
        """The declared flare-ups as first and last day. One that nobody ends is over, at the earliest, on the second
        day in a row on which pain was at most one above the highest usual of that time (E3), or after so long without
        a word as asks for a new start (R-G)."""
        spells: list[tuple[str, str]] = []
        for number, record in enumerate(flares := self.life.diary.flares):
            if record.on and not (spells and spells[-1][1] >= record.day):
                off = [f.day for f in flares[number:] if not f.on]
                spells.append((record.day, min([*off[:1], self._calm_again(record.day)])))
        return tuple(spells)

    def _calm_again(self, begun: str) -> str:
        said = [(p.day, p.score) for p in self._pains if not p.morning]
        said += [(s.day, s.pain) for s in self.life.diary.sessions]
        words: dict[str, int] = {}
        for day, score in said:
            if day >= begun:
                words[day] = max(score, words.get(day, 0))
        usual = max((g.plan.usual for g in self.given if g.day >= begun), default=0)
        days = sorted(words)
        for a, b in pairwise([begun, *days]):
            if days_apart(a, b) >= SILENCE:
                return a
            if a in words and b > a and max(words[a], words[b]) <= usual + 1:
                return b
        return "9999-12-31"

    def in_or_after_flare(self, day: str) -> bool:
        """During a declared flare-up or within seven days of its end."""
        return any(
            begun <= day and (end >= day or days_apart(end, day) < 7) for begun, end in self.flare_days
        )

    def last_done(self, day: str) -> Given | None:
        """The last completed session before a day, of those that were the first of theirs."""
        return next((g for g in reversed(self.given) if g.day < day and g.completed), None)

    @cached_property
    def completed_days(self) -> tuple[str, ...]:
        """The day of every session that was done or partly done, relief sessions with the others."""
        diary = self.life.diary
        stopped = {done.session for done in diary.dones if done.status == "stopped"}
        reported = {done.session for done in diary.dones} - stopped
        return tuple(session.day for session in diary.sessions if session.id in reported)

    def gap(self, day: str) -> int:
        """Days since the last completed session; 0 before the first."""
        days = [d for d in self.completed_days if d < day]
        return days_apart(max(days), day) if days else 0

    @property
    def done_before(self) -> Iterator[tuple[Given, int]]:
        """Each given session with how many were completed before its day."""
        for one in self.given:
            yield one, sum(d < one.day for d in self.completed_days)

    def tell(self, rule: str, day: str, words: str, *, days: int = 3) -> str:
        """A finding with all that helps to understand it: which life, which day, the records of those days."""
        near = [r for r in self.life.records if 0 <= days_apart(r.day, day) <= days]
        return f"{rule} {self.name} {day}: {words}\n{shown(near)}"


def pairs(story: Story, key: str) -> Iterator[tuple[Given, PlannedItem, Given, PlannedItem]]:
    """Each two neighbouring good days on which a chain was in the main block."""
    last: tuple[Given, PlannedItem] | None = None
    for one in story.given:
        item = one.row_of(key)
        if item is not None and one.good_day:
            if last is not None:
                yield (*last, one, item)
            last = one, item


def keys_of(given: Sequence[Given]) -> list[str]:
    return sorted({key_of(item) for one in given for item in one.main})
