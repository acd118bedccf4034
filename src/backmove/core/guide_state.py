"""The guide as a value: where a guided session stands, what a person can want, and what can happen.

``core/guiding.py`` moves it. Seconds everywhere; instants are those of a clock that never goes back (``mono``) and of
the wall (``wall``).
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Literal

from msgspec import Struct

from backmove.core.record import DoneRow
from backmove.core.timeline import WORK, Cue, Phase, Row, total_seconds


class Moment(Struct, frozen=True):
    """Now, on both clocks."""

    mono: float
    wall: float


class Act(StrEnum):
    """What a person can want at every moment."""

    GO = "go"
    """Pause, or go on."""
    SKIP = "skip"
    DONE = "done"
    """Finished before the clock."""
    EASIER = "easier"
    BACK = "back"
    MORE = "more"
    MUCH = "much"
    STOP = "stop"
    HELP = "help"
    SOUND = "sound"


class Leave(StrEnum):
    """How the guide ends."""

    ALL = "all"
    LATER = "later"
    FINISH = "finish"
    SIGN = "sign"
    """One of the stop signs."""
    BROKEN = "broken"
    """Ctrl-C, the end of input, a signal to end."""


class Mode(StrEnum):
    RUNNING = "running"
    STANDING = "standing"
    HELP = "help"
    LEAVING = "leaving"
    OVER = "over"


class Stand(StrEnum):
    """Why the guide stands still."""

    WAIT = "wait"
    """The row waits until it was read (``Row.wait`` says why)."""
    PAUSE = "pause"
    AWAY = "away"
    EASIER = "easier"
    MUCH = "much"
    RESUMED = "resumed"


class Note(StrEnum):
    """A sentence for a few seconds."""

    EASIER_ALREADY = "easier-already"
    LEFT_OUT = "left-out"
    TIMED = "timed"
    NOT_BEGUN = "not-begun"
    MORE = "more"
    MORE_MOST = "more-most"
    STANDS = "stands"
    NO_KEY = "no-key"
    JUST_OVER = "just-over"
    ENTER = "enter"
    SOUND = "sound"


class Sound(StrEnum):
    OFF = "off"
    BELL = "bell"
    VOICE = "voice"


class Fate(Struct, frozen=True):
    """What became of a row so far. ``easier`` and ``hurt`` stay once they were said."""

    done: bool = False
    passed: bool = False
    """It was left out, or broken off."""
    easier: bool = False
    hurt: bool = False

    @property
    def seen(self) -> bool:
        return self.done or self.passed

    @property
    def status(self) -> Literal["completed", "easier", "skipped"]:
        return "skipped" if not self.done else "easier" if self.easier else "completed"


# --- what happened ------------------------------------------------------------------------------------------


class Said(Struct, frozen=True):
    cue: Cue
    row: int


class Ended(Struct, frozen=True):
    """A row is over: to be written down at once."""

    row: int
    fate: Fate


class Stood(Struct, frozen=True):
    row: int
    why: Stand


class WentOn(Struct, frozen=True):
    after_s: float


class Noted(Struct, frozen=True):
    note: Note


class Asked(Struct, frozen=True):
    """Help, or the question whether to stop, stands on the screen."""

    mode: Mode


class Left(Struct, frozen=True):
    how: Leave


Event = Said | Ended | Stood | WentOn | Noted | Asked | Left


class Guide(Struct, frozen=True):
    """One guided session at one moment. ``row`` is as many as there are rows when all are over.

    ``at``: seconds into the row at the instant ``since``; ``since`` None: the clock stands; in the future: it goes on
    then. ``heard``: cues up to this second of the row were said.
    """

    rows: tuple[Row, ...]
    fates: tuple[Fate, ...]
    seen: Moment
    row: int = 0
    at: float = 0.0
    since: float | None = None
    heard: float = -1.0
    mode: Mode = Mode.STANDING
    stand: Stand = Stand.WAIT
    note: Note | None = None
    note_until: float = 0.0
    sounds: tuple[Sound, ...] = (Sound.OFF,)
    sound: Sound = Sound.OFF
    left: Leave | None = None
    page: int = 0
    """Which page of the help is wanted."""

    @property
    def now_row(self) -> Row:
        return self.rows[min(self.row, len(self.rows) - 1)]

    @property
    def next_row(self) -> Row | None:
        return self.rows[self.row + 1] if self.row + 1 < len(self.rows) else None

    @property
    def fate(self) -> Fate:
        return self.fates[min(self.row, len(self.rows) - 1)]

    @property
    def easier(self) -> bool:
        """The row is done in its easier form, by wish or as it was given."""
        return self.fate.easier or self.now_row.item.form == "easier"

    def position(self, mono: float) -> float:
        """Seconds into the row at an instant."""
        return self.at if self.since is None else self.at + max(0.0, mono - self.since)

    def phase(self, mono: float) -> Phase:
        return self.now_row.phase_at(self.position(mono))

    def waiting_s(self, mono: float) -> float:
        """Seconds until the clock goes on (3, 2, 1 after a pause; ten seconds more)."""
        return 0.0 if self.since is None else max(0.0, self.since - mono)

    def left_s(self, mono: float) -> float:
        """Seconds of work that are left in the session."""
        if self.row >= len(self.rows):
            return 0.0
        return total_seconds(self.rows[self.row :]) - self.position(mono) + self.waiting_s(mono)


class HowFar(Struct, frozen=True):
    """How far one has come: what is kept so that it can go on to the second. ``rows`` are those that are over;
    ``easier`` and ``hurt`` belong to the row where one stands."""

    row: int
    seconds: float
    rows: tuple[DoneRow, ...] = ()
    easier: bool = False
    hurt: bool = False


def how_far(guide: Guide, mono: float) -> HowFar:
    """Where one stands, to be kept."""
    fate = guide.fate
    here = guide.row < len(guide.rows)
    return HowFar(
        guide.row,
        round(guide.position(mono), 1) if here else 0.0,
        tuple(done_row(r, f) for r, f in zip(guide.rows, guide.fates, strict=True) if f.seen),
        easier=here and fate.easier,
        hurt=here and fate.hurt,
    )


def done_row(row: Row, fate: Fate) -> DoneRow:
    """What became of a row, for the journal."""
    return DoneRow(row.item.exercise.id, status=fate.status, hurt=fate.hurt)


def fate_of(row: DoneRow | None) -> Fate:
    if row is None:
        return Fate()
    done = row.status != "skipped"
    return Fate(done=done, passed=not done, easier=row.status == "easier", hurt=row.hurt)


def has_begun(far: HowFar, rows: Sequence[Row]) -> bool:
    """Whether anything was worked at: a row is over, or the work of the one where one stands began."""
    if far.rows or far.row >= len(rows):
        return True
    return far.seconds > next((p.at for p in rows[far.row].phases if p.kind in WORK), 0.0)
