"""The guide as a screen: lines of a given size, top to bottom, so that what matters stands where it stood before.

A line is made of pieces, each with a meaning (``head``, ``dim``, ``warn``, ``key``). ``term/guide_paint.py`` puts them
on a terminal. Widths are columns.
"""

from typing import Final

from backmove.core.guide_state import Act, Guide, Mode, Stand
from backmove.core.timeline import WORK, Kind, Phase, total_seconds
from backmove.term.clean import columns as columns_of
from backmove.term.clean import one_line
from backmove.term.guide_canvas import Canvas, Line, Piece, cut, help_page, leaving_page, wrapped
from backmove.term.guide_words import (
    KEYS,
    breath_of,
    clock_words,
    dose_of,
    easier_of,
    left_words,
    name_of,
    note_words,
    set_words,
    standing,
    steps_of,
)

LEAST: Final = (40, 15)
"""Columns and rows of the smallest screen; in a smaller window the guide goes line by line."""
_ROOMY: Final = 17
"""From so many rows on there are empty lines between the parts."""
_BESIDE: Final = 70
"""From here on the picture stands beside the words, else above them."""
_ART_COLUMNS: Final = (24, 30, 38)
"""Columns of the picture: while there is much to read, else, and in a wide window."""
_ART_ROWS: Final = (5, 16)
_LONG: Final = 14
"""With fewer rows between head and foot what has to be read takes the place of the picture."""
_SAID: Final = 9
"""Rows that the words keep when the picture stands above them."""
_CUE_S: Final = 8
"""One step of the exercise stands on the screen so long."""
_DOTS: Final = 12
_BREATH_S: Final = 3


def screen(guide: Guide, mono: float, canvas: Canvas) -> list[Line]:
    """The whole screen: exactly ``canvas.rows`` lines."""
    head = _head(guide, canvas)
    foot = _foot(guide, mono, canvas)
    room = canvas.rows - len(head) - len(foot)
    body = _body(guide, mono, canvas, room)[:room]
    margin = (" " * canvas.margin, "")
    lines = [*head, *body, *[()] * (room - len(body)), *foot]
    return [(margin, *line) if line else () for line in lines]


def text_of(lines: list[Line]) -> list[str]:
    """The lines without their meanings."""
    return ["".join(text for text, _ in line).rstrip() for line in lines]


# --- above and below --------------------------------------------------------------------------------------


def _head(guide: Guide, canvas: Canvas) -> list[Line]:
    row = guide.now_row
    place = f"{min(guide.row, len(guide.rows) - 1) + 1} of {len(guide.rows)}"
    left = f"{place}   {name_of(row)}"
    after = f"next: {name_of(guide.next_row)}" if guide.next_row else "the last one"
    dose = dose_of(row) + (", easier form" if guide.easier else "")
    gap = canvas.width - columns_of(left) - columns_of(after)
    if gap < 2:
        after, gap = "", 0
    lines: list[Line] = [((cut(left, canvas.width), "head"), (" " * gap + after, "dim"))]
    lines.append(((cut(dose, canvas.width), ""),))
    if canvas.rows >= 20:
        lines.append(((canvas.signs.rest * canvas.width, "dim"),))
    if canvas.rows >= _ROOMY:
        lines.append(())
    return lines


def _foot(guide: Guide, mono: float, canvas: Canvas) -> list[Line]:
    """A note, how far it is, and the keys. Where there is little room a note stands in the place of the bar."""
    notes: list[Line] = []
    if guide.note is not None and mono < guide.note_until:
        words = note_words(guide.note, guide, canvas.wording)
        notes = [((line, "warn"),) for line in wrapped(words, canvas.width)]
    if canvas.rows < _ROOMY:
        return [*(notes or [_bar(guide, mono, canvas)]), *_keys(guide, canvas)]
    return [*(notes or [()]), _bar(guide, mono, canvas), *_keys(guide, canvas)]


def _bar(guide: Guide, mono: float, canvas: Canvas) -> Line:
    whole = total_seconds(guide.rows)
    left = guide.left_s(mono)
    words = left_words(left)
    room = canvas.width - len(words) - 3
    full = round(room * (1 - min(1.0, left / whole))) if whole else room
    return (
        (canvas.signs.bar * full, "head"),
        (canvas.signs.rest * (room - full), "dim"),
        (f"   {words}", ""),
    )


