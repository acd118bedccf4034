"""The journal's record kinds: what one line of the journal can say.

Conventions of this file
- One record is one line. Nothing written is ever changed: a correction is a record of its own.
- ``id`` is 12 random characters of 0-9a-z. Order is the position in the file, never the clock.
- ``at`` is RFC 3339 with seconds and offset; ``day`` is the local date it belongs to (after ``day_ends``),
  stored and never recomputed. Dates are ISO strings.
- Pain, effort, sleep and confidence are whole numbers 0-10. ``None`` means "not said", never 0 and never "no".
- ``group`` ties records that one command wrote together, so that undo takes them back together.
- Fields that are at their default are left out of the line; a default never changes its meaning.

Versions: ``v`` is looked at before anything else. A newer one stops us; an older one is lifted in memory by one
function for each step, dict to dict (``UPGRADES``). Unknown fields are ignored when reading and stay in the file;
an unknown kind of a known version is read as ``Unknown`` and kept.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Final, Literal

import msgspec

from backmove.core.days import is_day

VERSION: Final = 1
RULES_VERSION: Final = "1"
"""The version of the triage rules, raised for every change of a rule. ``data/triage.yaml`` must carry the same, and a
session needs a result with it. It stands here, so that no data file and no cache can fake it."""
UPGRADES: Final[Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}
"""From version n to n + 1; empty while there is only one."""

Score = Annotated[int, msgspec.Meta(ge=0, le=10)]
Day = Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Disposition = Literal[
    "EMERGENCY", "SAME_DAY", "CLINICIAN_FIRST", "CAREFUL", "SELF_CARE", "OUT_OF_SCOPE", "INCOMPLETE"
]
Leg = Literal["none", "usual", "closer", "further", "new"]
BAD_LEGS: Final = ("further", "new")
"""Words about a leg that count as too much, and hold a way of moving responsible."""
StopReason = Literal["pain", "leg", "dizzy", "unwell", "time", "other"]


class Record(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="kind"):
    """What every line has. ``v`` comes first in a reader's mind: look at it before you trust the rest."""

    v: int
    id: str
    at: str
    day: str
    """An ISO date. ``core.lines`` proves it, as it proves ``at``: a pattern, tried on every line, took longer than
    all the rest of reading it."""
    group: str | None = None
    written: str | None = None
    """When the line was written, if ``at`` is another moment (an entry made for the past)."""


def _prove(*days: str | None) -> None:
    """Days on which a gate stands are days of the calendar. The day of a record is proved with its line."""
    for day in days:
        if day is not None and not is_day(day):
            raise ValueError(f"no calendar has {day!r}")


class TagSpan(msgspec.Struct, frozen=True, omit_defaults=True):
    """A precaution tag with the days it holds (both included); None means open on that side."""

    tag: str
    since: Day | None = None
    until: Day | None = None

    def __post_init__(self) -> None:
        _prove(self.since, self.until)


class Triage(Record, frozen=True, kw_only=True, tag="triage"):
    """The end of one questionnaire, finished or not. A lock is kept even when the run was broken off.

    ``disposition`` is the new result or the stored lock, whichever is higher; ``held_by`` names that lock.
    ``result`` is what this run's own answers say. ``ended``: finished, emergency (early exit) or broken off.
    Private answers are not kept: rule ids, dates, tags and which long-known signs are unchanged are.
    """

    disposition: Disposition
    result: Disposition
    ended: Literal["finished", "emergency", "broken-off"]
    complete: bool
    rules_version: str
    rules: tuple[str, ...] = ()
    weak_points: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    unsure: int = 0
    unlocked: bool = False
    gentle: bool = False
    held_by: Disposition | None = None
    wrongly: bool = False
    """The person said that the earlier answers were given by mistake (a second clean run may count then)."""
    valid_until: Day | None = None
    book_by: Day | None = None
    tags: tuple[TagSpan, ...] = ()
    baselines: tuple[str, ...] = ()
    cleared: tuple[str, ...] = ()
    assumed: bool = False
    age: Annotated[int, msgspec.Meta(ge=0, le=130)] | None = None
    sex: str | None = None
    episode_start: Day | None = None
    pain_now: Score | None = None
    pain_usual: Score | None = None
    assessed: bool | None = None
    leg_signs: bool = False

    def __post_init__(self) -> None:
        _prove(self.valid_until, self.book_by, self.episode_start)


