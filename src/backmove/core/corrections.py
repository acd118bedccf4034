"""Corrections: which entry an id names, what may be changed in it, and what ``undo`` takes back.

Nothing is rewritten: everything here ends in an Amend or a Retract. Triage, clearance, check and refusal
records cannot be touched (rulings 2.3); nor can entries of a kind that this version does not know.
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from msgspec import Struct

from backmove.core.diary import Diary
from backmove.core.logbook import LEGS
from backmove.core.record import FIXED, Amend, AnyRecord, Guided, Retract, Seal, Session, Unknown, kind_of
from backmove.core.replay import taken_back, without_repeats
from backmove.core.reporting import REASONS, STATUSES
from backmove.core.typed import choice, guess, text
from backmove.errors import BackmoveError, NotFound, UsageProblem

SHORTEST: Final = 4
"""Letters of an id that are shown and asked for at least."""

_UNSEEN: Final = frozenset({Amend, Retract, Guided})
"""Kinds of records that stand behind another entry; of a guided session that is not reported the last step is seen."""

LAST: Final = ("last", "-1")
"""Names of the entry that was written last."""

EDITABLE: Final[Mapping[str, tuple[str, ...]]] = {
    "pain": ("score", "leg", "limb", "sleep", "note", "at"),
    "walk": ("minutes", "limb", "note", "at"),
    "flare": ("at",),
    "done": ("status", "reason", "effort", "peak", "leg", "soreness", "prediction", "found", "note"),
    "checkin": ("sleep", "note"),
}
"""Fields that ``edit`` may change, by kind."""

OPTIONS: Final[Mapping[str, str]] = {"score": "--pain", "reason": "--stopped"}
"""Fields that are called otherwise on the command line."""

_FIXED_WORDS: Final[Mapping[str, str]] = {
    "triage": "Answers to the safety questions",
    "clearance": "What a clinician said",
    "check": "Answers to the daily check",
    "refusal": "A session that was not given",
    "seal": "The note of what was set aside",
}


def visible(diary: Diary) -> tuple[AnyRecord, ...]:
    """The entries that a person sees: what stands, without the corrections themselves, and without the steps of a
    guided session: of one that is not reported yet the last step is seen."""
    last = {r.session: r.id for r in diary.entries if isinstance(r, Guided)}
    for done in diary.dones if last else ():
        last.pop(done.session, None)
    seen = set(last.values())
    return tuple(r for r in diary.entries if type(r) not in _UNSEEN or r.id in seen)


def short_ids(records: Sequence[AnyRecord], shown: Iterable[AnyRecord]) -> dict[str, str]:
    """For the id of each entry that is ``shown`` the shortest beginning, of four letters or more, that no other id of
    the journal has."""
    wanted = {r.id for r in shown} - {LAST[0]}
    begun = {one[:SHORTEST] for one in wanted}
    ids = sorted({r.id for r in records if r.id[:SHORTEST] in begun} | {LAST[0]})
    short = {}
    for one in wanted:
        place = bisect_left(ids, one)
        beside = (*ids[max(0, place - 1) : place], *ids[place + 1 : place + 2])
        alike = max((_shared(one, other) for other in beside), default=0)
        short[one] = one[: max(SHORTEST, alike + 1)]
    return short


def _shared(one: str, other: str) -> int:
    """How many letters two ids begin with in common."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length


def named(name: str, records: Sequence[AnyRecord], diary: Diary) -> AnyRecord:
    """The entry that ``name`` means: the beginning of its id, or ``last`` (``-1``) for the one written last.

    Raises UsageProblem for a name that is too short or ambiguous, NotFound when no entry has it.
    """
    entries = visible(diary)
    word = name.strip().lower()
    if word in LAST:
        if not entries:
            raise NotFound("there is no entry yet.", hint="Make one:  backmove log 4")
        return entries[-1]
    exact = [r for r in entries if r.id == word]
    if not exact and len(word) < SHORTEST:
        raise UsageProblem(
            f"{name!r} is too short to name an entry: type at least {SHORTEST} letters of its id, or last.",
            hint="The ids:  backmove list",
        )
    found = exact or [r for r in entries if r.id.startswith(word)]
    if len(found) > 1:
        short = short_ids(records, found)
        raise UsageProblem(
            f"{name!r} could be {' or '.join(short[r.id] for r in found)}: type one letter more.",
            hint="What they are:  backmove list",
            code="ambiguous",
        )
    if not found:
        raise _not_found(name, word, records, entries)
    return found[0]


def _not_found(name: str, word: str, records: Sequence[AnyRecord], entries: Sequence[AnyRecord]) -> NotFound:
    unique = without_repeats(records)
    if any(r.id.startswith(word) and r.id in taken_back(unique) for r in unique):
        return NotFound(f"the entry {name!r} was taken back already.", hint="What stands:  backmove list")
    short = short_ids(records, entries)
    near = guess(word, [short[r.id] for r in entries])
    return NotFound(f"there is no entry {name!r}.{near}", hint="The ids:  backmove list")


