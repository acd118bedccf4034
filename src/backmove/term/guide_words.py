"""What the guide says: the same words on the screen, line by line, and spoken.

Here an exercise's own words are only put together; nothing decides. ``Wording`` holds what depends on the day and on
how keys are named there: ``space`` on the painted screen, ``1`` and Enter line by line.
"""

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from backmove.core.guide_state import Act, Guide, Leave, Note, Sound, Stand
from backmove.core.plan import Plan
from backmove.core.profile import Place
from backmove.core.timeline import Call, Cue, Kind, Phase, Row, Wait
from backmove.term.clean import one_line
from backmove.term.session_view import BLOCKS, item_dose, minutes_words

KEYS: Final[Mapping[Act, tuple[str, str, str]]] = {
    Act.GO: ("space", "1", "pause, or go on"),
    Act.SKIP: ("n", "2", "next one (leave this one out)"),
    Act.EASIER: ("e", "3", "the easier form"),
    Act.MUCH: ("x", "4", "too much: more than 5 of 10"),
    Act.BACK: ("b", "5", "back"),
    Act.MORE: ("+", "6", "10 seconds more"),
    Act.STOP: ("q", "7", "stop"),
    Act.HELP: ("?", "8", "help, and this exercise in full"),
    Act.DONE: ("d", "9", "done with it, before the clock"),
    Act.SOUND: ("s", "0", "sound: off, bell, voice"),
}
"""Every wish: its key, its number line by line, and what it does."""

LEAVING: Final[tuple[tuple[str, str, Leave | None, str], ...]] = (
    ("g", "1", None, "go on with the session"),
    ("l", "2", Leave.LATER, "later today: go on where you are"),
    ("f", "3", Leave.FINISH, "finish here, and say how it was"),
    ("w", "4", Leave.SIGN, "a stop sign: something is wrong"),
)
"""The question whether to stop: key, number, meaning, words."""

STOP_HERE: Final = "Stop here? What you did is kept."
STEADY: Final = "Up to 5 of 10 is fine while you move, if it settles by tomorrow."
_ZONES: Final = {
    "green": STEADY,
    "amber": f"A lighter day. {STEADY}",
    "red": "A gentle day: small, easy moves. Stay well below what hurts.",
}
_SOUNDS: Final = {
    Sound.OFF: "Sound is off.",
    Sound.BELL: "Sound: the bell of the terminal.",
    Sound.VOICE: "Sound: the voice of this computer.",
}
_WAITS: Final = {
    Wait.SIGNS: "Before the main part:",
    Wait.NEW: "New for you: read it first, then get into place.",
    Wait.DOWN: "Get down in your own time.",
    Wait.UP: "Get up in your own time. Hold on to something until your head feels steady.",
    Wait.READ: "Read it first, then get into place.",
}
_BED: Final = "Get into place on the bed in your own time."


class Wording(Struct, frozen=True):
    """What depends on the day. ``signs``: the stop signs in words; ``by_line``: numbers and Enter, not keys."""

    zone: str
    signs: str
    place: Place = Place.FLOOR
    by_line: bool = False

    def key(self, wish: Act) -> str:
        """How a person says a wish here."""
        name, number, _ = KEYS[wish]
        return number if self.by_line else name

    @property
    def go(self) -> str:
        """How to go on."""
        return "Type 1, then Enter, to go on." if self.by_line else "Press space to go on."


def wording_of(plan: Plan, signs: str, *, by_line: bool) -> Wording:
    """The words of a day. ``signs``: those of stop code S0."""
    return Wording(_ZONES[plan.zone], signs, plan.place, by_line)


# --- headings ---------------------------------------------------------------------------------------------


def name_of(row: Row) -> str:
    """The exercise's name, fit for a terminal."""
    return one_line(row.item.exercise.name)


def dose_of(row: Row) -> str:
    """The dose in words."""
    return item_dose(row.item)


def block_of(row: Row) -> str:
    return BLOCKS[row.item.block]


def left_words(seconds: float) -> str:
    """What is left of the session."""
    return f"{minutes_words(int(seconds))} left" if seconds >= 60 else "less than a minute left"


