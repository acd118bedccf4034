"""A day's session by a therapist's plan, within every limit of the day.

The session of the day is made first, as if there were no plan: where there is none, a plan makes none. Then the plan's
rows take the main part, as many as fit, and the end or the beginning where they belong there; what a session needs
besides them (two kinds of exercise, its time, both ends) is chosen as ever. Where nothing fits, the day's own session
stays. Filters and judgement are those of any session; the same input gives the same session.
"""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from backmove.core.assembly import Draft, assemble
from backmove.core.candidates import Bounds
from backmove.core.choices import Category
from backmove.core.clearance import Standing
from backmove.core.day import Day
from backmove.core.diary import Diary
from backmove.core.dose import seconds
from backmove.core.ends import item_of
from backmove.core.exercise import Catalog, Exercise, Slot
from backmove.core.filling import fill
from backmove.core.frame import MILD, Frame, breaks, needs_floor
from backmove.core.history import is_calm
from backmove.core.main_block import main_rows
from backmove.core.plan import BY_PLAN, Block, Followed, PlannedItem
from backmove.core.plan_rows import Offer, Offers, offers_of, seconds_of, share_chain, that_fit, turns
from backmove.core.record import GivenDose, LeftOut, TherapistPlan
from backmove.core.slots import Pick, fits_slot, is_minutes_block, serves
from backmove.core.therapist_plan import is_at_most, lesser, plan_on
from backmove.core.why import PLAN_WORDS
from backmove.core.zone import Zone

_FEWEST: Final = 2
_TOLERATED: Final = MILD | {"B7", "K2"}
"""What may be broken for the sake of the plan: wishes for the ends, and the order of neighbours, which is the
plan's."""
_EASING: Final = frozenset({Category.RELAXATION, Category.RECOVERY, Category.STRETCH, Category.MOBILITY})
_HALF: Final = 2
"""Less than one part in so many of a full session is too little for a main block that could be longer."""


class Following(Struct, frozen=True):
    """The session by the plan. ``bounds`` and ``day`` are the day's own, as the plan changes them; ``eased``: the rows
    come at the start dose or less; ``lowered``: given rows of the plan that were too much last time."""

    draft: Draft
    differs: bool
    bounds: Bounds
    day: Day
    followed: Followed
    eased: bool
    lowered: tuple[str, ...] = ()


def follow(
    diary: Diary,
    day: Day,
    frame: Frame,
    plain: tuple[Draft, bool],
    *,
    catalog: Catalog,
    standing: Standing,
    variant: int,
    seed: str,
) -> Following | None:
    """Today's session by the plan in force; None without one. ``plain``: the session without it, and whether it differs
    from the variant before."""
    plan = plan_on(diary, day.today)
    if plan is None:
        return None
    if plan.days_per_week is not None:
        day = replace(day, days_per_week=plan.days_per_week)
    offers = offers_of(plan, diary, day, frame, catalog=catalog, standing=standing)
    assert offers.frame is not None
    found = _form_of(offers, offers.frame, plain[0], variant, f"{seed}:plan")
    draft, differs = found or _without(plan, offers.frame, plain, f"{seed}:plan:0")
    given = {item.exercise.id for item in draft.items if item.planned}
    course = frame.wish.course
    return Following(
        draft=_with_notes(draft, plan),
        differs=differs,
        bounds=offers.frame.bounds,
        day=day,
        followed=Followed(plan, _left_out(plan, offers, given)),
        eased=offers.eased,
        lowered=tuple(row.exercise for row in plan.rows if row.exercise in given & set(course.lowered)),
    )


def _left_out(plan: TherapistPlan, offers: Offers, given: set[str]) -> tuple[LeftOut, ...]:
    """Every row of the plan that is not given, in the plan's order, with its reason."""
    assert offers.frame is not None
    _, waiting = that_fit(offers.main, offers.frame)
    waited = (*turns(offers.main), *turns(offers.ends), *waiting)
    reasons = {one.exercise: one for one in (*waited, *offers.left_out)}
    return tuple(reasons[row.exercise] for row in plan.rows if row.exercise not in given)


def _form_of(
    offers: Offers, frame: Frame, plain: Draft, variant: int, seed: str
) -> tuple[Draft, bool] | None:
    """The session after so many calls of ``--another``: the same main rows with other ends. None when no row of the
    plan can be given."""
    base = _best(offers, frame, plain, seed)
    if base is None:
        return None
    draft, differs = base, True
    for number in range(1, variant + 1):
        frame = replace(frame, unlike=frame.unlike | draft.ids(Block.WARMUP, Block.SETTLE))
        found = assemble(frame, Random(f"{seed}:{number}"), [base.picks])
        other = draft if found is None else _with_ends(found, offers.ends, frame)
        if _faults(other, frame):
            other = draft
        differs = other.ids(*Block) != draft.ids(*Block)
        draft = other
    return draft, differs


