"""What an exercise is: facts that a rule may look at, and words that a person reads.

Conventions of this file
- A range is ``(start, top)``, both included; ``start`` is the first dose ever given, ``top`` the most.
- Units stand in the names: ``hold_s``, ``rest_s``, ``tempo_s`` (seconds for one repetition), ``minutes``.
- ``sides`` is 1 (both together) or 2 (each side in turn; times count both).
- ``effort`` is 0-10 and judged by its upper figure.
- ``features`` are the only thing precautions look at; precautions never list exercise ids.

Source of vocabularies, levels and doses: the references named in each exercise's ``evidence``.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from backmove.core.choices import Category, Equipment, Fear, Goal, Tradition

Range = Annotated[tuple[int, ...], Meta(min_length=2, max_length=2)]
"""``(start, top)``, start <= top."""


class Position(StrEnum):
    FLOOR_SUPINE = "floor-supine"
    PRONE = "prone"
    QUADRUPED = "quadruped"
    SIDE_LYING = "side-lying"
    KNEELING = "kneeling"
    SITTING = "sitting"
    STANDING = "standing"
    WATER = "water"
    OUTDOORS = "outdoors"


class Feature(StrEnum):
    """Hazard features: what a precaution, a zone or a stage can forbid."""

    FLEX_END = "flex-end"
    FLEX_LOAD = "flex-load"
    FLEX_HINGE = "flex-hinge"
    FLEX_MID = "flex-mid"
    """Derived: the spine bends forward, mid or end range."""
    CURL = "curl"
    EXT_END = "ext-end"
    EXT_LOAD = "ext-load"
    EXT_ANY = "ext-any"
    """Derived: the spine arches with any load."""
    ROT_END = "rot-end"
    ROT_LOAD = "rot-load"
    SIDE_BEND = "side-bend"
    IMPACT = "impact"
    SUPINE = "supine"
    PRONE = "prone"
    PRONE_LOAD = "prone-load"
    KNEEL = "kneel"
    WRIST = "wrist"
    SHOULDER = "shoulder"
    OVERHEAD = "overhead"
    NECK_LOAD = "neck-load"
    HEAD_LOW = "head-low"
    ISO_HARD = "iso-hard"
    HARD_EFFORT = "hard-effort"
    """Also derived: the effort's top is 7 or more."""
    ONE_LEG = "one-leg"
    WIDE_LEG = "wide-leg"
    NO_SUPPORT = "no-support"
    UNSTABLE = "unstable"
    DEEP_KNEE = "deep-knee"
    DEEP_HIP = "deep-hip"
    HIP_CROSS = "hip-cross"
    STAND_UP = "stand-up"
    NERVE = "nerve"
    LEG_TENSION = "leg-tension"
    SIT_LONG = "sit-long"
    GRIP = "grip"
    WATER = "water"
    HEAT = "heat"


class Target(StrEnum):
    MULTIFIDUS = "multifidus"
    TRANSVERSUS_ABDOMINIS = "transversus-abdominis"
    PELVIC_FLOOR = "pelvic-floor"
    DIAPHRAGM = "diaphragm"
    RECTUS_ABDOMINIS = "rectus-abdominis"
    OBLIQUES = "obliques"
    QUADRATUS_LUMBORUM = "quadratus-lumborum"
    ERECTOR_SPINAE = "erector-spinae"
    GLUTE_MAX = "glute-max"
    GLUTE_MED = "glute-med"
    PIRIFORMIS = "piriformis"
    HIP_FLEXORS = "hip-flexors"
    HIPS = "hips"
    HAMSTRINGS = "hamstrings"
    QUADRICEPS = "quadriceps"
    ADDUCTORS = "adductors"
    CALVES = "calves"
    LATS = "lats"
    UPPER_BACK = "upper-back"
    THORACIC_SPINE = "thoracic-spine"
    CHEST = "chest"
    SHOULDERS = "shoulders"
    TRICEPS = "triceps"
    SERRATUS = "serratus"
    GRIP = "grip"
    CARDIO = "cardio"
    BALANCE_SYSTEM = "balance-system"
    NERVOUS_SYSTEM = "nervous-system"


class Slot(StrEnum):
    WARMUP = "warmup"
    MAIN = "main"
    SETTLE = "cooldown"
    MICRO = "micro"
    OUTING = "outing"