class Clearance(Record, frozen=True, kw_only=True, tag="clearance"):
    """A clinician has checked the named signs and said that exercise is fine (triage.md b.4)."""

    who: Literal["doctor", "nurse", "physio", "hospital", "other"]
    date: Day
    rules: tuple[str, ...]
    looked_at_sign: bool
    exercise_fine: bool
    nothing_worse: bool
    no_spread_to_bone: bool = False

    def __post_init__(self) -> None:
        _prove(self.date)


class Profile(Record, frozen=True, kw_only=True, tag="profile"):
    """A change of the profile: keys set to values, keys taken away."""

    set: dict[str, Any] = {}
    unset: tuple[str, ...] = ()


class Check(Record, frozen=True, kw_only=True, tag="check"):
    """The five daily questions (DC1-DC5), each y, n or u, and what followed.

    ``outcome``: open, gentle, emergency (DC1, or chest and fainting in DC3), full-triage, too-much-pain, incomplete.
    """

    answers: dict[str, Literal["y", "n", "u"]]
    outcome: Literal["open", "gentle", "emergency", "full-triage", "too-much-pain", "incomplete"]
    dc3_signs: tuple[str, ...] = ()
    pain: Score | None = None


class GivenDose(msgspec.Struct, frozen=True, omit_defaults=True):
    """A dose as it was given. ``counts`` is the count of each set (repetitions, holds or times).

    ``kind``: reps, holds, stretch, pyramid, minutes. Seconds in ``hold_s``, ``rest_s``, ``tempo_s``.
    """

    kind: str
    counts: tuple[int, ...] = ()
    hold_s: int | None = None
    tempo_s: int | None = None
    rest_s: int = 0
    sides: int = 1
    minutes: int | None = None


