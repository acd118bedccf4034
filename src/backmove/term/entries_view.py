"""Entries of the journal in words: one readable line for every kind, whole notes, and nothing that steers a
terminal."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

import msgspec

from backmove.core.record import (
    Another,
    AnyRecord,
    Barrier,
    Check,
    Checkin,
    Clearance,
    Direction,
    Done,
    Exclude,
    Exposure,
    Flare,
    Guided,
    Import,
    Pain,
    Profile,
    Record,
    Refusal,
    Seal,
    Session,
    TherapistPlan,
    Triage,
    Unknown,
    Walk,
    kind_of,
)
from backmove.core.when import say_day
from backmove.term.clean import columns, one_line, paragraphs, wrap

LEG_WORDS: Final[Mapping[str, str]] = {
    "none": "no leg pain",
    "usual": "leg as usual",
    "closer": "leg pain closer to the back",
    "further": "leg pain further down",
    "new": "new weakness or numbness in a leg",
}
_STATUS: Final[Mapping[str, str]] = {
    "done": "session done",
    "partly": "session partly done",
    "stopped": "session stopped",
}
STOPPED: Final[Mapping[str, str]] = {
    "pain": "pain",
    "leg": "leg pain",
    "dizzy": "dizzy",
    "unwell": "not well",
    "time": "no time",
    "other": "another reason",
}
RESULTS: Final[Mapping[str, str]] = {
    "EMERGENCY": "emergency help",
    "SAME_DAY": "medical advice the same day",
    "CLINICIAN_FIRST": "a clinician first",
    "CAREFUL": "sessions with care",
    "SELF_CARE": "sessions may be given",
    "OUT_OF_SCOPE": "not made for this",
    "INCOMPLETE": "not answered to the end",
}
_CHECKS: Final[Mapping[str, str]] = {
    "open": "nothing new",
    "gentle": "a gentle session",
    "emergency": "emergency help",
    "full-triage": "something new, so the safety questions",
    "too-much-pain": "too much pain",
    "incomplete": "not answered to the end",
}
_BASE: Final = frozenset(field.name for field in msgspec.structs.fields(Record))


def entry_json(record: AnyRecord) -> dict[str, Any]:
    """An entry for scripts: id, at, day, kind, then its own fields as they are stored."""
    raw = record.raw if isinstance(record, Unknown) else msgspec.to_builtins(record)
    head = {"id": record.id, "at": record.at, "day": record.day, "kind": kind_of(record)}
    return head | {key: value for key, value in raw.items() if key not in head and key != "v"}


def describe(record: AnyRecord) -> str:
    """The entry in one line, without its time and note: ``pain 4, leg as usual``."""
    words = _WORDS.get(type(record), _otherwise)
    return ", ".join(part for part in words(record) if part)


def entry_text(record: AnyRecord, when: str) -> str:
    """The entry in the middle of a sentence: ``pain 4 today at 08:12``. Of a note it says only that there
    is one."""
    return several_text([record], when)


def several_text(records: Sequence[AnyRecord], when: str) -> str:
    """Entries that were written together, in the middle of a sentence."""
    what = " and ".join(describe(r) + (", with your note" if note_of(r) else "") for r in records)
    return f"{what}{', ' if {',', ':'} & set(what) else ' '}{when}"


def note_of(record: AnyRecord) -> str:
    """The note of an entry, as it was written."""
    return str(getattr(record, "note", ""))


def list_text(
    entries: Sequence[AnyRecord], ids: Mapping[str, str], *, today: date, width: int, plain: bool
) -> str:
    """Entries as they come; ``ids``: what to call each one. Plain: one a line; else under their days."""
    if plain:
        return "\n".join(_plain_line(record, one_line(ids[record.id])) for record in entries)
    lines: list[str] = []
    day = ""
    room = max((len(ids[record.id]) for record in entries), default=0)
    for record in entries:
        if record.day != day:
            day = record.day
            lines += ([""] if lines else []) + [say_day(date.fromisoformat(day), today)]
        first = f"  {one_line(ids[record.id]):<{room}}  {_clock(record)}  "
        rest = " " * columns(first)
        lines += wrap(describe(record), width, first=first, rest=rest)
        for paragraph in paragraphs(note_of(record)):
            lines += wrap(paragraph, width, first=rest, rest=rest)
    return "\n".join(lines)


def _plain_line(record: AnyRecord, name: str) -> str:
    note = one_line(note_of(record))
    return f"{record.day} {_clock(record)} {name} {describe(record)}" + (f", note: {note}" if note else "")


def _clock(record: AnyRecord) -> str:
    return f"{datetime.fromisoformat(record.at):%H:%M}"


# --- one kind each ----------------------------------------------------------------------------------


def _pain(record: Pain) -> list[str]:
    return [
        f"pain {record.score}",
        "the morning after a session" if record.morning else "",
        "before a session" if record.before_session else "",
        LEG_WORDS[record.leg] if record.leg else "",
        _of_ten("foot, shin, knee or hip pain", record.limb),
        _of_ten("sleep", record.sleep),
    ]


def _walk(record: Walk) -> list[str]:
    return [f"walk {record.minutes} min", _of_ten("foot, shin, knee or hip pain", record.limb)]


def _flare(record: Flare) -> list[str]:
    return ["a flare-up began" if record.on else "the flare-up is over"]


def _session(record: Session) -> list[str]:
    count = len(record.items)
    minutes = -(-record.estimated_s // 60)
    return [f"session given: {count} exercise{'' if count == 1 else 's'}", f"{minutes} min"]


def _done(record: Done) -> list[str]:
    by_status = {
        word: [r.exercise for r in record.rows if r.status == word] for word in ("easier", "skipped")
    }
    return [
        _STATUS[record.status] + (f": {STOPPED[record.reason]}" if record.reason else ""),
        f"effort {record.effort}" if record.effort is not None else "",
        f"most pain {record.peak}" if record.peak is not None else "",
        LEG_WORDS[record.leg] if record.leg else "",
        "sore after" if record.soreness else "",
        f"feared {record.prediction}" if record.prediction is not None else "",
        f"found {record.found}" if record.found is not None else "",
        _named("hurt", [r.exercise for r in record.rows if r.hurt]),
        _named("skipped", by_status["skipped"]),
        _named("easier form of", by_status["easier"]),
    ]


def _triage(record: Triage) -> list[str]:
    until = f"valid until {record.valid_until}" if record.valid_until and record.unlocked else ""
    book = f"see a clinician by {record.book_by}" if record.book_by else ""
    return [
        f"safety questions: {RESULTS[record.disposition]}",
        until,
        book,
        "only assumed" if record.assumed else "",
    ]


def _clearance(record: Clearance) -> list[str]:
    return [f"a clinician has looked ({record.who}, {record.date})", _named("signs", record.rules)]


def _check(record: Check) -> list[str]:
    return [f"daily check: {_CHECKS[record.outcome]}"]


def _refusal(record: Refusal) -> list[str]:
    return [f"no session: {one_line(record.code).replace('-', ' ')}"]


def _profile(record: Profile) -> list[str]:
    changed = [f"{key} {value_words(value)}" for key, value in record.set.items()]
    return ["profile: " + "; ".join([*changed, *(f"{key} as at first" for key in record.unset)])]


def value_words(value: Any) -> str:
    """A value of the profile in words, fit for a terminal."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(one_line(str(word)) for word in value) or "none"
    return one_line(str(value))


