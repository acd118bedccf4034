"""Bringing the records of another file into the journal: what is new, what changes by it, and what is noted of it.

Nothing here opens a lock. What two journals say about precautions is joined when both sides changed it, because the
later word of one side did not know of the other's.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from msgspec import Struct

from backmove.core.diary import Diary, fold
from backmove.core.lines import read_line, write_line
from backmove.core.merging import Changed, Woven, woven
from backmove.core.record import AnyRecord, Import, Profile, Retract, Triage, kind_of
from backmove.core.replay import brought_and_gone, taken_back, without_repeats
from backmove.core.strand import Strand
from backmove.errors import BackmoveError, DataProblem

Stamp = Callable[[str], dict[str, Any]]
"""What a record begins with, given when days end (``Profile.day_ends``)."""

CORRECTIONS: Final = frozenset({"amend", "retract"})


class Source(Struct, frozen=True):
    """Where records come from. ``name``: the file's, without folders."""

    name: str
    format: Literal["json", "journal", "csv"]


@dataclass(frozen=True, slots=True)
class Bringing:
    """What an import does. ``added``: ids that are new here, in their order; ``kinds`` counts them; ``same``: records
    of the file that are here already.

    ``changed``: ids that stood for two contents. ``again``: notes of earlier imports that are brought back, because
    the file holds all that was taken back with them. ``still_gone``: entries of the file that went with an import and
    stay so. ``loses``: entries that stood here and that a correction in the file takes back. ``precautions`` were said
    on one side only and are kept. ``own``: the records that this machine writes about it.
    """

    added: tuple[str, ...] = ()
    kinds: Mapping[str, int] = field(default_factory=dict)
    same: int = 0
    changed: tuple[Changed, ...] = ()
    again: tuple[Import, ...] = ()
    still_gone: int = 0
    loses: tuple[str, ...] = ()
    precautions: tuple[str, ...] = ()
    own: tuple[AnyRecord, ...] = ()
    lines: Callable[[], Iterator[bytes]] = field(default=lambda: iter(()), compare=False)

    @property
    def anything(self) -> bool:
        """Whether the journal is another one afterwards."""
        return bool(self.own)


def bring(
    ours: Strand,
    theirs: Strand,
    source: Source,
    *,
    stamp: Stamp,
    group: str,
    same_person: bool = False,
) -> Bringing:
    """What it means to bring ``theirs`` into ``ours``; ``lines`` of the answer gives the bytes of the new journal.

    Raises BackmoveError (code ``another-person``) for two journals with safety answers and no record in common, unless
    it is said that they are the ``same_person``'s; DataProblem when a correction in the file does not fit.
    """
    theirs.skip = theirs.standing_notes()
    cloth = woven([ours, theirs])
    _one_person(cloth, ours, theirs, same_person=same_person)
    light = _light(cloth)
    before, after = fold(ours.light()), _folded(light, source)
    numbers = cloth.added()
    new = tuple(cloth.ids[n] for n in numbers)
    mine = without_repeats(ours.weighty.values())
    gone = taken_back(mine)
    held = {cloth.ids[n] for n in cloth.order if cloth.later[n]}
    again = [note for note in _gone_notes(ours, gone) if _holds_all(note, held)]
    back = [Retract(**stamp(after.profile.day_ends), group=group, target=gone[note.id].id) for note in again]
    both = _folded([*light, *back], source) if back else after
    fresh = set(new)
    coming = fresh.union(*(note.brought for note in again)) if again else fresh
    lost = _lost_precautions(cloth, coming, before, fold(theirs.light()), both)
    own = _own_records(source, new, back, both, lost, lambda: stamp(both.profile.day_ends), group)
    loses = _loses(cloth, gone, (*light, *own))
    return Bringing(
        added=new,
        kinds=Counter(cloth.kind(n) for n in numbers),
        same=sum(cloth.first[n] and cloth.later[n] for n in cloth.order),
        changed=tuple(c for c in cloth.changed if c.id in fresh or c.other in fresh),
        again=tuple(again),
        still_gone=_still_gone(cloth, gone.keys() & brought_and_gone(mine, gone).keys(), again),
        loses=loses,
        precautions=lost,
        own=own,
        lines=lambda: _lines(cloth, own),
    )


def _one_person(cloth: Woven, ours: Strand, theirs: Strand, *, same_person: bool) -> None:
    mine = [r for r in ours.weighty.values() if isinstance(r, Triage)]
    other = [r for r in theirs.weighty.values() if isinstance(r, Triage)]
    shared = any(a and b for a, b in zip(cloth.first, cloth.later, strict=True))
    if same_person or shared or not (mine and other):
        return
    differ = _differences(mine, other)
    what = f" The {' and the '.join(differ)} {'differs' if len(differ) == 1 else 'differ'}." if differ else ""
    raise BackmoveError(
        "both journals hold answers to the safety questions, and they have not one entry in common, so they may be of "
        f"two people.{what} Nothing was changed.",
        hint="If both are yours, give the command again with --same-person. Never put two people's answers together.",
        code="another-person",
    )