def touchable(record: AnyRecord) -> None:
    """Raises BackmoveError (code ``fixed``), with the reason, when the entry can be neither changed nor
    taken back."""
    kind = kind_of(record)
    if kind in FIXED:
        raise _fixed(
            f"{_FIXED_WORDS[kind]} cannot be changed or taken back: later sessions rest on it.",
            hint="If something is different now:  backmove triage    An earlier entry:  backmove delete ID",
        )
    if isinstance(record, Unknown):
        raise _fixed(
            f"this entry is of a kind ({kind!r}) that this backmove does not know, so it stays as it is."
        )


def _fixed(message: str, *, hint: str = "") -> BackmoveError:
    return BackmoveError(message, hint=hint, code="fixed")


def deletable(record: AnyRecord, diary: Diary) -> None:
    """Raises BackmoveError (code ``fixed``) when the entry cannot be taken back; a session that was
    reported keeps its report."""
    touchable(record)
    report = diary.done_of(record.id) if isinstance(record, Session) else None
    if report is not None:
        raise _fixed(
            "this session was reported as done; take the report back first.",
            hint=f"backmove delete {report.id[:SHORTEST]}",
        )


def wanted_changes(typed: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that were typed, checked: None means "not typed". Raises UsageProblem for an unknown word.

    A reason makes a session stopped; a session that was not stopped has no reason.
    """
    wanted = {name: value for name, value in typed.items() if value is not None}
    for name, allowed in (("leg", LEGS), ("status", STATUSES), ("reason", REASONS)):
        if name in wanted:
            choice(option(name), wanted[name], allowed)
    if "reason" in wanted:
        wanted.setdefault("status", "stopped")
    if wanted.get("status", "stopped") != "stopped":
        if "reason" in wanted:
            raise UsageProblem(f"--status {wanted['status']} and --stopped do not fit together.")
        wanted["reason"] = None
    if "note" in wanted:
        wanted["note"] = text(wanted["note"])
    return wanted


def changes(record: AnyRecord, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What an Amend has to set so that the entry has the ``wanted`` fields (``at`` comes with its ``day``).

    Fields that have the value already are left out. Raises BackmoveError (code ``fixed``) for an entry that
    stays as it is, UsageProblem for a field that entries of this kind do not have.
    """
    touchable(record)
    kind = kind_of(record)
    allowed = EDITABLE.get(kind, ())
    if not allowed:
        raise _fixed(
            f"an entry of the kind {kind} has nothing to edit.", hint="Take it back:  backmove delete ID"
        )
    for name in wanted:
        if name not in allowed and name != "day":
            fit = ", ".join(option(field) for field in allowed)
            raise UsageProblem(f"{option(name)} does not fit an entry of the kind {kind}. What fits: {fit}.")
    if not wanted:
        fit = ", ".join(option(field) for field in allowed)
        raise UsageProblem(f"say what to change. For an entry of the kind {kind}: {fit}.")
    return {name: value for name, value in wanted.items() if getattr(record, name) != value}


def option(name: str) -> str:
    """The option of the command line for a field."""
    return OPTIONS.get(name, f"--{name}")


def last_change(records: Sequence[AnyRecord]) -> tuple[AnyRecord, ...]:
    """The person's last change that still stands: one record, or all that one command wrote together.

    What an ``undo`` wrote is no change, so that repeated undo goes further back. In a group, fixed records
    stay and the rest is taken back. Raises BackmoveError (code ``fixed``) when the last thing that happened
    cannot be taken back, NotFound when there is nothing left.
    """
    unique = without_repeats(records)
    gone = taken_back(unique)
    for record in reversed(unique):
        if record.id in gone or isinstance(record, Seal) or (isinstance(record, Retract) and record.undo):
            continue
        together = [r for r in unique if r.group == record.group] if record.group else [record]
        free = [r for r in together if kind_of(r) not in FIXED and r.id not in gone]
        if free:
            for one in free:
                touchable(one)
            return tuple(free)
        if not any(r.id in gone for r in together):
            touchable(record)
    raise NotFound("there is nothing to undo.", hint="What stands:  backmove list")


class Undone(Struct, frozen=True):
    """One record that undo took back, and the entry it was about, before and after. None: it does not
    stand."""

    record: AnyRecord
    was: AnyRecord | None
    now: AnyRecord | None

    @property
    def entry(self) -> AnyRecord:
        return self.was or self.now or self.record


def undone(record: AnyRecord, before: Diary, after: Diary) -> Undone:
    """What taking back ``record`` did: to itself, or to the entry that it corrects in the end."""
    events = {r.id: r for d in (before, after) for r in d.entries if isinstance(r, Amend | Retract)}
    about, passed = record.id, set[str]()
    while about in events and about not in passed:
        passed.add(about)
        about = events[about].target
    return Undone(record, *(next((r for r in d.entries if r.id == about), None) for d in (before, after)))