def _checkin(record: Checkin) -> list[str]:
    scores = {
        "average pain": record.pain,
        "joy spoiled": record.enjoyment,
        "held back": record.activity,
        "confidence": record.confidence,
        "sleep": record.sleep,
        "worry about moving": record.fear,
        "low mood": record.mood,
        "tension": record.tension,
        "expect it to last": record.outlook,
        "in the way": record.bother,
    }
    own = [f"{one_line(words)} {score}" for words, score in record.activities.items()]
    return ["check-in", *own, *(_of_ten(name, score) for name, score in scores.items())]


def _exposure(record: Exposure) -> list[str]:
    return [f"feared {record.prediction} of {one_line(record.exercise)}"]


def _direction(record: Direction) -> list[str]:
    bending = f"bending {record.bending}" if record.bending else ""
    arching = f"arching {record.arching}" if record.arching else ""
    return [
        "self-test",
        bending + (f" ({LEG_WORDS[record.bending_leg]})" if bending and record.bending_leg else ""),
        arching + (f" ({LEG_WORDS[record.arching_leg]})" if arching and record.arching_leg else ""),
    ]


def _exclude(record: Exclude) -> list[str]:
    word = "left out" if record.on else "let in again"
    return [f"{word}: {one_line(record.exercise)}", one_line(record.because)]


