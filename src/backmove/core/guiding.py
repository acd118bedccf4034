"""What moves the guide: the clock and the person's wishes. Nothing here waits or speaks.

``advance`` and ``act`` return the next state and what happened. The place in a row is reckoned from an instant
(``since``), never by adding up ticks. When nobody looked at the clock for ``AWAY_S`` (Ctrl-Z, a closed lid) the guide
stands where it was last seen.
"""

from collections.abc import Sequence
from typing import Final

from msgspec.structs import replace

from backmove.core.guide_state import (
    Act,
    Asked,
    Ended,
    Event,
    Fate,
    Guide,
    HowFar,
    Leave,
    Left,
    Mode,
    Moment,
    Note,
    Noted,
    Said,
    Sound,
    Stand,
    Stood,
    WentOn,
    fate_of,
)
from backmove.core.timeline import LEAD_S, WORK, Row

AWAY_S: Final = 3.0
"""A gap this long between two looks at the clock means that the program did not run."""
MORE_S: Final = 10.0
MORE_MAX_S: Final = 60.0
AGAIN_S: Final = 4.0
"""So far into the work of a row ``back`` means its beginning; before that, the row before."""
NOTE_S: Final = 6.0
NEARLY: Final = 0.9
"""A timed row may be called done when this share of it is over."""


Step = tuple[Guide, list[Event]]


def begin(rows: Sequence[Row], now: Moment, *, sounds: tuple[Sound, ...] = (Sound.OFF,)) -> Step:
    """A guide at its beginning. ``sounds``: what there is to choose from; the first one is on."""
    guide = Guide(tuple(rows), tuple(Fate() for _ in rows), now, sounds=sounds, sound=sounds[0])
    return _arrive(guide, 0, now.mono)


def resume(
    rows: Sequence[Row], far: HowFar, now: Moment, *, sounds: tuple[Sound, ...] = (Sound.OFF,)
) -> Step:
    """A guide where it was left; it stands until the person says "go on"."""
    said = {row.exercise: row for row in far.rows}
    fates = [fate_of(said.get(row.item.exercise.id)) for row in rows]
    here = min(far.row, len(rows))
    if here < len(rows):
        fates[here] = replace(
            fates[here], easier=fates[here].easier or far.easier, hurt=fates[here].hurt or far.hurt
        )
    guide = Guide(
        tuple(rows), tuple(fates), now, row=here, sounds=sounds, sound=sounds[0], stand=Stand.RESUMED
    )
    if here == len(rows):
        return _leave(guide, Leave.ALL)
    at = min(far.seconds, rows[here].seconds)
    first = [Said(cue, here) for cue in rows[here].cues[:1]]
    return replace(guide, at=at, heard=at), [*first, Stood(here, Stand.RESUMED)]


# --- the clock ----------------------------------------------------------------------------------------------


def advance(guide: Guide, now: Moment) -> Step:
    """Time has passed: cues that are due, rows that are over."""
    gap = max(now.mono - guide.seen.mono, now.wall - guide.seen.wall)
    seen, guide = guide.seen, replace(guide, seen=now)
    if guide.mode is not Mode.RUNNING:
        return guide, []
    if gap > AWAY_S:
        return _stand(guide, Stand.AWAY, seen.mono)
    events: list[Event] = []
    while guide.mode is Mode.RUNNING and guide.since is not None:
        position, row = guide.position(now.mono), guide.now_row
        end = guide.since + row.seconds - guide.at
        events += [Said(cue, guide.row) for cue in row.cues if guide.heard < cue.at <= position]
        guide = replace(guide, heard=max(guide.heard, position))
        if position < row.seconds:
            break
        guide, more = _over(guide, end, done=True)
        events += more
    return guide, events


# --- wishes -------------------------------------------------------------------------------------------------


def act(guide: Guide, wish: Act, now: Moment) -> Step:
    """What a person wants, at any moment. While the question whether to stop stands there, only ``answer`` counts."""
    guide, events = advance(guide, now)
    if guide.mode in (Mode.OVER, Mode.LEAVING):
        return guide, events
    if guide.mode is Mode.HELP:
        if wish is Act.HELP:
            return replace(guide, page=guide.page + 1), [*events, Asked(Mode.HELP)]
        guide = replace(guide, mode=Mode.STANDING)
        if wish is Act.GO:
            return guide, [*events, Stood(guide.row, guide.stand)]
    guide, more = _WISHES[wish](guide, now.mono)
    return guide, events + more


def answer(guide: Guide, how: Leave | None, now: Moment) -> Step:
    """The answer to the question whether to stop. None: go on where one was, when the person says so."""
    guide, events = advance(guide, now)
    if guide.mode is not Mode.LEAVING:
        return guide, events
    guide, more = _stand(guide, guide.stand, now.mono) if how is None else _leave(guide, how)
    return guide, events + more


def noted(guide: Guide, note: Note, mono: float) -> Step:
    """A sentence for a few seconds."""
    return replace(guide, note=note, note_until=mono + NOTE_S), [Noted(note)]


def _go(guide: Guide, mono: float) -> Step:
    if guide.mode is Mode.RUNNING:
        return _stand(guide, Stand.PAUSE, mono)
    phase = guide.phase(mono)
    again = phase.kind in WORK and guide.stand is not Stand.WAIT
    after = float(LEAD_S) if again else 0.0
    return replace(guide, mode=Mode.RUNNING, since=mono + after, note=None), [WentOn(after)]