class GivenItem(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row of a session. ``block``: warmup, main or settle; ``fill`` marks sets that are not progression.

    ``chain``, ``bends`` (the way the spine moves, when forward or back) and ``slot`` (what a main row is there for)
    are kept as they were that day, so that the diary can be read without the library.
    """

    exercise: str
    block: str
    dose: GivenDose
    seconds: int
    rung: int = 0
    step: int | None = None
    chain: str | None = None
    bends: Literal["flexion", "extension"] | None = None
    slot: str = ""
    fill: bool = False
    easier: bool = False
    rule: str = ""
    why: str = ""
    note: str = ""
    """What the writer of a therapist's plan said beside the row."""


class LeftOut(msgspec.Struct, frozen=True, omit_defaults=True):
    """A row of a therapist's plan that a session could not give: a code and plain words for it."""

    exercise: str
    code: str
    why: str


class Session(Record, frozen=True, kw_only=True, tag="session"):
    """A session that was given (not yet done)."""

    zone: str
    stage: str
    mode: str
    pain: Score
    variant: int
    requested_min: int
    effective_min: int
    estimated_s: int
    place: str
    items: tuple[GivenItem, ...]
    outings: tuple[str, ...] = ()
    card: int | None = None
    rules_version: str = ""
    library: str = ""
    days_planned: int | None = None
    """Sessions a week, as planned that day."""
    therapist_plan: str | None = None
    """The id of the therapist's plan in force that day."""
    left_out: tuple[LeftOut, ...] = ()
    """Rows of that plan which the session could not give."""


class Refusal(Record, frozen=True, kw_only=True, tag="refusal"):
    """A session that was not given, with the code that decided and every other that held."""

    code: str
    codes: tuple[str, ...] = ()
    pain: Score | None = None


class DoneRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """What became of one row."""

    exercise: str
    status: Literal["completed", "easier", "skipped"] = "completed"
    effort: Score | None = None
    hurt: bool = False


class Done(Record, frozen=True, kw_only=True, tag="done"):
    """A session was done, partly done or stopped. ``session`` is the id of the session record."""

    session: str
    status: Literal["done", "partly", "stopped"] = "done"
    reason: StopReason | None = None
    effort: Score | None = None
    peak: Score | None = None
    leg: Leg | None = None
    soreness: bool = False
    prediction: Score | None = None
    found: Score | None = None
    rows: tuple[DoneRow, ...] = ()
    note: str = ""


class Pain(Record, frozen=True, kw_only=True, tag="pain"):
    """Pain 0-10. ``morning`` is the next-morning pain that belongs to yesterday's session."""

    score: Score
    morning: bool = False
    before_session: bool = False
    leg: Leg | None = None
    limb: Score | None = None
    sleep: Score | None = None
    note: str = ""


class Walk(Record, frozen=True, kw_only=True, tag="walk"):
    """A walk (or the aerobic stand-in), in whole minutes; ``limb`` is foot, shin, knee or hip pain 0-10."""

    minutes: Annotated[int, msgspec.Meta(ge=1, le=1440)]
    limb: Score | None = None
    note: str = ""


class Flare(Record, frozen=True, kw_only=True, tag="flare"):
    """The person says that a flare-up has begun (``on``) or is over. Their word is enough (E1)."""

    on: bool


class Checkin(Record, frozen=True, kw_only=True, tag="checkin"):
    """The weekly look back (R-P2) and, once in a while, what can slow recovery down (triage.md c). Each 0-10 or not
    said; never a lock, never a sum.

    ``activities``: the person's own words with how well each goes (0 cannot, 10 as before). ``pain`` is the week's
    average; ``enjoyment`` and ``activity`` say how much pain got in the way (10 wholly). ``confidence``, ``sleep``:
    10 is best. ``fear``, ``mood``, ``tension``, ``outlook``, ``bother``: 10 is worst.
    """

    activities: dict[str, Score] = {}
    pain: Score | None = None
    enjoyment: Score | None = None
    activity: Score | None = None
    confidence: Score | None = None
    sleep: Score | None = None
    fear: Score | None = None
    mood: Score | None = None
    tension: Score | None = None
    outlook: Score | None = None
    bother: Score | None = None
    note: str = ""


class Exposure(Record, frozen=True, kw_only=True, tag="exposure"):
    """How bad a person thinks a feared move will be, 0-10, said before a session. What it was is told with ``done``."""

    exercise: str
    prediction: Score


class Direction(Record, frozen=True, kw_only=True, tag="direction"):
    """The optional self-test: ten bends, then ten arches (R-J1). None means "not tried"."""

    bending: Literal["better", "same", "worse"] | None = None
    arching: Literal["better", "same", "worse"] | None = None
    bending_leg: Leg | None = None
    arching_leg: Leg | None = None


class Exclude(Record, frozen=True, kw_only=True, tag="exclude"):
    """An exercise is left out from now on (``on``), or let in again. Only the person's own word does this."""

    exercise: str
    on: bool = True
    because: str = ""


Hurdle = Literal["time", "pain", "worry", "boring", "ill", "forgot"]


class Barrier(Record, frozen=True, kw_only=True, tag="barrier"):
    """What got in the way, in the person's own choice of word (G3, E6, N3)."""

    word: Hurdle


class Guided(Record, frozen=True, kw_only=True, tag="guide"):
    """How far a guided session has come: written when a row ends, and when the guide is left before its end. The last
    one of a session holds, until the session is reported (``done``).

    ``row`` counts from 0 (as many as there are rows: all are over), ``seconds`` into it; ``rows`` are over; ``easier``
    and ``hurt`` belong to the row where one stands.
    """

    session: str
    row: Annotated[int, msgspec.Meta(ge=0)]
    seconds: Annotated[float, msgspec.Meta(ge=0)] = 0.0
    rows: tuple[DoneRow, ...] = ()
    easier: bool = False
    hurt: bool = False


class PlanRow(msgspec.Struct, frozen=True, omit_defaults=True):
    """One row of a therapist's plan: an exercise of the library, its dose, words for it, and the exercise that it
    stands in for."""

    exercise: str
    dose: GivenDose
    note: str = ""
    instead_of: str | None = None


class TherapistPlan(Record, frozen=True, kw_only=True, tag="plan"):
    """A physiotherapist's plan was taken up (``on``), or put away. The last one holds; until ``until``, included.

    The record is the plan itself: the file is not needed again. ``by`` and ``whom`` are free words, ``digest`` is the
    same for the same content.
    """

    on: bool = True
    by: str = ""
    whom: str = ""
    note: str = ""
    until: Day | None = None
    days_per_week: Annotated[int, msgspec.Meta(ge=1, le=7)] | None = None
    rows: tuple[PlanRow, ...] = ()
    digest: str = ""


class Another(Record, frozen=True, kw_only=True, tag="another"):
    """A different session was asked for: today's variant from now on."""

    variant: Annotated[int, msgspec.Meta(ge=1)]


class Seal(Record, frozen=True, kw_only=True, tag="seal"):
    """Bytes of the journal were set aside before this record: a torn last line, or whole lines when it was mended.

    ``kept`` is the name of the file that holds them, ``size`` their number.
    """

    kept: str
    size: int
    blind: Annotated[int, msgspec.Meta(ge=0)] = 0
    """So many of them were whole lines that may have held a warning. No session until a full triage stands after it."""


class Import(Record, frozen=True, kw_only=True, tag="import"):
    """Records came in from a file: an export, another journal, or a table. Taking this back takes back all that it
    brought; what can never be taken back stays as a lock, and opens nothing any more.

    ``source`` is the name of the file without its folders; ``brought`` the ids of the records, in their order.
    """

    source: str
    format: Literal["json", "journal", "csv"]
    brought: tuple[str, ...] = ()


class Amend(Record, frozen=True, kw_only=True, tag="amend"):
    """A correction: ``target``'s named fields now have these values."""

    target: str
    set: dict[str, Any]


class Retract(Record, frozen=True, kw_only=True, tag="retract"):
    """``target`` is taken back. Retracting a retraction or an amendment undoes it."""

    target: str
    undo: bool = False


class Unknown(Record, frozen=True, kw_only=True, tag="?"):
    """A kind this version does not know. It stays in the file and is carried through every export."""

    raw: dict[str, Any]


Known = (
    Triage
    | Clearance
    | Profile
    | Check
    | Session
    | Refusal
    | Done
    | Pain
    | Walk
    | Flare
    | Checkin
    | Exposure
    | Direction
    | Exclude
    | Barrier
    | Guided
    | TherapistPlan
    | Another
    | Seal
    | Import
    | Amend
    | Retract
)
AnyRecord = Known | Unknown

KINDS: Final[Mapping[str, type[Record]]] = {
    "triage": Triage,
    "clearance": Clearance,
    "profile": Profile,
    "check": Check,
    "session": Session,
    "refusal": Refusal,
    "done": Done,
    "pain": Pain,
    "walk": Walk,
    "flare": Flare,
    "checkin": Checkin,
    "exposure": Exposure,
    "direction": Direction,
    "exclude": Exclude,
    "barrier": Barrier,
    "guide": Guided,
    "plan": TherapistPlan,
    "another": Another,
    "seal": Seal,
    "import": Import,
    "amend": Amend,
    "retract": Retract,
}

FIXED: Final = frozenset({"triage", "clearance", "check", "refusal", "seal"})
"""Kinds that can never be edited, deleted or undone (rulings 2.3)."""


def kind_of(record: Record) -> str:
    """The word that stands under ``kind`` in the journal."""
    if isinstance(record, Unknown):
        return str(record.raw.get("kind", "?"))
    return str(record.__struct_config__.tag)