def clock_words(seconds: float) -> str:
    """Seconds as they are shown: ``45`` or ``2:15``. They are rounded up, so that 0 is never waited for."""
    whole = -int(-seconds // 1)
    return f"{whole // 60}:{whole % 60:02}" if whole >= 60 else str(whole)


def set_words(phase: Phase) -> str:
    """Which set and side: ``set 2 of 2, other side``; nothing where there is only one."""
    sides = "" if phase.sides < 2 else "first side" if phase.side == 1 else "other side"
    sets = f"set {phase.set} of {phase.sets}" if phase.sets > 1 else ""
    return ", ".join(part for part in (sets, sides) if part)


# --- cues -------------------------------------------------------------------------------------------------


def cue_line(cue: Cue, row: Row, next_row: Row | None) -> str:
    """A cue as a line to read."""
    phase = cue.phase
    match cue.call:
        case Call.COUNT:
            return f"{cue.number}"
        case Call.BREATHE:
            return "Keep breathing."
        case Call.HALF:
            return "Half time."
        case Call.SOON:
            return f"10 seconds. Then: {name_of(next_row)}." if next_row else "10 seconds."
        case Call.PHASE:
            return phase_line(phase, row)


def phase_line(phase: Phase, row: Row) -> str:
    """How a phase begins, as a line to read."""
    which = f" ({set_words(phase)})" if phase.number == 1 and set_words(phase) else ""
    match phase.kind:
        case Kind.READY:
            return f"{name_of(row)}: {dose_of(row)}."
        case Kind.REPEAT:
            return f"{phase.number} of {phase.of}{which}"
        case Kind.HOLD:
            count = f", {phase.number} of {phase.of}" if phase.of > 1 else ""
            return f"Hold {clock_words(phase.seconds)} seconds{count}{which}"
        case Kind.LET_GO:
            return "Let go."
        case Kind.SIDE:
            return "Change sides."
        case Kind.REST:
            return f"Rest {clock_words(phase.seconds)} seconds. Then set {phase.set} of {phase.sets}."
        case Kind.STEADY:
            minutes = int(phase.seconds // 60)
            return f"Begin: {minutes} minute{'' if minutes == 1 else 's'}."
        case Kind.LEAD:
            return "Begin in"


def cue_spoken(cue: Cue, row: Row, next_row: Row | None) -> str:
    """A cue as a voice says it: shorter, as it must not run into the next one."""
    phase = cue.phase
    if cue.call is Call.PHASE and phase.kind is Kind.REPEAT:
        return str(phase.number)
    if cue.call is Call.PHASE and phase.kind is Kind.HOLD:
        return "Hold."
    if cue.call is Call.BREATHE:
        return "Breathe."
    return cue_line(cue, row, next_row)


# --- standing still ---------------------------------------------------------------------------------------


def standing(guide: Guide, wording: Wording) -> tuple[str, tuple[str, ...]]:
    """Why the guide stands still: a heading, and what to know before one goes on."""
    row = guide.now_row
    match guide.stand:
        case Stand.WAIT:
            return _waiting(row.wait or Wait.READ, wording)
        case Stand.PAUSE:
            return "Paused", ()
        case Stand.AWAY:
            return "You were away, so the clock stood still.", ()
        case Stand.RESUMED:
            return "You were here", ()
        case Stand.EASIER:
            return "The easier form", (easier_of(row),)
        case Stand.MUCH:
            return "More than 5 of 10 is too much", (
                f"Now the easier form: {easier_of(row)}",
                f"Still too much? Then {wording.key(Act.MUCH)} again leaves it out.",
                f"A stop sign? Then {wording.key(Act.STOP)}: {wording.signs}",
            )


def standing_spoken(guide: Guide, wording: Wording) -> tuple[str, ...]:
    """What a voice says while the guide stands: there is time for all of it, also for what is read on the screen."""
    row = guide.now_row
    heading, paragraphs = standing(guide, wording)
    steps = (
        (phase_line(row.phases[0], row), *steps_of(row, easier=False)) if guide.stand is Stand.WAIT else ()
    )
    return (heading if heading.endswith((".", ":")) else f"{heading}.", *paragraphs, *steps, wording.go)


def _waiting(wait: Wait, wording: Wording) -> tuple[str, tuple[str, ...]]:
    if wait is Wait.SIGNS:
        return _WAITS[wait], (wording.zone, f"Stop at once and get help for: {wording.signs}")
    if wait is Wait.DOWN and wording.place is Place.BED:
        return _BED, ()
    return _WAITS[wait], ()


def easier_of(row: Row) -> str:
    """How to make it easier."""
    return one_line(row.item.exercise.easier)


def steps_of(row: Row, *, easier: bool) -> tuple[str, ...]:
    """How to do it: the place, the steps, the breath, and the easier form where that is asked for."""
    step = row.item.exercise
    own = [f"Easier form: {easier_of(row)}"] if easier else []
    return (*own, *map(one_line, step.setup), *map(one_line, step.cues), breath_of(row))


def more_of(row: Row, stops: Mapping[str, str]) -> tuple[str, ...]:
    """What else there is to know: how it feels, what to look out for, how to make it easier, when to stop."""
    step = row.item.exercise
    codes = " ".join(stops[code] for code in step.stop_if if code in stops)
    lines = [
        one_line(step.feel),
        f"Look out for: {' '.join(map(one_line, step.mistakes))}",
        f"Easier: {easier_of(row)}",
        f"Stop this one if: {codes}" if codes else "",
    ]
    return tuple(line for line in lines if line)


def breath_of(row: Row) -> str:
    """When to breathe in and out."""
    return one_line(row.item.exercise.breathing)


def note_words(note: Note, guide: Guide, wording: Wording) -> str:
    """A sentence for a few seconds."""
    match note:
        case Note.EASIER_ALREADY:
            much = wording.key(Act.MUCH)
            return f"This is the easier form already. If it is too much: {much}."
        case Note.LEFT_OUT:
            return "Left out for today."
        case Note.TIMED:
            return f"The time is part of this one. To leave the rest out: {wording.key(Act.SKIP)}."
        case Note.NOT_BEGUN:
            return f"It has not begun yet. To leave it out: {wording.key(Act.SKIP)}."
        case Note.MORE:
            return "10 seconds more."
        case Note.MORE_MOST:
            return f"That is a long wait: {wording.key(Act.GO)} pauses for as long as you like."
        case Note.STANDS:
            return f"The clock stands. {wording.go}"
        case Note.JUST_OVER:
            return "The exercise before was just over. For this one, say it again."
        case Note.NO_KEY:
            return f"That key does nothing here. All keys: {wording.key(Act.HELP)}"
        case Note.ENTER:
            return f"Enter alone does nothing here. {wording.go}"
        case Note.SOUND:
            return _SOUNDS[guide.sound]
