"""What must hold of any one session, worked out from the rows' own facts and from numbers that are written out here.

Nothing of the program's own filters is used. Each check gives the words of what is wrong, or nothing.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from msgspec import Struct

from backmove.core.clearance import Standing
from backmove.core.exercise import Exercise, Feature, Position
from backmove.core.plan import Block, Plan, PlannedItem
from backmove.core.profile import Place, Profile
from backmove.core.zone import Mode, Zone
from cohort.notebook import shelf

LYING: Final = {
    Position.FLOOR_SUPINE, Position.PRONE, Position.SIDE_LYING, Position.QUADRUPED, Position.KNEELING,
}  # fmt: skip
_PLACES: Final = {
    Place.FLOOR: LYING | {Position.SITTING, Position.STANDING},
    Place.BED: {
        Position.FLOOR_SUPINE, Position.PRONE, Position.SIDE_LYING, Position.SITTING, Position.STANDING,
    },
    Place.UPRIGHT: {Position.SITTING, Position.STANDING},
    Place.CHAIR: {Position.SITTING},
}  # fmt: skip
_ENDS: Final = {Feature.FLEX_END, Feature.EXT_END, Feature.ROT_END}
_LOADS: Final = {Feature.FLEX_LOAD, Feature.EXT_LOAD, Feature.ROT_LOAD}
_HARD: Final = {Feature.HARD_EFFORT, Feature.ISO_HARD}
_FIVE: Final = 5
_GENTLE: Final = {"mobility", "motor-control", "mind-body", "aerobic", "relaxation", "recovery"}


class Moment(Struct, frozen=True):
    """What a session has to fit: who, when, and how many sessions and missed days came before (gap: days since)."""

    profile: Profile
    standing: Standing
    age: int
    minute_of_day: int
    sessions: int
    gap: int

    @property
    def older(self) -> bool:
        return self.age >= 65


def faults(plan: Plan, moment: Moment) -> Iterator[str]:
    """Every fault of one session, with the invariant that it breaks."""
    yield from _shape(plan)
    yield from _time(plan, moment)
    for item in plan.items:
        for fault in _row(item, plan, moment):
            yield f"{fault}: {item.exercise.id}"


def _shape(plan: Plan) -> Iterator[str]:
    counts = [len(plan.block(block)) for block in Block]
    if counts[0] < 1 or counts[1] < 2 or counts[2] < 1:
        yield f"I1 blocks {counts}"
    ids = [item.exercise.id for item in plan.items]
    chains = [item.exercise.chain.id for item in plan.items if item.exercise.chain]
    if len(set(ids)) < len(ids) or len(set(chains)) < len(chains):
        yield "I17 a row or chain twice"
    kinds = {item.exercise.category for item in plan.block(Block.MAIN)}
    if len(kinds) < 2 or kinds == {"stretch"}:
        yield "I19 one kind only"
    learn = [i for i in plan.block(Block.MAIN) if i.dose.kind != "minutes"]
    if len(learn) > plan.learn_max:
        yield "I18 too many to learn"
    if sum(down for down, _ in groupby(i.exercise.position in LYING for i in plan.items)) > 1:
        yield "I20 down twice"
    if plan.items[-1].exercise.dose.effort[1] > 3:
        yield "I21 a hard end"


def _time(plan: Plan, moment: Moment) -> Iterator[str]:
    caps = [60, 30 if moment.sessions < 6 else 60, 15 if plan.stage == "acute" else 60]
    caps += [{Zone.GREEN: 60, Zone.AMBER: 20, Zone.RED: 10}[plan.zone], 15 if moment.gap >= 8 else 60]
    if plan.effective > min(plan.requested, *caps):
        yield f"B1 {plan.effective} minutes, gap {moment.gap}"
    if plan.estimated_s > 60 * plan.effective or plan.estimated_s != sum(i.seconds for i in plan.items):
        yield "I12 too long"
    if plan.zone is Zone.GREEN and plan.effective <= 20 and plan.estimated_s < 45 * plan.effective:
        yield f"I13 {plan.estimated_s} s of {plan.effective} min"


def _row(item: PlannedItem, plan: Plan, moment: Moment) -> Iterator[str]:
    row = item.exercise
    bad = row.hazards & _forbidden(row, plan, moment)
    if bad:
        yield f"I3 {', '.join(sorted(bad))}"
    if row.position not in _PLACES[plan.place] or (
        plan.place is Place.BED and row.position in LYING and not row.bed_ok
    ):
        yield f"I4 {row.position} in {plan.place}"
    kit = set(moment.profile.equipment) | ({"chair"} if plan.place is Place.CHAIR else set())
    if not set(row.equipment) <= kit:
        yield "I5 kit"
    if row.level > _level(plan, moment) or not _in_stage(row, plan):
        yield f"I6 level {row.level} on a {plan.zone} day, {plan.stage}"
    if row.dose.effort[1] > _effort(item, plan):
        yield "I6 effort"
    if plan.mode is Mode.GENTLE and (
        row.category not in _GENTLE or row.spine.load > 1 or row.spine.range == "end"
    ):
        yield "not gentle"
    if {row.id, row.category, row.tradition} & set(moment.profile.dislikes):
        yield "I40 disliked"
    yield from _dose(item)
    if plan.stage == "acute" and item.block is Block.MAIN:
        yield from _acute(item)


def _acute(item: PlannedItem) -> Iterator[str]:
    """The first weeks: five repeats, or the start count (D1, rulings 3.7); no quota before the subacute stage."""
    dose = item.exercise.dose
    start = {"reps": dose.reps, "holds": dose.holds}.get(str(dose.kind))
    if start is not None and max(item.dose.counts) > max(_FIVE, start[0]):
        yield f"D1 {item.dose.counts} in the first weeks"


def _forbidden(row: Exercise, plan: Plan, moment: Moment) -> set[Feature]:
    out: set[Feature] = set()
    for tag in moment.standing.tags:
        entry = shelf().catalog.precautions[tag]
        out |= set(entry.forbids) - (set(entry.spares_aerobic) if row.category == "aerobic" else set())
    if plan.zone is Zone.RED or plan.mode is Mode.GENTLE:
        out |= _ENDS | _LOADS | _HARD
    if plan.stage == "acute":
        out |= _HARD | {Feature.FLEX_LOAD}
    if plan.stage != "maintenance" or plan.zone is not Zone.GREEN:
        usual_low = plan.usual <= 2
        out |= set() if usual_low and plan.zone is Zone.GREEN else {Feature.IMPACT}
    if plan.place is Place.CHAIR:
        out.add(Feature.STAND_UP)
    if _early(moment):
        out |= {Feature.FLEX_END, Feature.FLEX_LOAD, Feature.CURL}
    return out


def _early(moment: Moment) -> bool:
    if not (moment.profile.morning_rule or "leg-pain-worse-bending" in moment.standing.tags):
        return False
    begin, up = (int(t[:2]) * 60 + int(t[3:]) for t in (moment.profile.day_ends, moment.profile.gets_up))
    return (moment.minute_of_day - begin) % 1440 < (up - begin) % 1440 + 120


def _level(plan: Plan, moment: Moment) -> int:
    caps = [
        {Zone.GREEN: 5, Zone.AMBER: 2, Zone.RED: 1}[plan.zone],
        {"acute": 2, "subacute": 3}.get(plan.stage, 5),
    ]
    if moment.standing.careful or moment.gap > 28:
        caps.append(2)
    if moment.sessions < 12:
        caps.append(3)
    return min(caps)


def _in_stage(row: Exercise, plan: Plan) -> bool:
    back = plan.stage == "maintenance" and plan.zone is Zone.RED
    stages = {plan.stage, "chronic"} if back else {plan.stage}
    return bool(stages & set(row.stages)) and (plan.zone is not Zone.RED or "flare" in row.stages)


def _effort(item: PlannedItem, plan: Plan) -> int:
    caps = [{Block.WARMUP: 4, Block.MAIN: 10, Block.SETTLE: 3}[item.block]]
    caps += [{Zone.GREEN: 10, Zone.AMBER: 5, Zone.RED: 4}[plan.zone], 4 if plan.stage == "acute" else 10]
    return min(caps)


def _dose(item: PlannedItem) -> Iterator[str]:
    """Never nothing, never below the start, never above the top (I28, I30)."""
    dose, given = item.exercise.dose, item.dose
    if dose.kind == "minutes":
        low, top = dose.minutes or (0, 0)
        if not 0 < low <= (given.minutes or 0) <= top:
            yield f"I30 {given.minutes} minutes"
        return
    if not given.counts or min(given.counts) < 1:
        yield "I28 an empty dose"
        return
    counts = {"reps": dose.reps, "holds": dose.holds, "stretch": dose.times}.get(str(dose.kind))
    if counts is not None and not counts[0] <= min(given.counts) <= max(given.counts) <= counts[1]:
        yield f"I30 counts {given.counts}"
    if dose.sets is not None and not len(given.counts) <= dose.sets[1]:
        yield f"I30 {len(given.counts)} sets"
    still = ("stretch", "recovery", "relaxation", "balance")
    if (given.hold_s or 0) > 10 and dose.kind != "stretch" and item.exercise.category not in still:
        yield f"I30 a hold of {given.hold_s} s"
