"""Corrections replayed: which records stand, with which values, and which versions a safeguard must remember.

Conventions: functions take records in the order of the file, each id once (``without_repeats``). Fixed
kinds stay as they were written, whatever a line says of them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec

from backmove.core.days import in_reach, is_day
from backmove.core.record import FIXED, Amend, AnyRecord, Import, Known, Record, Retract, Unknown, kind_of
from backmove.errors import DataProblem

SECOND_THOUGHTS: Final = timedelta(minutes=10)
"""What was said and taken back or changed within this time sets no trigger; later the trigger stays
(rulings 2.3)."""

TURNING: Final = frozenset({Amend, Retract, Import})
_IDENTITY: Final = frozenset({"v", "id", "kind", "group", "written"})
"""What a correction can never change."""


def without_repeats(records: Iterable[AnyRecord]) -> list[AnyRecord]:
    """The first of each id: a record that stands twice (a careless merge) happened once."""
    listed = list(records)
    if len({record.id for record in listed}) == len(listed):
        return listed
    seen: dict[str, AnyRecord] = {}
    for record in listed:
        seen.setdefault(record.id, record)
    return list(seen.values())


def turning(records: Iterable[AnyRecord]) -> list[AnyRecord]:
    """The few records that say something of others: the functions below that need no more read these alone."""
    return [record for record in records if type(record) in TURNING]


def taken_back(records: Sequence[AnyRecord]) -> dict[str, Retract]:
    """Ids that are taken back, with the record that does it. Read from the end: a retraction can be
    retracted. With an import goes all that it brought, except what is fixed."""
    turns = turning(records)
    fixed = {r.id for r in records if kind_of(r) in FIXED} if turns else set()
    imports = {r.id: r for r in turns if isinstance(r, Import)}
    gone: dict[str, Retract] = {}
    for record in reversed(turns):
        if not isinstance(record, Retract) or record.id in gone or record.target in fixed:
            continue
        gone[record.target] = record
        if record.target in imports:
            for brought in imports[record.target].brought:
                if brought not in fixed and brought != record.id:
                    gone.setdefault(brought, record)
    return gone


def brought_and_gone(records: Sequence[AnyRecord], gone: Mapping[str, Retract]) -> dict[str, Retract]:
    """Ids that came with an import which was taken back (fixed ones, too), with the record that does it."""
    return {
        brought: gone[note.id]
        for note in records
        if isinstance(note, Import) and note.id in gone
        for brought in note.brought
    }


def thought_again(records: Sequence[AnyRecord], gone: Mapping[str, Retract]) -> frozenset[str]:
    """Ids of what an import brought that was taken back within ten minutes: no safeguard remembers them."""
    return frozenset(
        brought
        for note in records
        if isinstance(note, Import) and note.id in gone and _soon(_said(note), _said(gone[note.id]))
        for brought in note.brought
    )


def amendments(records: Sequence[AnyRecord], gone: Mapping[str, Retract]) -> dict[str, list[Amend]]:
    """The corrections that hold, by the id they correct."""
    found: dict[str, list[Amend]] = {}
    for record in records:
        if isinstance(record, Amend) and record.id not in gone:
            found.setdefault(record.target, []).append(record)
    return found


def amended(record: AnyRecord, corrections: Sequence[Amend]) -> AnyRecord:
    """The record with its corrections. Raises DataProblem when one does not fit."""
    if not corrections or kind_of(record) in FIXED or isinstance(record, Unknown):
        return record
    document = msgspec.to_builtins(record)
    for amend in corrections:
        document |= amend.set
        if _IDENTITY & set(amend.set):
            raise _misfit(record, "it touches " + ", ".join(sorted(_IDENTITY & set(amend.set))))
    try:
        changed: AnyRecord = msgspec.convert(document, Known)
        if not is_day(changed.day):
            raise _misfit(record, f"no calendar has {changed.day!r}")
        if datetime.fromisoformat(changed.at).tzinfo is None:
            raise _misfit(record, f"{changed.at!r} has no offset from UTC")
        if not in_reach(changed.at):
            raise _misfit(record, f"{changed.at!r} is out of reach")
    except (msgspec.ValidationError, ValueError) as wrong:
        raise _misfit(record, str(wrong)) from None
    return changed


def _misfit(record: AnyRecord, what: str) -> DataProblem:
    return DataProblem(
        f"a correction of the entry {record.id} does not fit: {what}.", hint="Look:  backmove doctor"
    )


def corrections_by_entry(records: Sequence[AnyRecord]) -> dict[str, list[Amend | Retract]]:
    """Every correction under the entry that it is about in the end: also a retraction of an amendment of
    it."""
    events = {r.id: r for r in records if isinstance(r, Amend | Retract)}
    found: dict[str, list[Amend | Retract]] = {}
    for event in events.values():
        about, passed = event.target, {event.id}
        while about in events and about not in passed:
            passed.add(about)
            about = events[about].target
        found.setdefault(about, []).append(event)
    return found


def remembered(record: AnyRecord, events: Sequence[Amend | Retract]) -> tuple[AnyRecord, ...]:
    """The versions of an entry that a safeguard counts: what stands now, and what once stood long enough.

    ``events`` are its corrections in the order of the file. A clock that went back makes nothing a second
    thought.
    """
    if not events:
        return (record,)
    chain: list[AnyRecord] = [record, *events]
    first = _said(record)
    kept: list[AnyRecord] = []
    version: AnyRecord | None = None
    for number, event in enumerate(chain):
        version = _version(record, chain[: number + 1], version)
        said = first if _soon(first, _said(event)) else _said(event)
        replaced_soon = number + 1 < len(chain) and _soon(said, _said(chain[number + 1]))
        if version is not None and not replaced_soon:
            kept.append(version)
    return tuple(kept)


def _version(record: AnyRecord, known: Sequence[AnyRecord], before: AnyRecord | None) -> AnyRecord | None:
    """What an entry was after ``known``; a correction that does not fit changed nothing then."""
    gone = taken_back(known)
    if record.id in gone:
        return None
    try:
        return amended(record, amendments(known, gone).get(record.id, ()))
    except DataProblem:
        return before


def _said(record: Record) -> datetime:
    return datetime.fromisoformat(record.written or record.at)


def _soon(earlier: datetime, later: datetime) -> bool:
    return timedelta(0) <= later - earlier <= SECOND_THOUGHTS