class Stage(StrEnum):
    """Acute under 6 weeks, subacute 6-12, chronic over 12 (D1-D4); flare marks rows fit for a bad day."""

    ACUTE = "acute"
    SUBACUTE = "subacute"
    CHRONIC = "chronic"
    FLARE = "flare"
    MAINTENANCE = "maintenance"


class Mechanism(StrEnum):
    """How an exercise is proposed to help. Proposed, seldom tested: MECH21."""

    NEUROMUSCULAR = "neuromuscular"
    PSYCHOSOCIAL = "psychosocial"
    NEUROPHYSIOLOGICAL = "neurophysiological"
    CARDIOMETABOLIC = "cardiometabolic"
    TISSUE = "tissue"


class Certainty(StrEnum):
    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very-low"
    PRACTICE = "practice"


class Direction(StrEnum):
    NEUTRAL = "neutral"
    FLEXION = "flexion"
    EXTENSION = "extension"
    ROTATION = "rotation"
    SIDE_BEND = "side-bend"
    MIXED = "mixed"


class SpineRange(StrEnum):
    NONE = "none"
    """Held still."""
    MID = "mid"
    END = "end"


class DoseKind(StrEnum):
    REPS = "reps"
    HOLDS = "holds"
    STRETCH = "stretch"
    PYRAMID = "pyramid"
    MINUTES = "minutes"


class Status(StrEnum):
    ACTIVE = "active"
    DEPRECATED = "deprecated"
    MERGED = "merged"


class TextStatus(StrEnum):
    DRAFT = "draft"
    REVIEWED = "reviewed"


class Spine(Struct, frozen=True):
    """What the spine does. Load: 0 none, 1 a body part, 2 trunk or light load, 3 long lever or heavy."""

    direction: Direction
    range: SpineRange
    load: Annotated[int, Meta(ge=0, le=3)]


class ChainStep(Struct, frozen=True):
    """A place on a ladder of exercises, easier first; steps count from 1 without gaps."""

    id: str
    step: Annotated[int, Meta(ge=1)]


class Dose(Struct, frozen=True):
    """How much of an exercise may be given, from the first day to the most.

    Which numbers are set follows from ``kind``:
    reps: sets, reps, tempo_s, sides, rest_s. holds: sets, holds, hold_s, sides, rest_s.
    stretch: times, stretch_s, sides. pyramid: pyramid (holds per set, falling), hold_s, sides, rest_s.
    minutes: minutes.
    """

    kind: DoseKind
    effort: Range
    sets: Range | None = None
    reps: Range | None = None
    holds: Range | None = None
    times: Range | None = None
    stretch_s: Range | None = None
    minutes: Range | None = None
    pyramid: tuple[int, ...] | None = None
    hold_s: Annotated[int, Meta(ge=1)] | None = None
    tempo_s: Annotated[int, Meta(ge=1)] | None = None
    rest_s: Annotated[int, Meta(ge=0)] | None = None
    sides: Annotated[int, Meta(ge=1, le=2)] = 1
    days_per_week: Range = (2, 5)
    times_per_day: Range = (1, 1)


class Evidence(Struct, frozen=True):
    """One source behind a row: a key of references.yaml, what it is taken for, and how sure that is."""

    ref: str
    certainty: Certainty
    says: str = ""