_SHORT: Final[tuple[tuple[Act, str], ...]] = (
    (Act.GO, "pause"),
    (Act.SKIP, "next"),
    (Act.EASIER, "easier"),
    (Act.MUCH, "too much"),
    (Act.BACK, "back"),
    (Act.MORE, "10 s"),
    (Act.STOP, "stop"),
    (Act.HELP, "help"),
)


def _keys(guide: Guide, canvas: Canvas) -> list[Line]:
    if guide.mode is Mode.LEAVING:
        return [(("No answer is chosen for you.", "dim"),)]
    if guide.mode is Mode.HELP:
        return [(("?", "key"), (" more   ", "dim"), ("space", "key"), (" back to the exercise", "dim"))]
    lines: list[list[Piece]] = [[]]
    used = 0
    gap = 2 if canvas.width >= 60 else 1
    for wish, words in _SHORT:
        key = KEYS[wish][0]
        words = "go on" if wish is Act.GO and guide.mode is Mode.STANDING else words
        size = len(key) + 1 + len(words)
        if used and used + size > canvas.width:
            lines.append([])
            used = 0
        lines[-1] += [(key, "key"), (f" {words}{' ' * gap}", "dim")]
        used += size + gap
    return [tuple(line) for line in lines]


# --- between ----------------------------------------------------------------------------------------------


def _body(guide: Guide, mono: float, canvas: Canvas, room: int) -> list[Line]:
    match guide.mode:
        case Mode.HELP:
            return help_page(guide, canvas, room)
        case Mode.LEAVING:
            return leaving_page(canvas)
        case _:
            return _with_art(guide, mono, canvas, room)


def _with_art(guide: Guide, mono: float, canvas: Canvas, room: int) -> list[Line]:
    """The picture and the words, side by side or one above the other."""
    phase, at = guide.phase(mono), guide.position(mono)
    if guide.mode is Mode.STANDING and guide.stand is Stand.WAIT:
        at = mono  # while it is read, the picture shows the move
    low, high = _ART_ROWS
    long = guide.mode is Mode.STANDING and guide.stand is not Stand.PAUSE and room < _LONG
    if canvas.art is None or long:
        return _words(guide, mono, canvas, canvas.width, room)
    if canvas.columns >= _BESIDE and room >= low:
        reading = guide.mode is Mode.STANDING or phase.kind is Kind.READY
        across = _ART_COLUMNS[2 if canvas.columns >= 100 else 0 if reading else 1]
        picture = canvas.art(guide.now_row, phase, at, across, min(room, high))
        if picture:
            words = _words(guide, mono, canvas, canvas.width - across - 3, room)
            return _beside(picture, words, across)
        return _words(guide, mono, canvas, canvas.width, room)
    words = _words(guide, mono, canvas, canvas.width, max(_SAID, room - low - 1))
    left = min(high, room - len(words) - 1)
    picture = canvas.art(guide.now_row, phase, at, canvas.width, left) if left >= low else []
    return [*[((line, ""),) for line in picture], *([()] if picture else []), *words]


def _beside(picture: list[str], words: list[Line], across: int) -> list[Line]:
    lines: list[Line] = []
    for n in range(max(len(picture), len(words))):
        drawn = picture[n] if n < len(picture) else ""
        said = words[n] if n < len(words) else ()
        gap = " " * (across - columns_of(drawn) + 3)
        lines.append(((drawn + (gap if said else ""), ""), *said))
    return lines


def _words(guide: Guide, mono: float, canvas: Canvas, width: int, room: int) -> list[Line]:
    if guide.mode is Mode.STANDING:
        return _standing(guide, canvas, width, room)
    phase = guide.phase(mono)
    if guide.waiting_s(mono) > 0 and phase.kind in WORK:
        words = f"Going on in {clock_words(guide.waiting_s(mono))}"
        return [((words, "head"),), (), *_doing(guide, mono, width, room - 2)]
    if phase.kind is Kind.READY:
        words = f"Get ready   {_left_of(guide, phase, mono)}"
        return _fitted([((words, "head"),), ()], _steps(guide, width, easier=guide.easier), room, canvas)
    now = [part for line in _phase(guide, phase, mono, canvas, width) for part in _parted(line, width)]
    return [*now, (), *_doing(guide, mono, width, room - len(now) - 1)]


def _left_of(guide: Guide, phase: Phase, mono: float) -> str:
    return clock_words(phase.end - guide.position(mono) + guide.waiting_s(mono))


