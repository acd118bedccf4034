"""What is different from last time, one line each with the rule that led to it (F8, I45).

Today's main rows are held against those of the last session that was given. Every difference has exactly one reason:
the first that fits, the more pressing first. Beginning and end rotate by themselves (K2).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from backmove.core.candidates import Bounds, allowed
from backmove.core.exercise import Catalog, Exercise, Slot
from backmove.core.notice import Notice
from backmove.core.plan import BY_PLAN, Block, Change, PlannedItem
from backmove.core.progression import Course, Earned
from backmove.core.record import GivenDose, GivenItem, Session
from backmove.core.why import PLAN_WORDS
from backmove.core.zone import Zone

Reason = tuple[str, str]
"""A rule and its words."""

_ZONES: Final[Mapping[str, Reason]] = {
    "red": ("C3", "a sore day, so easy moves only"),
    "amber": ("C3", "a bit more pain than usual, so one set at the start dose"),
    "green": ("C3", "pain is back to your usual, and so are your own doses"),
}
_LOWER: Final[Mapping[str, str]] = {
    "E3": "after a flare-up your doses come back step by step",
    "G": "after some days off you begin a little lower",
    "D1": "in the first weeks of a spell the start dose is enough",
    "C4": "after a poor night a little less is enough",
}
_AS_GIVEN: Final[Reason] = ("B2", "as much as fits your minutes today")
_FRESH: Final[Reason] = ("K6", "three weeks with the same one, so something fresh")
_ASKED: Final[Reason] = ("K3", "you asked for another")


class Today(Struct, frozen=True):
    """What decides about differences: the day's zone and limits, where the person stands, and today's variant."""

    catalog: Catalog
    bounds: Bounds
    course: Course
    zone: Zone
    variant: int
    longer: int
    """Minutes more than last time; below 0: fewer."""
    coming_back: bool
    """After a flare-up."""
    by_plan: bool
    """A therapist's plan is in force."""
    ladder: Callable[[Exercise], Sequence[GivenDose]]

    def rungs(self, row: Exercise, rung: int) -> tuple[GivenDose, GivenDose]:
        """The doses of the rung below and of this one."""
        ladder = self.ladder(row)
        return ladder[min(rung, len(ladder)) - 1], ladder[min(rung, len(ladder) - 1)]


def changes_of(items: Sequence[PlannedItem], last: Session | None, today: Today) -> tuple[Change, ...]:
    """Every difference from the last session, the main rows first. None before the first session."""
    if last is None:
        return ()
    before = {item.exercise: item for item in last.items if item.block == "main"}
    main = [item for item in items if item.block is Block.MAIN]
    gone = {row: item for row, item in before.items() if row not in {i.exercise.id for i in main}}
    found = []
    for item in main:
        known = before.get(item.exercise.id)
        if known is None:
            partner = _partner(item, gone)
            if partner is not None:
                del gone[partner.exercise]
            rule, why = _new_row(item, partner, last, today)
            found.append(
                Change(item.exercise.id, said(partner) if partner else "", said(item.given), rule, why)
            )
        elif (known.dose, known.easier) != (item.dose, item.form == "easier"):
            rule, why = _other_dose(item, known, last, today)
            found.append(Change(item.exercise.id, *_both_said(known.dose, item.dose), rule, why))
    found += [Change(row, said(item), "", *_left_out(item, last, today)) for row, item in gone.items()]
    return (*found, *_ends(items, last))


def _partner(item: PlannedItem, gone: Mapping[str, GivenItem]) -> GivenItem | None:
    """The row that a new one takes the place of: of the same chain, else there for the same."""
    chain = item.exercise.chain.id if item.exercise.chain else None
    same = [old for old in gone.values() if chain is not None and old.chain == chain]
    same += [old for old in gone.values() if old.slot and old.slot == item.slot]
    return same[0] if same else None


