"""Exercises that a person leaves out by name: what to write down, what may come instead, what else holds a row back."""

from collections.abc import Iterable
from typing import Final

from backmove.core.candidates import bounds_of, sift
from backmove.core.clearance import Standing
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog, Exercise, Slot
from backmove.core.finding import barred_by
from backmove.core.helpful_direction import ways_of
from backmove.core.parameters import Parameters
from backmove.core.placement import own_steps
from backmove.core.profile import Profile
from backmove.core.record import Exclude
from backmove.core.zone import Mode, Zone, stage_of

_NOON: Final = 12 * 60


def word_on(diary: Diary, exercise: str) -> Exclude | None:
    """The person's own word by which a row is left out now; None when it is not."""
    last = next((record for record in reversed(diary.excludes) if record.exercise == exercise), None)
    return last if last is not None and last.on else None


def is_news(diary: Diary, exercise: str, because: str) -> bool:
    """Whether leaving it out says anything new: it was not left out, or there is another reason now."""
    word = word_on(diary, exercise)
    return word is None or because not in ("", word.because)


def stand_in(
    row: Exercise, catalog: Catalog, diary: Diary, standing: Standing, today: str, parameters: Parameters
) -> Exercise | None:
    """The row that comes closest and fits the person on a day without much pain; None when there is none.

    Of the same ladder before others, then of the same kind, with the same targets, no harder than need be.
    """
    bounds = bounds_of(
        catalog,
        parameters,
        diary.profile,
        own_steps(diary.profile, catalog, parameters),
        tags=standing.tags,
        careful=standing.careful,
        zone=Zone.GREEN,
        stage=stage_of(diary, today, parameters),
        mode=Mode.GENTLE if standing.gentle else Mode.NORMAL,
        place=diary.profile.place,
        minute_of_day=_NOON,
        excluded=diary.excluded | {row.id},
        ways=ways_of(diary, today, parameters),
    )
    slots = [slot for slot in (Slot.MAIN, Slot.WARMUP, Slot.SETTLE, Slot.OUTING) if slot in row.slots]
    pools = sift(catalog.exercises.values(), bounds)
    near = [other for slot in slots[:1] for other in pools[slot] if _is_kin(row, other)]
    return min(near, key=lambda other: _distance(row, other), default=None)


def _is_kin(row: Exercise, other: Exercise) -> bool:
    return other.category is row.category or _ladder(row) == _ladder(other) != ""


def _distance(row: Exercise, other: Exercise) -> tuple[int, ...]:
    """Lower is closer."""
    same = _ladder(row) == _ladder(other) != ""
    shared = len(set(row.targets) & set(other.targets))
    steps = abs(_step(row) - _step(other)) if same else 0
    return (not same, other.category is not row.category, steps, -shared, abs(row.level - other.level))


def _ladder(row: Exercise) -> str:
    return row.chain.id if row.chain else ""


def _step(row: Exercise) -> int:
    return row.chain.step if row.chain else 0


def also_held_by(row: Exercise, catalog: Catalog, profile: Profile, tags: Iterable[str]) -> tuple[str, ...]:
    """What else keeps a row out of the sessions, in words: dislikes, precautions, kit."""
    found = [
        f"you do not like {word} (backmove profile show)"
        for word in profile.dislikes
        if word in (row.id, row.category, row.tradition)
    ]
    found += [entry.label for entry in barred_by(catalog, row, sorted(tags))]
    lacking = [str(thing) for thing in row.equipment if thing not in profile.equipment]
    if lacking:
        found.append(f"it needs {' and '.join(lacking)}, which your profile does not have")
    return tuple(found)
