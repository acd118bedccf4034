"""What must hold between the entries of the catalogue, beyond the shape of each.

Every function returns all faults it sees. A fault has a path into the data files (file key, position, field),
so that a reader of files can add the line; ``what`` says what is wrong and what would be right.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import fields

from backmove.core.choices import Fear
from backmove.core.course_figures import FearLadders
from backmove.core.dose_check import dose_faults
from backmove.core.exercise import (
    Card,
    Direction,
    Exercise,
    Feature,
    Position,
    Precaution,
    Reference,
    Slot,
    SpineRange,
    Stage,
    Status,
    StopCode,
)
from backmove.core.fault import Fault

ID: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
NAME_LENGTH: Final = 48
CARD_WORDS: Final = 120

DERIVED: Final = (Feature.FLEX_MID, Feature.EXT_ANY)
LYING: Final = (Position.FLOOR_SUPINE, Position.PRONE, Position.SIDE_LYING)

_POSITION_NEEDS: Final[Mapping[Position, tuple[tuple[Feature, ...], ...]]] = {
    Position.FLOOR_SUPINE: ((Feature.SUPINE,),),
    Position.PRONE: ((Feature.PRONE, Feature.PRONE_LOAD),),
    Position.QUADRUPED: ((Feature.KNEEL,), (Feature.WRIST,)),
    Position.KNEELING: ((Feature.KNEEL,),),
    Position.WATER: ((Feature.WATER,),),
}
"""For each position: groups of features, of each of which one must be there."""

_END_NEEDS: Final[Mapping[Direction, tuple[Feature, ...]]] = {
    Direction.FLEXION: (Feature.FLEX_END,),
    Direction.EXTENSION: (Feature.EXT_END,),
    Direction.ROTATION: (Feature.ROT_END,),
    Direction.SIDE_BEND: (Feature.SIDE_BEND,),
    Direction.MIXED: (Feature.FLEX_END, Feature.EXT_END, Feature.ROT_END),
}


def exercise_faults(
    rows: Sequence[Exercise],
    *,
    stop_codes: Collection[str],
    references: Collection[str],
    others: Sequence[Exercise] = (),
) -> list[Fault]:
    """Faults of ``rows``. ``others``: rows of the library that stand beside them and are not judged."""
    kept = [row for row in others if row.id not in {mine.id for mine in rows}]
    known = {row.id: row for row in (*kept, *rows)}
    faults = []
    for number, row in enumerate(rows):
        here = ("exercises", number)
        faults += [Fault((*here, *f.loc), f.what) for f in _row_faults(row)]
        faults += [Fault((*here, *f.loc), f.what) for f in _link_faults(row, known, stop_codes, references)]
    faults += _name_faults(rows, kept)
    faults += _chain_faults(rows, kept)
    return faults


def _row_faults(row: Exercise) -> Iterable[Fault]:
    if not ID.fullmatch(row.id):
        yield Fault(("id",), "an id is small letters, digits and single hyphens")
    if len(row.name) > NAME_LENGTH:
        yield Fault(("name",), f"{len(row.name)} characters; at most {NAME_LENGTH}")
    yield from _feature_faults(row)
    if row.bed_ok and row.position not in LYING:
        yield Fault(("bed_ok",), f"only lying rows can be done on a bed; {row.position} cannot")
    if row.level >= 3 and Stage.FLARE in row.stages:
        yield Fault(("stages",), f"level {row.level} is too much for a flare day; take flare out")
    early = [stage for stage in (Stage.ACUTE, Stage.SUBACUTE) if stage in row.stages]
    if row.level >= 4 and early:
        yield Fault(("stages",), f"level {row.level} is too much for {' and '.join(early)}; take them out")
    both = set(row.equipment) & set(row.equipment_optional)
    if both:
        yield Fault(("equipment_optional",), f"{', '.join(sorted(both))} is already required")
    for name in ("targets", "equipment", "features", "slots", "stages", "goals", "stop_if"):
        values = getattr(row, name)
        twice = sorted(value for value, count in Counter(values).items() if count > 1)
        if twice:
            yield Fault((name,), f"{', '.join(twice)} stands twice")
    yield from (Fault(("dose", *f.loc), f.what) for f in dose_faults(row.dose, row.category))


def _feature_faults(row: Exercise) -> Iterable[Fault]:
    have = set(row.features)
    for group in _POSITION_NEEDS.get(row.position, ()):
        if not have & set(group):
            yield Fault(("features",), f"position {row.position} needs the feature {' or '.join(group)}")
    if row.spine.range is SpineRange.END:
        wanted = _END_NEEDS.get(row.spine.direction, ())
        if not have & set(wanted):
            needed = " or ".join(wanted) or "a direction other than neutral"
            yield Fault(("features",), f"{row.spine.direction} to the end of its range needs {needed}")
    for feature in DERIVED:
        if feature in have:
            yield Fault(("features",), f"{feature} follows from spine and is not written; take it out")


def _link_faults(
    row: Exercise, known: Mapping[str, Exercise], stop_codes: Collection[str], references: Collection[str]
) -> Iterable[Fault]:
    for name in ("regressions", "progressions"):
        for number, other in enumerate(getattr(row, name)):
            if other not in known or other == row.id:
                yield Fault((name, number), f"no other exercise has the id {other}")
    if row.status is Status.MERGED:
        target = known.get(row.merged_into or "")
        if target is None or target.status is not Status.ACTIVE:
            yield Fault(("merged_into",), "a merged row names the active exercise that took its place")
    elif row.merged_into is not None:
        yield Fault(("merged_into",), "only a row with status merged has this")
    for number, code in enumerate(row.stop_if):
        if code == "S0":
            yield Fault(("stop_if", number), "S0 always holds and is not written; take it out")
        elif code not in stop_codes:
            yield Fault(("stop_if", number), f"{code} is not a stop code (there are {', '.join(stop_codes)})")
    for number, evidence in enumerate(row.evidence):
        if evidence.ref not in references:
            yield Fault(("evidence", number, "ref"), f"{evidence.ref} is not a key of references.yaml")


def _name_faults(rows: Sequence[Exercise], others: Sequence[Exercise]) -> Iterable[Fault]:
    taken = {word.casefold(): row.id for row in others for word in (row.id, row.name, *row.aliases)}
    for number, row in enumerate(rows):
        for field, words in (("id", (row.id,)), ("name", (row.name,)), ("aliases", row.aliases)):
            for word in words:
                owner = taken.setdefault(word.casefold(), row.id)
                if owner != row.id or (field == "id" and any(r.id == row.id for r in rows[:number])):
                    yield Fault(("exercises", number, field), f"{word!r} already stands for {owner}")


def _chain_faults(rows: Sequence[Exercise], others: Sequence[Exercise]) -> Iterable[Fault]:
    chains: dict[str, list[tuple[int, Exercise, int | None]]] = defaultdict(list)
    numbered = [*((None, row) for row in others), *enumerate(rows)]
    for number, row in numbered:
        if row.chain is not None and row.status is Status.ACTIVE:
            chains[row.chain.id].append((row.chain.step, row, number))
    for name, steps in chains.items():
        there = Counter(step for step, _, _ in steps)
        for step, row, number in steps:
            if number is None:
                continue
            gap = next((lower for lower in range(1, step) if lower not in there), None)
            if gap or there[step] > 1:
                what = f"has no step {gap}" if gap else f"has step {step} twice"
                text = f"chain {name} {what}; steps count from 1 without gaps"
                yield Fault(("exercises", number, "chain"), text)
            highest = max((other.level for at, other, _ in steps if at < step), default=0)
            if row.level < highest:
                what = f"level {row.level} after level {highest}: levels never fall along chain {name}"
                yield Fault(("exercises", number, "level"), what)


def precaution_faults(precautions: Sequence[Precaution], references: Collection[str]) -> Iterable[Fault]:
    """Faults of the precautions: tags, and the sources they name."""
    for number, entry in enumerate(precautions):
        if not ID.fullmatch(entry.tag):
            yield Fault(("precautions", number, "tag"), "a tag is small letters, digits and single hyphens")
        if not entry.forbids:
            yield Fault(
                ("precautions", number, "forbids"), "a precaution that forbids nothing protects nobody"
            )
        for feature in entry.spares_aerobic:
            if feature not in entry.forbids:
                yield Fault(
                    ("precautions", number, "spares_aerobic"), f"{feature} is not forbidden by this tag"
                )
        yield from _unknown_sources("precautions", number, "sources", entry.sources, references)
    yield from _twice("precautions", "tag", [entry.tag for entry in precautions])


def stop_code_faults(codes: Sequence[StopCode]) -> Iterable[Fault]:
    """S0 is there and urgent; codes are unique."""
    yield from _twice("stop_codes", "code", [entry.code for entry in codes])
    if not any(entry.code == "S0" and entry.urgent for entry in codes):
        yield Fault(("stop_codes",), "S0 is missing or not urgent; it holds for every exercise")


def card_faults(cards: Sequence[Card], references: Collection[str]) -> Iterable[Fault]:
    """Numbers and ids are unique, texts are short, the source is known."""
    yield from _twice("cards", "number", [str(card.number) for card in cards])
    yield from _twice("cards", "id", [card.id for card in cards])
    for number, card in enumerate(cards):
        words = len(card.text.split())
        if words > CARD_WORDS:
            yield Fault(("cards", number, "text"), f"{words} words; at most {CARD_WORDS}")
        yield from _unknown_sources("cards", number, "source", (card.source,), references)


def reference_faults(references: Sequence[Reference]) -> Iterable[Fault]:
    """Keys are unique."""
    return _twice("references", "key", [entry.key for entry in references])


def parameter_faults(
    group: Any, references: Collection[str], loc: tuple[str | int, ...] = ()
) -> Iterable[Fault]:
    """Numbers whose ``source`` is no known key, however deep they stand."""
    if isinstance(group, tuple):
        for number, part in enumerate(group):
            yield from parameter_faults(part, references, (*loc, number))
    elif isinstance(group, Struct):
        for part in fields(group):
            value = getattr(group, part.name)
            if part.name == "source" and value not in references:
                yield Fault((*loc, "source"), f"{value} is not a key of references.yaml")
            yield from parameter_faults(value, references, (*loc, part.name))


def ladder_faults(ladders: FearLadders, exercises: Mapping[str, Exercise]) -> Iterable[Fault]:
    """Ladders of feared moves (R-O4): every row is there, meets that fear, can be given, and is no easier than the one
    before it. Rows come in the main block; those of walking are outings."""
    for fear in Fear:
        if fear not in ladders.rows:
            yield Fault(("ladders", "rows"), f"there is no ladder for {fear}")
    for fear, names in ladders.rows.items():
        slot = Slot.OUTING if fear is Fear.WALKING else Slot.MAIN
        highest = 0
        for number, name in enumerate(names):
            loc = ("ladders", "rows", str(fear), number)
            row = exercises.get(name)
            if row is None or row.status is not Status.ACTIVE:
                yield Fault(loc, f"there is no exercise {name}")
                continue
            if name in names[:number]:
                yield Fault(loc, f"{name} stands twice")
            if slot not in row.slots:
                yield Fault(loc, f"{name} cannot be used as {slot}; a ladder of {fear} needs that")
            if fear not in row.exposes:
                yield Fault(loc, f"{name} does not say that it exposes {fear}")
            if row.level < highest:
                yield Fault(loc, f"level {row.level} after level {highest}: a ladder never gets easier")
            highest = max(highest, row.level)
        if not names:
            yield Fault(("ladders", "rows", str(fear)), f"the ladder of {fear} has no row")


def _unknown_sources(
    part: str, number: int, field: str, sources: Iterable[str], references: Collection[str]
) -> Iterable[Fault]:
    for source in sources:
        if source not in references:
            yield Fault((part, number, field), f"{source} is not a key of references.yaml")


def _twice(part: str, field: str, words: Sequence[str]) -> Iterable[Fault]:
    for number, word in enumerate(words):
        if word in words[:number]:
            yield Fault((part, number, field), f"{word} stands twice")