def _phase(guide: Guide, phase: Phase, mono: float, canvas: Canvas, width: int) -> list[Line]:
    """What is to be done now, with its count."""
    left = _left_of(guide, phase, mono)
    which = set_words(phase)
    after: Line = ((which, "dim"),) if which else ()
    done = guide.position(mono) - phase.at
    match phase.kind:
        case Kind.LEAD:
            return [(("Begin in   ", "head"), (left, "head")), after]
        case Kind.REPEAT:
            return [
                ((f"{phase.number} of {phase.of}", "head"), (f"   {which}", "dim")),
                _dots(phase.number, phase.of, width, canvas),
            ]
        case Kind.HOLD:
            count = f"   {phase.number} of {phase.of}" if phase.of > 1 else ""
            return [
                ((f"Hold   {left}", "head"), (count, ""), (f"   {which}" if which else "", "dim")),
                _dots(done, phase.seconds, width, canvas),
            ]
        case Kind.LET_GO:
            last = phase.number == phase.of
            return [
                (("Let go", "head"), ("" if last else f"   then {phase.number + 1} of {phase.of}", "")),
                after,
            ]
        case Kind.SIDE:
            return [((f"Change sides   {left}", "head"),), after]
        case Kind.REST:
            return [((f"Rest   {left}", "head"),), ((f"then {which}", "dim"),)]
        case _:
            return [
                ((left, "head"), ("   at your own pace", "dim")),
                _dots(done, phase.seconds, width, canvas),
            ]


def _parted(line: Line, width: int) -> list[Line]:
    """The line, or its last piece on a line of its own where it is too wide."""
    if len(line) < 2 or sum(columns_of(text) for text, _ in line) <= width:
        return [line]
    text, style = line[-1]
    return [*_parted(line[:-1], width), ((text.strip(), style),)]


def _dots(done: float, of: float, width: int, canvas: Canvas) -> Line:
    """How much of something is over; one dot for each where they are few."""
    dots = int(of) if of <= _DOTS else _DOTS
    full = int(done) if of <= _DOTS else int(done / of * dots)
    signs = [canvas.signs.full] * full + [canvas.signs.empty] * (dots - full)
    return ((" ".join(signs)[:width], "head"),)


def _doing(guide: Guide, mono: float, width: int, room: int) -> list[Line]:
    """The breath and the steps of the exercise; where there is no room for all, one after the other."""
    row = guide.now_row
    at, phase = guide.position(mono), guide.phase(mono)
    breath = phase.kind is Kind.HOLD and any(
        cue.call == "breathe" and cue.phase == phase and 0 <= at - cue.at < _BREATH_S for cue in row.cues
    )
    lines: list[Line] = [((line, "head" if breath else ""),) for line in wrapped(breath_of(row), width)]
    cues = [one_line(cue) for cue in row.item.exercise.cues]
    if guide.easier:
        cues = [f"Easier form: {easier_of(row)}"]
    whole = [line for cue in cues for line in wrapped(cue, width)]
    if len(lines) + 1 + len(whole) > room:
        whole = list(wrapped(cues[int(at // _CUE_S) % len(cues)], width))
    return [*lines, (), *[((line, ""),) for line in whole]]


def _steps(guide: Guide, width: int, *, easier: bool) -> list[Line]:
    lines: list[Line] = []
    for step in steps_of(guide.now_row, easier=easier):
        lines += [((line, ""),) for line in wrapped(step, width)]
    return lines


def _standing(guide: Guide, canvas: Canvas, width: int, room: int) -> list[Line]:
    heading, paragraphs = standing(guide, canvas.wording)
    lines: list[Line] = [((line, "head"),) for line in wrapped(heading, width)]
    for paragraph in paragraphs:
        lines += [((line, "warn"),) for line in wrapped(paragraph, width)]
    if len(lines) < room:
        lines.append(((canvas.wording.go, "key"),))
    told = guide.stand in (Stand.EASIER, Stand.MUCH)
    return _fitted([*lines, ()], _steps(guide, width, easier=guide.easier and not told), room, canvas)


def _fitted(first: list[Line], rest: list[Line], room: int, canvas: Canvas) -> list[Line]:
    """Both, or as much of the second as there is room for, with the way to the rest."""
    if len(first) + len(rest) <= room:
        return [*first, *rest]
    if len(first) >= room:
        return first[:room]
    return [*first, *rest[: room - len(first) - 1], ((f"{canvas.signs.more} all of it: ?", "dim"),)]