class Exercise(Struct, frozen=True):
    """One exercise: the facts that rules use, then the words that a person reads."""

    id: str
    name: Annotated[str, Meta(min_length=1)]
    category: Category
    tradition: Tradition
    targets: Annotated[tuple[Target, ...], Meta(min_length=1, max_length=4)]
    position: Position
    equipment: tuple[Equipment, ...]
    spine: Spine
    features: tuple[Feature, ...]
    level: Annotated[int, Meta(ge=1, le=5)]
    dose: Dose
    slots: Annotated[tuple[Slot, ...], Meta(min_length=1)]
    stages: Annotated[tuple[Stage, ...], Meta(min_length=1)]
    mechanisms: Annotated[tuple[Mechanism, ...], Meta(min_length=1)]
    setup: Annotated[tuple[str, ...], Meta(min_length=1, max_length=3)]
    cues: Annotated[tuple[str, ...], Meta(min_length=2, max_length=6)]
    mistakes: Annotated[tuple[str, ...], Meta(min_length=1, max_length=4)]
    feel: Annotated[str, Meta(min_length=1)]
    breathing: Annotated[str, Meta(min_length=1)]
    easier: Annotated[str, Meta(min_length=1)]
    harder: Annotated[str, Meta(min_length=1)]
    stop_if: tuple[str, ...]
    evidence: Annotated[tuple[Evidence, ...], Meta(min_length=1)]
    aliases: tuple[str, ...] = ()
    status: Status = Status.ACTIVE
    merged_into: str | None = None
    bed_ok: bool = False
    equipment_optional: tuple[Equipment, ...] = ()
    chain: ChainStep | None = None
    regressions: tuple[str, ...] = ()
    progressions: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    exposes: tuple[Fear, ...] = ()
    text_status: TextStatus = TextStatus.DRAFT
    reviewed_by: str = ""
    reviewed_on: str = ""

    @property
    def hazards(self) -> frozenset[Feature]:
        """The row's own features and the derived ones: what every filter looks at."""
        return hazards_of(self.features, self.spine, self.dose.effort[1])

    @property
    def bends(self) -> Literal["flexion", "extension"] | None:
        """The way the spine moves, when it bends forward or arches back and nothing else."""
        if self.spine.range is SpineRange.NONE:
            return None
        if self.spine.direction is Direction.FLEXION:
            return "flexion"
        return "extension" if self.spine.direction is Direction.EXTENSION else None


@lru_cache(maxsize=1024)  # every plan asks it of every row
def hazards_of(features: tuple[Feature, ...], spine: Spine, effort_top: int) -> frozenset[Feature]:
    """Own features plus those that follow from the spine's movement and the effort."""
    derived = set(features)
    if spine.direction is Direction.FLEXION and spine.range is not SpineRange.NONE:
        derived.add(Feature.FLEX_MID)
    if spine.direction is Direction.EXTENSION and spine.load >= 1:
        derived.add(Feature.EXT_ANY)
    if effort_top >= 7:
        derived.add(Feature.HARD_EFFORT)
    return frozenset(derived)


class Precaution(Struct, frozen=True):
    """A tag a person carries and the features it forbids, in every zone and block.

    ``clear_first``: a clinician must have said yes before any session. ``question`` asks for the tag in plain
    words; ``hint`` says what to do instead. ``spares_aerobic``: of the forbidden features, those that do not
    bar rows of category aerobic.
    """

    tag: str
    label: str
    question: str
    forbids: tuple[Feature, ...]
    hint: str
    sources: tuple[str, ...]
    clear_first: bool = False
    spares_aerobic: tuple[Feature, ...] = ()

    def bars(self, exercise: Exercise) -> bool:
        """This tag rules the exercise out. Own and derived features count alike."""
        spared = self.spares_aerobic if exercise.category is Category.AEROBIC else ()
        return any(feature in exercise.hazards and feature not in spared for feature in self.forbids)


class StopCode(Struct, frozen=True):
    """A sign at which an exercise ends; ``urgent`` ones end the session and ask for help."""

    code: str
    text: str
    urgent: bool = False


class Reference(Struct, frozen=True):
    """A source key and what it stands for. ``seen``: read, memory or practice."""

    key: str
    what: str
    seen: str


class Card(Struct, frozen=True):
    """A short education card: at most 120 words, one source, one word of certainty."""

    number: int
    id: str
    title: str
    topic: str
    text: str
    source: str
    certainty: Certainty


class Catalog(Struct, frozen=True, eq=False):
    """Everything a session is chosen from. Every mapping is keyed by the entry's own id, in file order."""

    exercises: Mapping[str, Exercise]
    precautions: Mapping[str, Precaution]
    stop_codes: Mapping[str, StopCode]
    cards: Mapping[int, Card]
    references: Mapping[str, Reference] = field(default_factory=dict)

    def chain(self, chain_id: str) -> tuple[Exercise, ...]:
        """The active rows of one chain, easiest first."""
        rows = [e for e in self.exercises.values() if e.chain is not None and e.chain.id == chain_id]
        return tuple(sorted(rows, key=lambda e: e.chain.step if e.chain else 0))
