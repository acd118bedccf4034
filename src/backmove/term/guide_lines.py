"""The guide line by line: every event is a line or a few, nothing is painted over.

For screen readers, for terminals that cannot be painted on, and for windows too small for a picture. The words are
those of the screen.
"""

from collections.abc import Mapping

from backmove.core.guide_state import Act, Asked, Ended, Event, Guide, Mode, Noted, Said, Stood, WentOn
from backmove.core.timeline import Call, Kind, Row, total_seconds
from backmove.term.guide_words import (
    KEYS,
    LEAVING,
    STOP_HERE,
    Wording,
    block_of,
    cue_line,
    left_words,
    more_of,
    name_of,
    note_words,
    phase_line,
    standing,
    steps_of,
)
from backmove.term.session_view import minutes_words


def opening(guide: Guide, wording: Wording) -> list[str]:
    """What stands before everything: how long it takes, and how to answer."""
    count = len(guide.rows)
    length = minutes_words(int(total_seconds(guide.rows)))
    lines = [f"The guide: {count} exercise{'' if count == 1 else 's'}, {length}."]
    if wording.by_line:
        lines.append("At every moment: type a number, then Enter.")
        lines += key_lines(wording)
    else:
        lines.append("Keys: " + ", ".join(f"{key} {words}" for key, _, words in KEYS.values()) + ".")
    return lines


def key_lines(wording: Wording) -> list[str]:
    """Every wish, one a line."""
    return [f"{wording.key(wish)} {words}" for wish, (_, _, words) in KEYS.items()]


def lines_of(
    event: Event, guide: Guide, wording: Wording, stops: Mapping[str, str], left_s: float
) -> list[str]:
    """An event as lines; none for what needs no words. ``left_s``: seconds left of the session."""
    match event:
        case Said(cue, number):
            row = guide.rows[number]
            after = guide.rows[number + 1] if number + 1 < len(guide.rows) else None
            if cue.call is Call.PHASE and cue.phase.kind is Kind.READY:
                return _row(row, number, guide)
            words = cue_line(cue, row, after)
            first = cue.call is Call.COUNT and cue.phase.kind is Kind.LEAD and cue is row_counts(row)[0]
            return [f"Begin in {words}" if first else words]
        case Ended(number, fate):
            name = name_of(guide.rows[number])
            word = {"completed": "done", "easier": "done in the easier form", "skipped": "left out"}
            last = number + 1 >= len(guide.rows)
            return [
                f"{name}: {word[fate.status]}." + ("" if last else f" {left_words(left_s)}.".capitalize())
            ]
        case Stood(_, why):
            heading, paragraphs = standing(guide, wording)
            more = [phase_line(guide.phase(0), guide.now_row)] if why == "resumed" else []
            return [
                heading if heading.endswith((".", ":")) else f"{heading}.",
                *more,
                *paragraphs,
                wording.go,
            ]
        case WentOn(after_s):
            return [f"Going on in {after_s:.0f} seconds." if after_s else "Going on."]
        case Noted(note):
            return [note_words(note, guide, wording)]
        case Asked(Mode.LEAVING):
            keys = [f"{number if wording.by_line else key} {words}" for key, number, _, words in LEAVING]
            return [STOP_HERE, *keys, wording.signs]
        case Asked():
            row = guide.now_row
            steps = steps_of(row, easier=False)
            return [*key_lines(wording), name_of(row), *steps, *more_of(row, stops), wording.go]
        case _:
            return []


def row_counts(row: Row) -> list[object]:
    """The 3, 2, 1 before the row."""
    return [cue for cue in row.cues if cue.call is Call.COUNT and cue.phase.kind is Kind.LEAD]


def _row(row: Row, number: int, guide: Guide) -> list[str]:
    head = f"{number + 1} of {len(guide.rows)}. {block_of(row)}. {phase_line(row.phases[0], row)}"
    return [head, *steps_of(row, easier=guide.easier)]


def said_keys(wording: Wording) -> Mapping[str, Act]:
    """What may be typed line by line for each wish: its number, its key, or its first word."""
    found: dict[str, Act] = {}
    for wish, (key, number, _) in KEYS.items():
        found |= {number: wish, key: wish, str(wish): wish}
    return found | {"pause": Act.GO, "next": Act.SKIP, "too much": Act.MUCH, "help": Act.HELP}