def _skip(guide: Guide, mono: float) -> Step:
    return _over(guide, mono, done=False)


def _done(guide: Guide, mono: float) -> Step:
    position, row = guide.position(mono), guide.now_row
    if not any(phase.kind in WORK and phase.at < position for phase in row.phases):
        return noted(guide, Note.NOT_BEGUN, mono)
    if row.item.dose.kind != "reps" and position < NEARLY * row.seconds:
        return noted(guide, Note.TIMED, mono)
    return _over(guide, mono, done=True)


def _easier(guide: Guide, mono: float) -> Step:
    if guide.easier:
        return noted(guide, Note.EASIER_ALREADY, mono)
    return _stand(_mark(guide, easier=True), Stand.EASIER, mono)


def _much(guide: Guide, mono: float) -> Step:
    """Over 5 of 10: the easier form once; when that is too much as well, the row is left out (R-C7)."""
    was_easier = guide.easier
    guide = _mark(guide, easier=True, hurt=True)
    if not was_easier:
        return _stand(guide, Stand.MUCH, mono)
    guide, events = _over(guide, mono, done=False)
    if guide.mode is Mode.OVER:
        return guide, events
    guide, more = noted(guide, Note.LEFT_OUT, mono)
    return guide, events + more


def _back(guide: Guide, mono: float) -> Step:
    phases = guide.now_row.phases
    begun = next((phase.at for phase in phases if phase.kind in WORK), 0.0)
    row = guide.row if guide.position(mono) > begun + AGAIN_S else max(0, guide.row - 1)
    return _arrive(guide, row, mono)


def _more(guide: Guide, mono: float) -> Step:
    if guide.mode is not Mode.RUNNING:
        return noted(guide, Note.STANDS, mono)
    waiting = guide.waiting_s(mono)
    if waiting + MORE_S > MORE_MAX_S:
        return noted(guide, Note.MORE_MOST, mono)
    guide = replace(guide, at=guide.position(mono), since=mono + waiting + MORE_S)
    return noted(guide, Note.MORE, mono)


def _stop(guide: Guide, mono: float) -> Step:
    return _ask(guide, Mode.LEAVING, mono)


def _help(guide: Guide, mono: float) -> Step:
    return _ask(guide, Mode.HELP, mono)


def _sound(guide: Guide, mono: float) -> Step:
    place = guide.sounds.index(guide.sound) if guide.sound in guide.sounds else -1
    guide = replace(guide, sound=guide.sounds[(place + 1) % len(guide.sounds)])
    return noted(guide, Note.SOUND, mono)


_WISHES: Final = {
    Act.GO: _go,
    Act.SKIP: _skip,
    Act.DONE: _done,
    Act.EASIER: _easier,
    Act.BACK: _back,
    Act.MORE: _more,
    Act.MUCH: _much,
    Act.STOP: _stop,
    Act.HELP: _help,
    Act.SOUND: _sound,
}


# --- moves --------------------------------------------------------------------------------------------------


def _halted(guide: Guide, mono: float) -> Guide:
    return replace(guide, at=guide.position(mono), since=None)


def _stand(guide: Guide, why: Stand, mono: float) -> Step:
    guide = replace(_halted(guide, mono), mode=Mode.STANDING, stand=why, note=None)
    return guide, [Stood(guide.row, why)]


def _ask(guide: Guide, mode: Mode, mono: float) -> Step:
    why = guide.stand if guide.mode is Mode.STANDING else Stand.PAUSE
    return replace(_halted(guide, mono), mode=mode, stand=why, note=None, page=0), [Asked(mode)]


def _leave(guide: Guide, how: Leave) -> Step:
    return replace(guide, mode=Mode.OVER, since=None, left=how), [Left(how)]


def _mark(guide: Guide, *, easier: bool = False, hurt: bool = False) -> Guide:
    fate = guide.fate
    marked = replace(fate, easier=fate.easier or easier, hurt=fate.hurt or hurt)
    return _with_fate(guide, marked)


def _with_fate(guide: Guide, fate: Fate) -> Guide:
    return replace(guide, fates=(*guide.fates[: guide.row], fate, *guide.fates[guide.row + 1 :]))


def _over(guide: Guide, mono: float, *, done: bool) -> Step:
    """The row ends at an instant. A row that was done once stays done."""
    fate = replace(guide.fate, done=guide.fate.done or done, passed=guide.fate.passed or not done)
    guide = _with_fate(guide, fate)
    events: list[Event] = [Ended(guide.row, fate)]
    if guide.next_row is None:
        guide, more = _leave(replace(guide, row=len(guide.rows), at=0.0), Leave.ALL)
        return guide, events + more
    guide, more = _arrive(guide, guide.row + 1, mono)
    return guide, events + more


def _arrive(guide: Guide, row: int, mono: float) -> Step:
    """At the beginning of a row: it waits, if it has to and was not there before, or the clock runs."""
    guide = replace(guide, row=row, at=0.0, heard=0.0, since=None, note=None)
    first: list[Event] = [Said(cue, row) for cue in guide.now_row.cues if cue.at <= 0]
    if guide.now_row.wait is not None and not guide.fate.seen:
        return replace(guide, mode=Mode.STANDING, stand=Stand.WAIT), [*first, Stood(row, Stand.WAIT)]
    return replace(guide, mode=Mode.RUNNING, since=mono), first