def _new_row(item: PlannedItem, partner: GivenItem | None, last: Session, today: Today) -> Reason:
    if item.planned or (partner is not None and partner.slot == BY_PLAN):
        return _by_plan(item, None, today)
    chain = item.exercise.chain
    if partner is not None and chain is not None and partner.chain == chain.id:
        return _other_step(item, partner, last, today)
    if item.rule == "O4":
        return item.rule, item.why
    if partner is not None:
        forced = _not_allowed(partner, last, today)
        if forced is not None:
            return forced
    if str(today.zone) != last.zone:
        return _ZONES[str(today.zone)]
    if partner is not None and partner.exercise in today.course.stale:
        return _FRESH
    return _ASKED if today.variant else (item.rule, item.why)


def _other_step(item: PlannedItem, partner: GivenItem, last: Session, today: Today) -> Reason:
    chain = item.exercise.chain
    assert chain is not None
    if chain.step > (partner.step or 0):
        earned = today.course.step_ups.get(chain.id)
        if earned is not None and today.course.steps.step.get(chain.id, 0) < chain.step:
            return "F3", f"{good_sessions(earned)}, so the next step of this exercise"
        return _back(last, today)
    if today.course.lowered.get(item.exercise.id) == partner.exercise:
        return "F5", "it was too much again, so one step easier"
    return _down(item, last, today)


def _by_plan(item: PlannedItem, known: GivenItem | None, today: Today) -> Reason:
    """What a therapist's plan changes: its own rows, and what takes their places when it has none for today."""
    if item.form == "easier":
        return "F5", "it was too much last time, so its easier form"
    if known is not None and known.easier:
        return "F5", "it went well in its easier form, so the usual one again"
    if item.exercise.id in today.course.lowered:
        return "F5", "it was too much last time, so a little less"
    if item.planned:
        return BY_PLAN, PLAN_WORDS
    return BY_PLAN, "your plan has no row for it today" if today.by_plan else "your plan is over"


def _other_dose(item: PlannedItem, known: GivenItem, last: Session, today: Today) -> Reason:
    if item.planned or known.slot == BY_PLAN:
        return _by_plan(item, known, today)
    row, course = item.exercise, today.course
    if row.id in course.lowered or item.form == "easier":
        easier = item.form == "easier"
        return "F5", "it was too much last time, so " + ("its easier form" if easier else "a little less")
    if item.rung > known.rung:
        earned = course.rung_ups.get(row.id)
        if earned is not None and item.rung == course.rung(row) + 1:
            return "F3", f"{good_sessions(earned)}, so {gain(*today.rungs(row, item.rung))}"
        return _back(last, today)
    if item.rung < known.rung:
        return _down(item, last, today)
    if known.easier:
        return "F5", "it went well in its easier form, so the usual one again"
    return _AS_GIVEN if str(today.zone) == last.zone else _ZONES[str(today.zone)]


def _back(last: Session, today: Today) -> Reason:
    """Why more is given that was not earned just now: it was there before."""
    if last.zone != today.zone:
        return _ZONES[str(today.zone)]
    if today.coming_back:
        return "F7", "one step back to where you were before the flare-up"
    return "B13", "there is room for your own dose today"


def _down(item: PlannedItem, last: Session, today: Today) -> Reason:
    if today.zone is not Zone.GREEN:
        return _ZONES[str(today.zone)]
    if today.course.lower is not None:
        return today.course.lower, _LOWER[today.course.lower]
    chain = item.exercise.chain
    if chain is not None and chain.id in today.bounds.rested:
        return "H4", "its harder form rests for two days"
    if item.rung < today.course.rung(item.exercise):
        return "B13", "a little less, to fit your minutes"
    return "L", "the harder one does not fit today"


def _left_out(item: GivenItem, last: Session, today: Today) -> Reason:
    forced = _not_allowed(item, last, today)
    if forced is not None:
        return forced
    if item.slot == BY_PLAN or today.by_plan:
        return BY_PLAN, "your plan has other rows today" if today.by_plan else "your plan is over"
    if str(today.zone) != last.zone:
        return _ZONES[str(today.zone)]
    if today.longer < 0:
        return "B3", "a shorter session has fewer rows"
    if item.exercise in today.course.stale:
        return _FRESH
    return _ASKED if today.variant else ("K1", "it makes room today")


