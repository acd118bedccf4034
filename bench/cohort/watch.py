"""What must hold from session to session: what goes up and down, the gate, the walk. Worked out from what the
simulated person knows, not from the program's own reckoning."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from backmove.core.clearance import Standing
from backmove.core.days import days_between
from backmove.core.diary import Diary
from backmove.core.placement import own_steps
from backmove.core.plan import Block, Plan, PlannedItem, Refused
from backmove.core.profile import Place
from backmove.core.record import Done
from backmove.core.zone import Mode, Zone
from cohort.body import Body
from cohort.limits import Moment, faults
from cohort.notebook import shelf
from cohort.seen import Given, Row, chain_of, total_of

_RESTING: Final = ("way-rests", "way-back")
"""Notices that tell of a way of moving that sent pain down a leg (J3, J5)."""
_WAYS: Final = ("flex-", "curl", "ext-")
_EXITS: Final = (
    "backmove triage",
    "answer",
    "clinician",
    "doctor",
    "physio",
    "questions",
    "medical",
    "112",
    "tell us",
)
"""Every refusal says what to do next: one of these words."""
_QUIET_DAYS: Final = 7
_HOLD_GAP, _LESS_GAP = 4, 8
_PARKED: Final = 14
_A_DAY: Final = 3
_STUCK: Final = 10


@dataclass
class Watch:
    """Sees every session and refusal of one person; what it returns are broken rules."""

    age: int
    body: Body
    placed: dict[str, int] = field(default_factory=dict)
    best_step: dict[str, int] = field(default_factory=dict)
    best_rung: dict[str, int] = field(default_factory=dict)
    last: dict[str, Row] = field(default_factory=dict)
    last_of_chain: dict[str, Row] = field(default_factory=dict)
    last_green: dict[str, Row] = field(default_factory=dict)
    ups: list[int] = field(default_factory=list)
    rung_ups: int = 0
    step_ups: int = 0
    before: Given | None = None
    completed: int = 0
    last_done: int | None = None
    flare_until: int = -99
    watched: bool = False
    lighter: dict[str, int] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)
    walk: tuple[int, int] | None = None
    walk_row: str = ""
    last_walk: int = -99
    rough: int = -1
    place: Place | None = None
    moved: int = -1
    stuck: dict[str, int] = field(default_factory=dict)
    alike: int = 0
    today: tuple[int, int] = (-1, 0)

    # --- the gate ------------------------------------------------------------------------------------------

    def refusal(self, refused: Refused, day: int) -> list[str]:
        """A refusal names a reason and a way out, and a card only where no emergency is named."""
        words = " ".join(reason.text for reason in refused.reasons).lower()
        found = []
        if not refused.reasons or not words:
            found.append("a lock without a reason")
        if not any(word in words for word in _EXITS):
            found.append(f"a lock without a way out: {refused.text}")
        if refused.code in ("no-safe-session", "check-incomplete"):
            found.append(f"I2 {refused.code}")
        return [f"day {day}: {fault}" for fault in found]

    def session(self, plan: Plan, diary: Diary, standing: Standing, day: int) -> list[str]:
        """Every rule that this session breaks. ``diary`` holds it already; ``standing`` is what holds now."""
        gap = day - self.last_done if self.last_done is not None else 0
        at = diary.sessions[-1].at
        minute = int(at[11:13]) * 60 + int(at[14:16])
        moment = Moment(diary.profile, standing, self.age, minute, self.completed, gap)
        if plan.mode is Mode.FLARE or (plan.mode is Mode.RELIEF and plan.stage != "acute"):
            self.flare_until = day + _QUIET_DAYS
        self._placed(diary)
        self.today = (day, self.today[1] + 1 if self.today[0] == day else 1)
        found = [
            *([f"B12 session {self.today[1]} of one day"] if self.today[1] > _A_DAY else []),
            *faults(plan, moment),
            *self._gate(plan, diary),
            *self._course(plan, day, gap),
            *self._walks(plan, day, gap),
        ]
        self._remember(plan, day)
        return [f"day {day}: {fault}" for fault in found]

    def _gate(self, plan: Plan, diary: Diary) -> Iterator[str]:
        last = diary.triages[-1]
        opens = last.disposition in ("SELF_CARE", "CAREFUL") and last.unlocked and last.complete
        if not opens or (last.valid_until or "") < plan.date:
            yield "I2 a session without a triage that opens"
        if plan.pain >= 9 or (plan.pain == 8 and days_between(last.day, plan.date) > 1):
            yield f"A5 a session at pain {plan.pain}"

    # --- up and down ---------------------------------------------------------------------------------------

    def _placed(self, diary: Diary) -> None:
        """Where the first answers put a person: getting there is no step up."""
        if not self.placed:
            library = shelf()
            self.placed = dict(own_steps(diary.profile, library.catalog, library.parameters).step)

    def _course(self, plan: Plan, day: int, gap: int) -> Iterator[str]:
        steps, rungs = [], []
        for item in plan.block(Block.MAIN):
            chain, row = chain_of(item), item.exercise.id
            best = max(self.best_step.get(chain, 0), self.placed.get(chain, 0))
            equal = chain in shelf().parameters.placement.equals
            # a feared move has a ladder of its own (O4)
            climbs = not equal and item.slot != "exposure"
            step_up = climbs and chain in self.best_step and (item.step or 0) > best
            known = row in self.best_rung and (item.step or 0) >= self.best_step.get(chain, 0)
            rung_up = known and item.rung > self.best_rung[row]
            steps += [row] if step_up else []
            rungs += [row] if rung_up and not step_up else []
            if rung_up and item.rung > self.best_rung[row] + 1:
                yield f"I25 {row} from rung {self.best_rung[row]} to {item.rung}"
            if step_up and item.rung > 0 and row not in self.best_rung:
                yield f"I25 {row}: a new step at rung {item.rung}"
            yield from self._spaced(item, day)
            yield from self._eased(item, day)
            yield from self._after_gap(item, gap)
            yield from self._falls(item, plan, day, gap)
        if len(steps) > 1 or len(rungs) > 2:
            yield f"I26 up: {', '.join(steps + rungs)}"
        self.ups = [up for up in self.ups if day - up < 7] + [day] * len(steps)
        self.rung_ups, self.step_ups = self.rung_ups + len(rungs), self.step_ups + len(steps)
        if len(self.ups) > 2:
            yield "I26 three steps in seven days"
        if steps or rungs:
            for why in self._no_up(plan, day, gap):
                yield f"I27 {', '.join(steps + rungs)} up {why}"

    def _no_up(self, plan: Plan, day: int, gap: int) -> Iterator[str]:
        if plan.zone is not Zone.GREEN or plan.mode is not Mode.NORMAL:
            yield f"on a {plan.zone} day, mode {plan.mode}"
        if day <= self.flare_until:
            yield "in a flare-up or the week after"
        if gap >= _HOLD_GAP:
            yield f"after {gap} days"
        if self.before is not None and self._response(plan.pain, day) in ("watch", "overload"):
            yield "after a session that was too much"

    def _response(self, pain: int, day: int) -> str:
        """How the last session was taken, by the person's own words (rulings 4.1)."""
        last = self.before
        if last is None or last.done is None:
            return "none"
        done = last.done
        if (done.peak or 0) >= 6 or done.leg in ("further", "new") or done.status == "stopped":
            return "overload"
        rise = pain - last.pain if day - last.day <= 7 else 0
        return "watch" if done.soreness or (rise >= 2 and not self._told(last.day)) else "ok"

    def _told(self, day: int) -> bool:
        """Whether the next morning was told, so that the pain before the next session does not decide."""
        return self.body.model.telling == "full"

    def _spaced(self, item: PlannedItem, day: int) -> Iterator[str]:
        last = self.last_of_chain.get(chain_of(item))
        if last is None or not (item.exercise.level >= 3 <= last.level and 0 < day - last.day < 2):
            return
        if item.exercise.chain is None:
            self.odd.append(
                f"day {day}: level-3-daily {item.exercise.id} has no chain and comes two days running"
            )
        else:
            yield f"I33 {item.exercise.id} twice in 48 hours"

    def _eased(self, item: PlannedItem, day: int) -> Iterator[str]:
        """After a session that was too much the row comes back with less (I28), unless it rested for two weeks. What
        is added to fill the time counts like the rest."""
        row = item.exercise.id
        last = self.last.get(row)
        if last is None or not 0 < day - self.lighter.get(row, -99) < _PARKED or item.form == "easier":
            return
        if (item.step or 0) >= last.step and total_of(item) >= last.total and not last.easier:
            yield f"I28 {row} not eased after overload, {last.total} then {total_of(item)}"

    def _after_gap(self, item: PlannedItem, gap: int) -> Iterator[str]:
        """Back after eight days or more: no row holds more than when it was last given (R-G, I36). What fills the
        time is no target (rulings 3.4)."""
        last = self.last.get(item.exercise.id)
        if gap >= _LESS_GAP and last is not None and total_of(item) > last.total and not item.fill:
            yield f"I36 {item.exercise.id} from {last.total} to {total_of(item)} after {gap} days"

    def _falls(self, item: PlannedItem, plan: Plan, day: int, gap: int) -> Iterator[str]:
        """At most one level at a time, but for a long gap, another place or a bad day since, and the easy day between
        two hard ones."""
        chain, last = chain_of(item), self.last_green.get(chain_of(item))
        other = plan.zone is not Zone.GREEN or plan.mode is not Mode.NORMAL or plan.place is not self.place
        if other or gap > 28 or last is None:
            return
        between = (last.level >= 3 and day - last.day < 2) or last.day < max(self.rough, self.moved)
        ways = any(c.exercise == item.exercise.id and c.rule in ("L", "J3") for c in plan.changes)
        ways = ways or _rest_in_between(plan, chain, last.level - 1)
        ways = ways or any(
            n.code == "careful" for n in plan.notices
        )  # the answers of a triage cap every level
        if last.level - item.exercise.level > 1 and item.slot != "exposure" and not between and not ways:
            yield f"I29 {chain} from level {last.level} to {item.exercise.level}"

    # --- the walk ------------------------------------------------------------------------------------------

    def _walks(self, plan: Plan, day: int, gap: int) -> Iterator[str]:
        if not plan.outings or (plan.zone, plan.mode) != (Zone.GREEN, Mode.NORMAL) or plan.stage == "acute":
            return
        minutes, week = plan.outings[0].minutes, day // 7
        if self.walk is not None and week != self.walk[0]:
            old = self.walk[1]
            weeks = week - self.walk[0]
            # a careful day keeps to rows of its level; when that ends, the plan's own minutes show again (4.3)
            capped = self.walk_row != plan.outings[0].exercise.id
            if weeks == 1 and minutes - old > min(5, max(1, 0.2 * old)) + 0.5 and not capped:
                yield f"I34 walk from {old} to {minutes}"
            # days without a walk count; who walks on has missed nothing
            if min(gap, day - self.last_walk) >= 8 and minutes > old:
                yield f"I36 walk from {old} to {minutes} after {gap} days"
            if weeks == 1 and minutes < (0.5 if gap > 28 else 0.69) * old - 1:
                yield f"I34 walk from {old} down to {minutes}, gap {gap}"
        if minutes > 30:
            yield f"I34 walk {minutes}"
        self.walk, self.walk_row = (week, minutes), plan.outings[0].exercise.id

    # --- memory --------------------------------------------------------------------------------------------

    def _remember(self, plan: Plan, day: int) -> None:
        if plan.zone is not Zone.GREEN or plan.mode is not Mode.NORMAL:
            self.rough = day
        if plan.place is not self.place:
            self.place, self.moved = plan.place, day
        self._oddities(plan, day)
        for item in plan.block(Block.MAIN):
            chain, row = chain_of(item), item.exercise.id
            seen = Row(
                day, item.step or 0, item.rung, item.exercise.level, total_of(item), item.form == "easier"
            )
            self.last_of_chain[chain] = self.last[row] = seen
            if plan.zone is Zone.GREEN:
                self.last_green[chain] = seen
            self.best_step[chain] = max(item.step or 0, self.best_step.get(chain, 0))
            self.best_rung[row] = max(item.rung, self.best_rung.get(row, 0))
            self.lighter.pop(row, None)
        rows = tuple(item.exercise.id for item in plan.block(Block.MAIN))
        self.before = Given(day, plan.zone, plan.mode, plan.pain, rows)

    def _oddities(self, plan: Plan, day: int) -> None:
        """Against no rule, but worth a look: a raise that gives less, the same rows again and again, no way on."""
        for item in plan.block(Block.MAIN):
            row, last = item.exercise.id, self.last.get(item.exercise.id)
            total = total_of(item)
            if last is not None and item.rung > last.rung and total < last.total:
                self.odd.append(f"day {day}: raised-to-less {row} from {last.total} to {total}")
            green = plan.zone is Zone.GREEN and plan.mode is Mode.NORMAL
            same = last is not None and (last.rung, last.step) == (item.rung, item.step or 0)
            self.stuck[row] = self.stuck.get(row, 0) + 1 if green and same else 0
            if self.stuck[row] == _STUCK:
                self.odd.append(
                    f"day {day}: stuck {row} ten green times at step {item.step}, rung {item.rung}"
                )
        rows = frozenset(item.exercise.id for item in plan.block(Block.MAIN))
        self.alike = self.alike + 1 if self.before and rows == frozenset(self.before.rows) else 0
        if self.alike == _STUCK:
            self.odd.append(f"day {day}: alike the same main rows for the eleventh time running")

    def reported(self, done: Done, day: int) -> None:
        """What was said of the session."""
        if self.before is not None:
            self.before.done = done
            hurt = tuple(row.exercise for row in done.rows if row.hurt)
            if (done.peak or 0) >= 6 or done.leg in ("further", "new"):
                self.lighter |= dict.fromkeys(hurt or self.before.rows, day)
        if done.status != "stopped":
            self.completed, self.last_done = self.completed + 1, day


def _rest_in_between(plan: Plan, chain: str, level: int) -> bool:
    """Whether a way of moving rests, and every row of the chain from that level up moves or loads in some way."""
    rows = (r for r in shelf().catalog.exercises.values() if r.chain is not None and r.chain.id == chain)
    return any(n.code in _RESTING for n in plan.notices) and all(
        any(feature.startswith(_WAYS) for feature in row.hazards) for row in rows if row.level >= level
    )
