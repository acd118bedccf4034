"""The questionnaire as data: fields, prompts, rules, texts. ``data/triage.yaml`` fills these types.

Where things are
- ``core/condition.py``: the operators. ``core/answers.py``: an answer file read, derived fields, what is
  missing.
- ``core/interview.py``: the walk: next prompt, replies read and applied, the review page.
- ``core/assess.py``: rules fired, clearance, disposition, tags. ``core/locks.py``: locks over time, the
  record.
- ``core/advice.py``: the words of a result.

Conventions of this file
- ``y``, ``n`` and ``u`` are yes, no and "still not sure"; ``skip`` is "I will not answer this".
- Days, weeks and years are whole numbers; a day count is "days before today", so 0 is today.
- The highest disposition of all rules that fire wins (``RANK``); every rule that fired is reported.
- Nothing here is executable but the operators; no text is parsed for meaning.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, Literal, get_args

import msgspec
from msgspec import Struct

from backmove.core.condition import ALWAYS, Condition, Value
from backmove.core.record import Disposition

RANK: Final[Mapping[Disposition, int]] = {
    "SELF_CARE": 0,
    "CAREFUL": 1,
    "INCOMPLETE": 2,
    "OUT_OF_SCOPE": 3,
    "CLINICIAN_FIRST": 4,
    "SAME_DAY": 5,
    "EMERGENCY": 6,
}
"""The ladder: a higher number is more careful. From INCOMPLETE on no session is given."""

FieldType = Literal["choice", "list", "days", "weeks", "years", "score", "temperature"]
Variant = Literal["call", "go", "maternity", "early-pregnancy"]
Clearable = Literal["never", "gone", "hospital", "attested"]
Clinician = Literal["doctor", "nurse", "physio", "hospital", "other"]
CLINICIANS: Final[tuple[Clinician, ...]] = get_args(Clinician)


def highest(dispositions: Iterable[Disposition], floor: Disposition = "SELF_CARE") -> Disposition:
    """The most careful of them, at least ``floor``."""
    return max((floor, *dispositions), key=RANK.__getitem__)


class Field(Struct, frozen=True):
    """One answer: its name in the answer file, what it may be, and when it is asked.

    ``default``: what ``assume_no`` puts in. ``asked``: when its question is asked, so that it can be missing
    (None: never missing). ``absent``: what the rules read when it was not given; only for how long and
    whether checked, where "not said" must count as new. ``unsure`` allows ``u`` for a day count, read as 0
    (new). ``may_skip``: a skip is as good as an answer. ``internal`` fields guide the walk; the answer file
    and the rules do not know them.
    """

    name: str
    type: FieldType
    default: Value = None
    values: tuple[str, ...] = ()
    minimum: int = 0
    maximum: int = 0
    asked: Condition | None = None
    absent: Value = None
    unsure: bool = False
    skip: bool = False
    may_skip: bool = False
    nullable: bool = False
    internal: bool = False


class Option(Struct, frozen=True):
    """One answer that can be picked. ``key`` is the one key that picks it, ``word`` the same as a typed word.

    ``sets`` gives fields their values; a list value adds to a list field. ``exclusive``: cannot stand beside
    others of a check-all list ("none of these", "not sure"). ``ask``: shown only then. Who is not sure about
    a list is asked its items one by one: ``question`` are the words then, ``unsure`` is what "still not
    sure" sets.
    """

    key: str
    word: str
    label: str
    sets: Mapping[str, Value] = msgspec.field(default_factory=dict)
    unsure: Mapping[str, Value] = msgspec.field(default_factory=dict)
    question: str = ""
    exclusive: bool = False
    ask: Condition | None = None


class Typed(Struct, frozen=True):
    """What may be typed instead of a key: a number that becomes ``field``, in the field's own unit.

    ``reads``: ``number`` (whole, fractions count down), ``ago`` ("5 days", "3 weeks", a date),
    ``temperature`` ("38.7 C", "101.5 F"). ``also`` are fields that get the same number, ``sets`` fields that
    are set beside it.
    """

    reads: Literal["number", "ago", "temperature"]
    field: str
    example: str
    minimum: int
    maximum: int
    also: tuple[str, ...] = ()
    sets: Mapping[str, Value] = msgspec.field(default_factory=dict)


class Prompt(Struct, frozen=True):
    """One question on the screen.

    ``kind``: ``choice`` takes one key, ``list`` any number of items (or the typed key of "none of these"),
    ``typed`` a number, a date or a temperature, ``consent`` one of the words in full. ``help`` stands under
    the question, ``why`` behind ``?``; ``{number}`` in ``text`` stands for the emergency number. ``ask`` and
    ``follows`` (the id of the prompt that led here) say when it is due. ``about``: fields that are in doubt
    until this follow-up is answered. ``fields``: set back to their defaults before the reply is applied, so
    that every field of a prompt is answered by it.
    """

    id: str
    block: str
    title: str
    text: str
    kind: Literal["choice", "list", "typed", "consent"]
    why: str
    sources: tuple[str, ...]
    options: tuple[Option, ...] = ()
    help: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    typed: Typed | None = None
    ask: Condition = ALWAYS
    follows: str | None = None
    about: tuple[str, ...] = ()


class Early(Struct, frozen=True):
    """A prompt that is asked at once after another one when ``when`` holds, before its place in the order."""

    prompt: str
    after: str
    when: Condition


class Sign(Struct, frozen=True):
    """The words for one of the ways in which a rule fires."""

    when: Condition
    sign: str


class Rule(Struct, frozen=True):
    """A rule and what it means to a person: ``sign`` completes "I have back pain and ...", ``parts`` say it
    closer.

    ``clearable``: ``never``; ``gone`` (only a sign that is no longer there); ``hospital`` (a hospital has
    looked); ``attested`` (a clinician has looked). ``clearance_days``: how long a clearance of it lasts.
    ``began``: the day counts of the sign; a clearance must not be older. ``rerun``: a clean second run may
    lift its lock. ``by_tag``: a CAREFUL rule that acts through precaution tags only.
    """

    id: str
    disposition: Disposition
    when: Condition
    sign: str
    sources: tuple[str, ...]
    clearable: Clearable
    parts: tuple[Sign, ...] = ()
    clearance_days: int = 28
    began: tuple[str, ...] = ()
    rerun: bool = True
    variant: Variant | None = None
    by_tag: bool = False


class Claim(Struct, frozen=True):
    """What a person says about a clinician's check: who, which day, for which rules (or tags), and what was
    said.

    ``nothing_worse``: nothing is new or worse since that day; said again at each questionnaire.
    """

    who: Clinician
    day: date
    rules: tuple[str, ...]
    looked_at_sign: bool
    exercise_fine: bool
    nothing_worse: bool
    no_spread_to_bone: bool = False


class WeakPoint(Struct, frozen=True):
    """A sign that acts only in company: two add W2, three with a strong one add W3."""

    id: str
    strong: bool
    when: Condition
    sign: str
    sources: tuple[str, ...]


class Span(Struct, frozen=True):
    """How a tag comes and goes while a count of days or weeks grows: it holds from ``at`` to before
    ``below``.
    """

    field: str
    days_each: int
    at: int | None = None
    below: int | None = None


class TagRule(Struct, frozen=True):
    """A precaution tag that answers set. ``leaves_out`` says in plain words what sessions then avoid."""

    tag: str
    when: Condition
    leaves_out: str
    sources: tuple[str, ...]
    span: Span | None = None


class DayLimit(Struct, frozen=True):
    """A number of days that holds while ``when`` does (validity of a result, or when to book)."""

    days: int
    when: Condition


class Contradiction(Struct, frozen=True):
    """Two answers that cannot both be so. ``prompts`` are asked again; if it still holds, ``worse`` is
    taken.
    """

    id: str
    when: Condition
    prompts: tuple[str, ...]
    text: str
    worse: Mapping[str, Value]


class Message(Struct, frozen=True):
    """The words of one result. ``{sign}``, ``{number}``, ``{urgent}``, ``{date}`` and ``{left_out}`` are
    filled in.
    """

    id: str
    title: str
    paragraphs: tuple[str, ...]
    sources: tuple[str, ...] = ()


class Questionnaire(Struct, frozen=True):
    """Everything of ``data/triage.yaml``. Mappings are in file order, keyed by the entry's own id."""

    rules_version: str
    fields: Mapping[str, Field]
    defines: Mapping[str, Condition]
    rules: Mapping[str, Rule]
    weak_points: Mapping[str, WeakPoint]
    prompts: Mapping[str, Prompt]
    early: tuple[Early, ...]
    tags: tuple[TagRule, ...]
    validity: tuple[DayLimit, ...]
    bookings: tuple[DayLimit, ...]
    contradictions: tuple[Contradiction, ...]
    messages: Mapping[str, Message]
    card: tuple[str, ...]
    card_title: str
    clearable_tags: Mapping[str, str]
    """Precaution tags that a clearance may name, and the rule each stands for."""
    daily_locks: Mapping[str, str]
    """Emergencies of the daily check by their id, with the words of the sign. They lock like rules."""
