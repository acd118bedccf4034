"""Guided sessions for tests: a short one of known rows, and a driver that looks at the clock as often as it is told."""

import json
from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

import shipped
from backmove.core.dose import seconds
from backmove.core.guide_state import Act, Ended, Event, Guide, HowFar, Leave, Moment, Said
from backmove.core.guiding import act, advance, answer, begin, resume
from backmove.core.plan import Block, PlannedItem
from backmove.core.record import GivenDose
from backmove.core.timeline import Row, timeline
from backmove.term.guide import FRAME_S
from backmove.term.guide_keys import BURST_S
from conftest import World
from fingers import Fingers
from given import clear_answers

CATALOG, PARAMETERS = shipped.library()
FIGURES = PARAMETERS.seconds
DAY = 1_770_000_000.0
"""The wall clock at second 0."""


def item(name: str, dose: GivenDose, block: Block = Block.MAIN, *, form: str = "usual") -> PlannedItem:
    return PlannedItem(
        CATALOG.exercises[name], block, dose, seconds(dose, FIGURES), 0, None, False, form, "B11", "why"
    )


@cache
def short_session() -> tuple[PlannedItem, ...]:
    """One row of every kind: repeats, holds on both sides, a stretch, a pyramid, minutes."""
    kinds = {kind: next(e.id for e in CATALOG.exercises.values() if e.dose.kind == kind) for kind in _DOSES}
    blocks = [Block.WARMUP, Block.MAIN, Block.MAIN, Block.MAIN, Block.SETTLE]
    return tuple(
        item(kinds[kind], dose, block) for (kind, dose), block in zip(_DOSES.items(), blocks, strict=True)
    )


_DOSES = {
    "reps": GivenDose(kind="reps", counts=(3, 3), tempo_s=4, rest_s=15, sides=2),
    "holds": GivenDose(kind="holds", counts=(2,), hold_s=5, rest_s=10, sides=2),
    "stretch": GivenDose(kind="stretch", counts=(1,), hold_s=20, sides=2),
    "pyramid": GivenDose(kind="pyramid", counts=(2, 1), hold_s=8, rest_s=20),
    "minutes": GivenDose(kind="minutes", minutes=1),
}


def rows(
    items: Sequence[PlannedItem] | None = None, *, read_all: bool = False, known: bool = True
) -> tuple[Row, ...]:
    """The rows in time; only the first main row waits, unless told otherwise."""
    items = short_session() if items is None else items
    ids = {one.exercise.id for one in items} if known else set()
    return timeline(items, FIGURES, known=ids, read_all=read_all)


def unbroken() -> tuple[Row, ...]:
    """The rows of the short session, none of which waits."""
    return tuple(replace(row, wait=None) for row in rows())


class Driver:
    """A guide, a clock that starts at 0, and everything that happened."""

    def __init__(
        self, made: Sequence[Row] | None = None, far: HowFar | None = None, *, tick: float = 0.1
    ) -> None:
        self.now = 0.0
        self.skew = 0.0
        self.tick = tick
        made = rows() if made is None else tuple(made)
        step = begin(made, self.moment) if far is None else resume(made, far, self.moment)
        self.guide: Guide = step[0]
        self.events: list[Event] = list(step[1])

    @property
    def moment(self) -> Moment:
        return Moment(self.now, DAY + self.now + self.skew)

    def look(self) -> None:
        self._take(advance(self.guide, self.moment))

    def wait(self, seconds_: float) -> None:
        """Time passes, and the clock is looked at every ``tick`` seconds."""
        end = self.now + seconds_
        while self.now + self.tick < end:
            self.now += self.tick
            self.look()
        self.now = end
        self.look()

    def press(self, wish: Act) -> None:
        self._take(act(self.guide, wish, self.moment))

    def answer(self, how: Leave | None) -> None:
        self._take(answer(self.guide, how, self.moment))

    def _take(self, step: tuple[Guide, list[Event]]) -> None:
        self.guide, events = step
        self.events += events

    @property
    def position(self) -> float:
        return self.guide.position(self.now)

    @property
    def said(self) -> list[tuple[int, float, str, int]]:
        """The cues that were said: row, second, call, number."""
        cues = [e for e in self.events if isinstance(e, Said)]
        return [(e.row, e.cue.at, str(e.cue.call), e.cue.number) for e in cues]

    @property
    def ended(self) -> list[tuple[int, str]]:
        return [(e.row, e.fate.status) for e in self.events if isinstance(e, Ended)]


# --- in a world ---------------------------------------------------------------------------------------------


class Hands(Fingers):
    """Fingers that go away when all is typed: then the input has ended, also for who waits only for a while.

    The guide looks at the clock four times less often than it would, which is all the same to it and saves time.
    """

    def key(self, timeout_s: float | None = None) -> str | None:
        if not self._events:
            raise EOFError
        if timeout_s is not None and timeout_s > BURST_S:
            timeout_s = max(timeout_s, 4 * FRAME_S)
        return super().key(timeout_s)


CALM = json.dumps({"daily_check": dict.fromkeys(("dc1", "dc2", "dc3", "dc4", "dc5"), "n"), "pain": 3})


def opened(world: World) -> None:
    """A clear triage of yesterday."""
    now = world.now
    world.sleep_days(-1)
    stamp = world.app().stamp()
    world.now = now
    world.write(
        clear_answers(
            stamp,
            valid_until="2026-03-20",
            age=45,
            episode_start="2025-06-01",
            pain_usual=3,
        )
    )