def _not_allowed(item: GivenItem, last: Session, today: Today) -> Reason | None:
    """Why a row of last time may not be given today, or None when it may."""
    row = today.catalog.exercises.get(item.exercise)
    if row is None:
        return "L", "it is no longer in the library"
    if allowed(row, today.bounds, Slot.MAIN):
        return None
    until = today.course.parked.get(item.chain or item.exercise)
    if until is not None:
        return "F5", f"it was too much three times, so it rests until {until}"
    if today.bounds.disliked & {row.id, str(row.category), str(row.tradition)}:
        return "K4", "you left it out"
    return _other_limit(row, item, last, today)


def _other_limit(row: Exercise, item: GivenItem, last: Session, today: Today) -> Reason:
    if str(today.zone) != last.zone and today.zone is not Zone.GREEN:
        return _ZONES[str(today.zone)]
    if (item.chain or "") in today.bounds.rested and row.level >= today.bounds.rest_level:
        return "H4", "hard rows of one kind rest for two days"
    if today.course.lower is not None:
        return today.course.lower, _LOWER[today.course.lower]
    if last.place != today.bounds.place:
        return "L", "it does not fit where you are today"
    if today.course.lowered:
        return "F5", "it was too much, so something easier stands in"
    return "L", "it does not fit your precautions, your kit or this stage any more"


def _ends(items: Sequence[PlannedItem], last: Session) -> Iterator[Change]:
    known = {item.exercise for item in last.items}
    for item in items:
        if item.block is not Block.MAIN and item.exercise.id not in known:
            yield Change(item.exercise.id, "", said(item.given), "K2", "beginning and end take turns")


def about_course(course: Course, parked_help: int) -> Iterator[Notice]:
    """When so many rows rest because they were too much, somebody should have a look (F5)."""
    if len(course.parked) >= parked_help:
        yield Notice(
            "see-physio", "Two kinds of exercise rest because they were too much: a physio could have a look."
        )


# --- in words -------------------------------------------------------------------------------------------


def good_sessions(earned: Earned) -> str:
    """What a rise rests on: ``two good sessions at effort 4 and 5``."""
    told = [effort for effort in earned.efforts if effort is not None]
    if len(earned.efforts) == 1:
        return f"it felt easy last time (effort {told[0]})" if told else "it felt easy last time"
    if len(told) < len(earned.efforts):
        return "two good sessions in a row"
    return "two good sessions at effort " + " and ".join(map(str, dict.fromkeys(told)))


def gain(before: GivenDose, after: GivenDose) -> str:
    """What one rung more is, in words."""
    if after.minutes is not None:
        more = after.minutes - (before.minutes or 0)
        return f"{_number(more)} minute{'' if more == 1 else 's'} more" if more > 0 else "a little more"
    if len(after.counts) > len(before.counts):
        return "one more set"
    if before.hold_s is not None and after.hold_s is not None and after.hold_s > before.hold_s:
        return f"{after.hold_s - before.hold_s} seconds longer"
    more = after.counts[0] - before.counts[0] if before.counts and after.counts else 0
    word = {"reps": "repeat", "holds": "hold", "stretch": "time"}.get(after.kind, "hold")
    return f"{_number(more)} more {word}{'' if more == 1 else 's'}" if more > 0 else "a little more"


def _number(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five")
    return words[number] if number < len(words) else str(number)


def said(item: GivenItem) -> str:
    """A row with its dose, short: ``bridge 2x10``."""
    return f"{item.exercise} {dose_said(item.dose)}"


def _both_said(before: GivenDose, after: GivenDose) -> tuple[str, str]:
    """Two doses of one row, short, with the seconds of a hold where only these differ."""
    said = dose_said(before), dose_said(after)
    if said[0] != said[1] or before.hold_s == after.hold_s:
        return said
    return f"{said[0]} of {before.hold_s}s", f"{said[1]} of {after.hold_s}s"


def dose_said(dose: GivenDose) -> str:
    """A dose, short: ``2x10``, ``6-4-2``, ``2x30s``, ``5min``."""
    if dose.minutes is not None:
        return f"{dose.minutes}min"
    if not dose.counts:
        return "no sets"
    if len(set(dose.counts)) > 1:
        return "-".join(map(str, dose.counts))
    if dose.kind == "stretch":
        return f"{dose.counts[0]}x{dose.hold_s}s"
    return f"{len(dose.counts)}x{dose.counts[0]}"