def _differences(mine: Sequence[Triage], other: Sequence[Triage]) -> list[str]:
    def said(runs: Sequence[Triage], name: str) -> Any:
        return next((value for run in reversed(runs) if (value := getattr(run, name)) is not None), None)

    sexes, ages = ({said(mine, name), said(other, name)} for name in ("sex", "age"))
    born = [int(run.day[:4]) - run.age for run in (*mine[-1:], *other[-1:]) if run.age is not None]
    found = ["age"] if len(ages - {None}) > 1 and len(born) > 1 and max(born) - min(born) > 2 else []
    return found + (["sex"] if len(sexes - {None}) > 1 else [])


# --- the merged journal, small enough to fold ---------------------------------------------------------------


def _light(cloth: Woven) -> list[AnyRecord]:
    """What decides over the rest, in the merged order: weighty records and whatever they correct."""
    weighty = {n: _record(cloth, n) for n in cloth.order if n in cloth.new or _is_weighty(cloth, n)}
    named = {r.target for r in weighty.values() if kind_of(r) == "amend" and hasattr(r, "target")}
    if not named:
        return list(weighty.values())
    return [
        weighty[n] if n in weighty else _record(cloth, n)
        for n in cloth.order
        if n in weighty or cloth.ids[n] in named
    ]


def _is_weighty(cloth: Woven, number: int) -> bool:
    return cloth.spots[number] in cloth.strands[cloth.homes[number]].weighty


def _record(cloth: Woven, number: int) -> AnyRecord:
    if number not in cloth.new:
        return cloth.strands[cloth.homes[number]].record(cloth.spots[number])
    found = read_line(cloth.new[number])
    assert found is not None, "a record is no empty line"
    return found


def _folded(records: Sequence[AnyRecord], source: Source) -> Diary:
    try:
        return fold(records)
    except DataProblem as problem:
        raise DataProblem(
            f"with {source.name} the journal could not be read any more: {problem.message} Nothing was changed.",
            code=problem.code,
        ) from None


def _loses(cloth: Woven, gone: Mapping[str, Retract], light: Sequence[AnyRecord]) -> tuple[str, ...]:
    """Entries of ours that do not stand any more."""
    now = taken_back(light).keys() - gone.keys()
    return tuple(
        cloth.ids[n]
        for n in cloth.order
        if cloth.first[n] and cloth.ids[n] in now and cloth.kind(n) not in CORRECTIONS
    )


def _gone_notes(ours: Strand, gone: Mapping[str, Retract]) -> list[Import]:
    """Imports that were themselves taken back."""
    return [
        r
        for r in ours.weighty.values()
        if isinstance(r, Import) and r.id in gone and gone[r.id].target == r.id
    ]


def _holds_all(note: Import, held: set[str]) -> bool:
    """Whether a file with these ids has all that the import brought. Only then is it clear that it is wanted again."""
    return bool(note.brought) and held.issuperset(note.brought)


def _still_gone(cloth: Woven, lost: Set[str], again: Sequence[Import]) -> int:
    """How many entries of the file went with an import that stays taken back."""
    left = lost - {name for note in again for name in note.brought}
    return sum(
        cloth.later[n] and cloth.ids[n] in left and cloth.kind(n) not in CORRECTIONS
        for n in (cloth.order if left else ())
    )


def _lost_precautions(
    cloth: Woven, coming: Set[str], mine: Diary, other: Diary, both: Diary
) -> tuple[str, ...]:
    """Precautions of one side that the other side's later list does not have, when both sides changed theirs.
    ``coming``: ids that begin to hold here, also those that come back after an undo."""
    theirs = any(_about_precautions(cloth, n) for n in cloth.order if cloth.ids[n] in coming)
    ours = any(_about_precautions(cloth, n) for n in cloth.order if cloth.first[n] and not cloth.later[n])
    if not (theirs and ours):
        return ()
    said = dict.fromkeys((*mine.profile.precautions, *other.profile.precautions))
    return tuple(tag for tag in said if tag not in both.profile.precautions)


def _about_precautions(cloth: Woven, number: int) -> bool:
    if cloth.kind(number) != "profile":
        return False
    record = _record(cloth, number)
    return isinstance(record, Profile) and ("precautions" in record.set or "precautions" in record.unset)


# --- what this machine writes about it ----------------------------------------------------------------------


def _own_records(
    source: Source,
    new: tuple[str, ...],
    back: Sequence[Retract],
    after: Diary,
    lost: tuple[str, ...],
    stamp: Callable[[], dict[str, Any]],
    group: str,
) -> tuple[AnyRecord, ...]:
    own: list[AnyRecord] = list(back)
    several = {"group": group} if back or lost else {}
    if lost:
        tags = [*after.profile.precautions, *lost]
        own.append(Profile(**stamp() | several, set={"precautions": tags}))
    if new:
        own.append(Import(**stamp() | several, source=source.name, format=source.format, brought=new))
    return tuple(own)


def _lines(cloth: Woven, own: Sequence[AnyRecord]) -> Iterator[bytes]:
    yield from cloth.chunks()
    yield from map(write_line, own)