def _without(plan: TherapistPlan, frame: Frame, plain: tuple[Draft, bool], seed: str) -> tuple[Draft, bool]:
    """The session of a day that has no row of the plan: without its exercises and what they stand in for, or, where
    that breaks something, the day's own one with none of them at more than the plan's dose."""
    other = assemble(frame, Random(seed))
    if other is not None and len(_faults(other, frame)) <= len(_faults(plain[0], frame)):
        return other, True
    doses = {row.exercise: row.dose for row in plan.rows}
    items = (_at_most(item, doses.get(item.exercise.id), frame) for item in plain[0].items)
    return replace(plain[0], items=tuple(items)), plain[1]


def _at_most(item: PlannedItem, dose: GivenDose | None, frame: Frame) -> PlannedItem:
    if dose is None or is_at_most(item.dose, dose):
        return item
    less = lesser(item.dose, dose)
    return replace(item, dose=less, seconds=seconds(less, frame.parameters.seconds), rung=0, fill=False)


def _best(offers: Offers, frame: Frame, plain: Draft, seed: str) -> Draft | None:
    """The draft with most rows of the plan that breaks no more than the day's own session does, as a rule nothing. The
    row that waited least gives way first. None when every draft breaks more, or has no row of the plan."""
    chosen, _ = that_fit(offers.main, frame)
    best: tuple[int, Draft] | None = None
    for count in range(len(chosen), -1, -1):
        draft = _whole(chosen[:count], offers.ends, frame, f"{seed}:0:{count}")
        if draft is None or not any(item.planned for item in draft.items):
            continue
        broken = len(_faults(draft, frame))
        if not broken:
            return draft
        if best is None or broken < best[0]:
            best = broken, draft
    return best[1] if best is not None and best[0] <= len(_faults(plain, frame)) else None


def _whole(chosen: Sequence[Offer], ends: Sequence[Offer], frame: Frame, seed: str) -> Draft | None:
    """A session with these main rows, and with at least one of ``ends`` if one of a few tries has a place for it."""
    best: Draft | None = None
    for number, other in enumerate((frame, _up_first(frame)) * 2 if ends else (frame,)):
        draft = _draft(chosen, other, f"{seed}:{number}") if chosen or ends else None
        draft = _with_ends(draft, ends, frame) if draft is not None else None
        if draft is not None and any(item.planned and item.block is not Block.MAIN for item in draft.items):
            return draft
        best = best or draft
    return best


def _up_first(frame: Frame) -> Frame:
    """The same without rows of the floor at the beginning: so the one trip down can be at the end (B8)."""
    up = tuple(row for row in frame.pools[Slot.WARMUP] if not needs_floor(row))
    return replace(frame, pools={**frame.pools, Slot.WARMUP: up})


def _faults(draft: Draft, frame: Frame) -> set[str]:
    return set(breaks(draft.items, frame)) - _TOLERATED


# --- the main part -----------------------------------------------------------------------------------------


def _draft(chosen: Sequence[Offer], frame: Frame, seed: str) -> Draft | None:
    """A session with these rows of the plan; without any, one that only makes room for the others at its ends."""
    if not chosen:
        return assemble(frame, Random(seed))
    blocks = _blocks(sorted(chosen, key=lambda offer: offer.place), frame)
    return assemble(frame, Random(seed), blocks) if blocks else None


def _blocks(chosen: Sequence[Offer], frame: Frame) -> list[Sequence[Pick]]:
    """Main blocks that begin with these rows, the shortest first: with as many others as the day's table asks for, as
    two kinds of exercise need, and as fill at least half of a session that has to be full."""
    least, most = (_FEWEST, _FEWEST) if frame.zone is Zone.RED else frame.table.main
    picks = [offer.pick for offer in chosen]
    found: list[Sequence[Pick]] = [list(picks)]
    for extra in _beside(chosen, frame):
        if len(picks) < most and _joins(extra.exercise, picks, frame):
            picks.append(extra)
            found.append(list(picks))
    sound = [block for block in found if _is_block(block)]
    full = [block for block in sound if len(block) >= least and _is_long(block, chosen, frame)]
    return full or sound[-1:]


