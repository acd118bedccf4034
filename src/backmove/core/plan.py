"""A session as it is planned: what was asked, what is given and why, or why nothing is.

Times are whole seconds, pain and effort 0-10, days ISO dates. Nothing here decides anything.
"""

from enum import StrEnum
from typing import Final

from msgspec import Struct, field

from backmove.core.exercise import Exercise, Slot
from backmove.core.notice import Notice
from backmove.core.profile import Place
from backmove.core.reason import Reason
from backmove.core.record import GivenDose, GivenItem, LeftOut, Session, TherapistPlan
from backmove.core.zone import Mode, Zone
from backmove.errors import ExitCode

BY_PLAN: Final = "plan"
"""What stands under ``slot`` of a row that comes from a therapist's plan."""


class Block(StrEnum):
    """The three parts of a session, in this order."""

    WARMUP = "warmup"
    MAIN = "main"
    SETTLE = "settle"

    @property
    def slot(self) -> Slot:
        """The library's word for rows that fit this part."""
        return _SLOTS[self]


_SLOTS = {Block.WARMUP: Slot.WARMUP, Block.MAIN: Slot.MAIN, Block.SETTLE: Slot.SETTLE}


class Request(Struct, frozen=True):
    """What is asked for today. ``pain`` 0-10; ``minutes`` and ``place`` None mean "as in the profile".

    ``minute_of_day`` counts from midnight (0-1439); ``sleep`` 0-10, None when not said. ``relief``: a second
    short session of a bad day.
    """

    pain: int
    minute_of_day: int
    minutes: int | None = None
    place: Place | None = None
    gentle: bool = False
    flare: bool = False
    variant: int = 0
    dc5_unsure: bool = False
    sleep: int | None = None
    relief: bool = False


class PlannedItem(Struct, frozen=True):
    """One row. ``seconds`` counts sides, rests and change-over; ``fill``: more than the rung, not
    progression.

    ``rule`` names the rule that put the row there, ``why`` says it in plain words.
    """

    exercise: Exercise
    block: Block
    dose: GivenDose
    seconds: int
    rung: int
    step: int | None
    fill: bool
    form: str
    rule: str
    why: str
    slot: str = ""
    note: str = ""

    @property
    def planned(self) -> bool:
        """From a therapist's plan: its dose is no progress, and nothing is filled up in it."""
        return self.slot == BY_PLAN

    @property
    def given(self) -> GivenItem:
        """The row as the journal keeps it."""
        return GivenItem(
            exercise=self.exercise.id,
            block=str(self.block),
            dose=self.dose,
            seconds=self.seconds,
            rung=self.rung,
            step=self.step,
            chain=self.exercise.chain.id if self.exercise.chain else None,
            bends=self.exercise.bends,
            slot=self.slot,
            fill=self.fill,
            easier=self.form == "easier",
            rule=self.rule,
            why=self.why,
            note=self.note,
        )


class Pace(StrEnum):
    """How fast a walk may be. What is more than easy is an offer, never asked for."""

    TALK = "talk"
    """As fast as one can talk."""
    BRISK = "brisk"
    """Parts in which short sentences are just possible."""
    HILLS = "hills"


class Outing(Struct, frozen=True):
    """A walk, or what stands for it, apart from the timed session. ``done`` counts this week's days.

    ``minutes`` are of one day, in so many ``parts``; ``with_sits``: sitting down between them. ``instead``: it takes
    the place of a walk or two of the week.
    """

    exercise: Exercise
    minutes: int
    days_per_week: int
    done: int
    parts: int = 1
    with_sits: bool = False
    instead: bool = False
    pace: Pace = Pace.TALK

    @property
    def due(self) -> bool:
        return self.done < self.days_per_week


class Change(Struct, frozen=True):
    """What differs from last time, and the rule and words for it."""

    exercise: str
    before: str
    after: str
    rule: str
    why: str


class Followed(Struct, frozen=True):
    """The therapist's plan in force, and its rows that today could not give, each with its reason."""

    plan: TherapistPlan
    left_out: tuple[LeftOut, ...] = ()


class Plan(Struct, frozen=True):
    """A session. ``d`` is pain minus usual; minutes requested and effective (after the caps), seconds estimated.
    ``held``: the rule that lets nothing go up today, or None. ``followed``: the therapist's plan in force."""

    date: str
    zone: Zone
    stage: str
    mode: Mode
    pain: int
    usual: float
    requested: int
    effective: int
    estimated_s: int
    items: tuple[PlannedItem, ...]
    outings: tuple[Outing, ...]
    card: int | None
    changes: tuple[Change, ...]
    notices: tuple[Notice, ...]
    learn_max: int
    next_date: str
    variant: int
    disposition: str | None
    valid_until: str | None
    place: Place
    days_planned: int = 3
    held: str | None = None
    followed: Followed | None = None

    @property
    def d(self) -> float:
        return self.pain - self.usual

    def block(self, block: Block) -> tuple[PlannedItem, ...]:
        """The rows of one part, in order."""
        return tuple(item for item in self.items if item.block is block)

    def is_what_was_given(self, session: Session) -> bool:
        """Whether the journal's session says just this: then there is nothing to write."""
        return (
            session.items == tuple(item.given for item in self.items)
            and (session.zone, session.stage, session.mode) == (self.zone, self.stage, self.mode)
            and (session.pain, session.variant, session.card) == (self.pain, self.variant, self.card)
            and (session.requested_min, session.effective_min) == (self.requested, self.effective)
            and (session.place, session.estimated_s) == (self.place, self.estimated_s)
            and session.outings == tuple(outing.exercise.id for outing in self.outings)
        )


class Refused(Struct, frozen=True):
    """No session, and every reason for it, the one that is told first. A card only where no emergency is
    named."""

    date: str
    reasons: tuple[Reason, ...]
    card: int | None = None
    notices: tuple[Notice, ...] = field(default=())

    @property
    def code(self) -> str:
        return self.reasons[0].code

    @property
    def text(self) -> str:
        return self.reasons[0].text

    @property
    def exit_code(self) -> ExitCode:
        return self.reasons[0].exit_code