def _barrier(record: Barrier) -> list[str]:
    return [f"what got in the way: {record.word}"]


def _guided(record: Guided) -> list[str]:
    by_status = {
        word: [r.exercise for r in record.rows if r.status == word]
        for word in ("completed", "easier", "skipped")
    }
    return [
        "in the middle of a session",
        _named("done", by_status["completed"]),
        _named("easier form of", by_status["easier"]),
        _named("skipped", by_status["skipped"]),
        _named("hurt", [r.exercise for r in record.rows if r.hurt]),
    ]


def _plan(record: TherapistPlan) -> list[str]:
    if not record.on:
        return ["the physio's plan was put away"]
    by = f"{one_line(record.by)}'s plan" if record.by else "a physio's plan"
    rows = len(record.rows)
    return [f"{by}: {rows} exercise{'' if rows == 1 else 's'}", f"until {record.until}"]


def _another(record: Another) -> list[str]:
    return ["another session asked for"]


def _seal(record: Seal) -> list[str]:
    what = (
        "a line that was cut short is"
        if not record.blind
        else f"{record.blind} lines that cannot be read are"
    )
    if record.blind == 1:
        what = "a line that cannot be read is"
    return [f"{what} kept in {one_line(record.kept)}"]


def _import(record: Import) -> list[str]:
    number = len(record.brought)
    return [f"{number:,} {'entry' if number == 1 else 'entries'} brought in from {one_line(record.source)}"]


def _unknown(record: Unknown) -> list[str]:
    return [f"{one_line(kind_of(record))} (an entry that only another version can read)"]


def _otherwise(record: AnyRecord) -> list[str]:
    """A kind without words of its own: its name and its simple fields."""
    own = {
        key: value for key, value in msgspec.to_builtins(record).items() if key not in _BASE and key != "kind"
    }
    simple = {key: value for key, value in own.items() if key != "note" and not isinstance(value, dict)}
    return [
        kind_of(record),
        *(f"{key.replace('_', ' ')} {value_words(value)}" for key, value in simple.items()),
    ]


def _of_ten(name: str, score: int | None) -> str:
    return "" if score is None else f"{name} {score}"


def _named(word: str, names: Sequence[str]) -> str:
    return f"{word}: {'; '.join(map(one_line, names))}" if names else ""


_WORDS: Final[Mapping[type, Callable[[Any], list[str]]]] = {
    Pain: _pain,
    Walk: _walk,
    Flare: _flare,
    Session: _session,
    Done: _done,
    Triage: _triage,
    Clearance: _clearance,
    Check: _check,
    Refusal: _refusal,
    Profile: _profile,
    Checkin: _checkin,
    Exposure: _exposure,
    Direction: _direction,
    Exclude: _exclude,
    Barrier: _barrier,
    Guided: _guided,
    TherapistPlan: _plan,
    Another: _another,
    Seal: _seal,
    Import: _import,
    Unknown: _unknown,
}