def _is_block(picks: Sequence[Pick]) -> bool:
    """Two rows at least, of two kinds, and never stretches alone (I1, I19)."""
    return len(picks) >= _FEWEST and len({pick.exercise.category for pick in picks}) > 1


def _is_long(picks: Sequence[Pick], chosen: Sequence[Offer], frame: Frame) -> bool:
    mine = sum(seconds_of(offer, frame) for offer in chosen)
    others = sum(frame.wish.start_s(pick.exercise) for pick in picks[len(chosen) :])
    return (mine + others) * _HALF >= frame.full_s


def _joins(row: Exercise, picks: Sequence[Pick], frame: Frame) -> bool:
    if any(share_chain(row, pick.exercise) for pick in picks):
        return False
    clock = [pick.by_the_clock for pick in picks]
    return not any(clock) if is_minutes_block(row) else clock.count(False) < frame.wish.learn_max


def _beside(chosen: Sequence[Offer], frame: Frame) -> list[Pick]:
    """What the day would choose, the most important first: another kind of exercise where the plan has one only, then
    what the plan's rows are not there for already."""
    rows = [offer.exercise for offer in chosen]
    pool = [row for row in frame.pools[Slot.MAIN] if not any(share_chain(row, mine) for mine in rows)]
    kinds = {row.category for row in rows}

    def rank(pick: Pick) -> tuple[bool, bool]:
        return len(kinds) == 1 and pick.exercise.category in kinds, _is_served(pick, rows, frame)

    return sorted(main_rows(pool, frame.wish), key=rank)


def _is_served(pick: Pick, rows: Sequence[Exercise], frame: Frame) -> bool:
    if pick.need is not None:
        return any(serves(pick.need, row) for row in rows)
    return any(fits_slot(pick.slot, row, frame.wish) for row in rows)


# --- beginning and end -------------------------------------------------------------------------------------


def _with_ends(draft: Draft, ends: Sequence[Offer], frame: Frame) -> Draft:
    """The draft with those rows of the plan that belong at an end, as far as nothing breaks by it."""
    for offer in ends:
        draft = _with_end(draft, offer, frame) or draft
    return draft


def _with_end(draft: Draft, offer: Offer, frame: Frame) -> Draft | None:
    block = Block.SETTLE if offer.part is Slot.SETTLE else Block.WARMUP
    mine = replace(item_of(offer.exercise, block, frame, BY_PLAN, PLAN_WORDS, offer.dose), slot=BY_PLAN)
    fine = set(breaks(draft.items, frame)) | _TOLERATED
    sound: list[tuple[set[str], Draft]] = []
    for items in _placed(_short_ends(draft.items, frame), mine, frame):
        other = replace(draft, items=tuple(fill(items, frame, by_all_means=True)))
        broken = set(breaks(other.items, frame))
        if _eases(other) and fine >= broken:
            sound.append((broken, other))
    return min(sound, key=lambda one: len(one[0]), default=(None, None))[1]


def _eases(draft: Draft) -> bool:
    """Whether the end has a row that calms or eases (B5)."""
    return any(item.block is Block.SETTLE and item.exercise.category in _EASING for item in draft.items)


def _short_ends(items: tuple[PlannedItem, ...], frame: Frame) -> tuple[PlannedItem, ...]:
    """The same with both ends as short as they come: what filled them gives way."""
    return tuple(
        item
        if item.planned or item.block is Block.MAIN
        else item_of(item.exercise, item.block, frame, item.rule, item.why)
        for item in items
    )


def _placed(
    items: tuple[PlannedItem, ...], mine: PlannedItem, frame: Frame
) -> Iterator[tuple[PlannedItem, ...]]:
    """The session with one more row in its block, or with the row in place of another. A row to rest or breathe stays
    where it is its turn (B5)."""
    spots = [i for i, item in enumerate(items) if item.block is mine.block]
    table = frame.table.settle if mine.block is Block.SETTLE else frame.table.warmup
    if len(spots) < table[1]:
        yield (*items[: spots[0]], mine, *items[spots[0] :])
        yield (*items[: spots[-1] + 1], mine, *items[spots[-1] + 1 :])
    for spot in spots:
        calm = mine.block is Block.SETTLE and frame.calm_wanted and is_calm(items[spot].exercise)
        if not items[spot].planned and not calm:
            yield (*items[:spot], mine, *items[spot + 1 :])


def _with_notes(draft: Draft, plan: TherapistPlan) -> Draft:
    notes = {row.exercise: row.note for row in plan.rows}
    items = (
        replace(item, note=notes.get(item.exercise.id, "")) if item.planned else item for item in draft.items
    )
    return replace(draft, items=tuple(items))
