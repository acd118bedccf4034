"""Every number of the prescription, as ``data/parameters.yaml`` gives it: a value, its unit and its source.

Conventions of this file
- A class here is one group of the YAML file, a field one entry; the reasons stand in the file, beside the
  numbers.
- ``source`` is a key of references.yaml; PRAC means usual practice without a trial.
- Nothing stands here that no rule reads. Numbers that hold a lock are not here (docs/decisions/0007)."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from backmove.core.course_figures import (
    CheckinFigures,
    DirectionFigures,
    FearFigures,
    FearLadders,
    FlareFigures,
    GapFigures,
    MaintenanceFigures,
    MaintenanceWeeks,
    ProgressFigures,
    SpacingFigures,
    WalkFigures,
)
from backmove.core.exercise import Feature, Range
from backmove.core.figure import Figure, Words


class ZoneFigures(Struct, frozen=True):
    """Pain now to zone (R-C)."""

    green_max: Figure
    amber_max: Figure
    steady_amber_max: Figure
    steady_usual_min: Figure
    steady_rise_max: Figure
    gentle_from: Figure


class UsualFigures(Struct, frozen=True):
    """From which entries a person's usual pain is taken."""

    days: Figure
    entries_min: Figure


class StageFigures(Struct, frozen=True):
    """Age of the episode to stage (R-D), and when a person counts as recovered (N1)."""

    acute_days: Figure
    subacute_days: Figure
    recovered_days: Figure
    recovered_pain_max: Figure
    recovered_gap_max: Figure


class MinuteFigures(Struct, frozen=True):
    """How long a session may be (B1)."""

    least: Figure
    most: Figure
    maintenance: Figure
    red: Figure
    acute: Figure
    amber: Figure
    first_sessions: Figure


class LevelFigures(Struct, frozen=True):
    """The highest level, 1 to 5."""

    placement: Figure
    ordinary: Figure
    amber: Figure
    red: Figure
    acute: Figure
    subacute: Figure
    careful: Figure
    warmup: Figure
    neighbours: Figure


class EffortFigures(Struct, frozen=True):
    """The highest effort, 0 to 10, judged by a row's upper figure; and the highest load in gentle mode."""

    warmup: Figure
    settle: Figure
    amber: Figure
    red: Figure
    acute: Figure
    gentle_load: Figure


class LearnFigures(Struct, frozen=True):
    """How many repetition and hold rows the main block may have (B6, O5)."""

    first: Figure
    first_until: Figure
    second: Figure
    second_until: Figure
    later: Figure
    confidence_low: Figure
    unsure: Figure


class BlockRow(Struct, frozen=True):
    """How many rows each block has from this many minutes on."""

    minutes: Annotated[int, Meta(ge=5, le=60)]
    warmup: Range
    main: Range
    settle: Range


class BlockFigures(Struct, frozen=True):
    """The shape of a session (B2-B5)."""

    source: Words
    rows: Annotated[tuple[BlockRow, ...], Meta(min_length=1)]
    full_share: Figure
    full_until: Figure
    warmup_share_min: Figure
    warmup_share_max: Figure
    warmup_min: Figure
    settle_min: Figure
    short_warmup_min: Figure
    short_warmup_max: Figure
    short_settle_max: Figure
    main_share_max: Figure
    categories_min: Figure
    long_aerobic_from: Figure
    long_aerobic: Figure
    attempts: Figure


class SecondsFigures(Struct, frozen=True):
    """What the time of a row is made of beside its own work."""

    change_over: Figure
    hold_change: Figure
    stretch_change: Figure


class StretchFigures(Struct, frozen=True):
    """How long a stretch is held, and when more is no use."""

    older_start: Figure
    total: Figure
    older_total: Figure


class WeekFigures(Struct, frozen=True):
    """What a week should hold (R-H), and when a person counts as older."""

    older_age: Figure
    days_in_a_row: Figure
    strength_days: Figure
    trunk_days: Figure
    mobility_days: Figure
    balance_days: Figure
    balance_days_older: Figure
    calm_days: Figure


class MorningFigures(Struct, frozen=True):
    """The morning rule (J7)."""

    window: Figure


class ReliefFigures(Struct, frozen=True):
    """Short sessions on bad days (B12)."""

    a_day: Figure


class SleepFigures(Struct, frozen=True):
    """What counts as a poor night (C4)."""

    poor_max: Figure


class CardFigures(Struct, frozen=True):
    """When a card may come back (R-M3, R-M5)."""

    repeat_days: Figure
    help_days: Figure
    missed_days: Figure
    second_week: Figure


class NoticeFigures(Struct, frozen=True):
    """When a contact is suggested, with the session still given (A15)."""

    acute_days: Figure
    flare_days: Figure
    real_change: Figure
    real_change_share: Figure
    most_days_pain: Figure


class Barred(Struct, frozen=True):
    """Features that no row may have."""

    features: tuple[Feature, ...]
    source: Words


class BarredFeatures(Struct, frozen=True):
    """What a stage, a zone or a mode takes out, beside the precautions."""

    always: Barred
    acute: Barred
    red: Barred
    gentle: Barred
    morning: Barred


class Placement(Struct, frozen=True):
    """Which question opens which chains (rulings 3.9).

    ``lying``: chains that begin lying or on hands and knees are opened by "floor and back up". ``equals``:
    chains that are groups of equals, chosen by position. ``direction``: chains that rise in force, not in
    strength, and stay at their first step.
    """

    source: Words
    stand_no_hands: tuple[str, ...]
    one_leg_5s: tuple[str, ...]
    counter_plank_10s: tuple[str, ...]
    equals: tuple[str, ...]
    direction: tuple[str, ...]


class ReliefRows(Struct, frozen=True):
    """The fixed relief set (exercises.md 8.5), in order, by the way of moving that eases."""

    source: Words
    bending: tuple[str, ...]
    arching: tuple[str, ...]
    neither: tuple[str, ...]
    breathing: str


class Starters(Struct, frozen=True):
    """Cards by what brings them (R-M5); ``sequence`` is the order for a start.

    ``lifting_chains``: chains of bending and lifting; ``tastes``: likes that bring the card on taste.
    """

    source: Words
    sequence: Annotated[tuple[int, ...], Meta(min_length=1, max_length=40)]
    help: int
    outlook: int
    missed_days: int
    hurt: int
    walking: int
    first_session: int
    flare: int
    posture: int
    lifting: int
    comfort: int
    sleep: int
    mood: int
    heat: int
    which: int
    soreness: int
    staying_well: int
    running: int
    scans: int
    confidence: int
    taste: int
    lifting_chains: tuple[str, ...]
    tastes: tuple[str, ...]


class Parameters(Struct, frozen=True):
    """The whole file."""

    schema_version: Literal[1]
    zone: ZoneFigures
    usual: UsualFigures
    stage: StageFigures
    minutes: MinuteFigures
    level: LevelFigures
    effort: EffortFigures
    learn: LearnFigures
    blocks: BlockFigures
    seconds: SecondsFigures
    stretch: StretchFigures
    week: WeekFigures
    walk: WalkFigures
    progress: ProgressFigures
    gap: GapFigures
    flare: FlareFigures
    spacing: SpacingFigures
    direction: DirectionFigures
    fear: FearFigures
    ladders: FearLadders
    maintenance: MaintenanceFigures
    maintenance_weeks: MaintenanceWeeks
    checkin: CheckinFigures
    morning: MorningFigures
    relief: ReliefFigures
    sleep: SleepFigures
    card: CardFigures
    notice: NoticeFigures
    barred: BarredFeatures
    placement: Placement
    relief_rows: ReliefRows
    cards: Starters
