"""Why a row of a therapist's plan cannot be given today, in plain words. The filters decide (``candidates.allowed``);
this only says which of them did, the one that weighs most first."""

from collections.abc import Callable, Collection, Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from backmove.core.candidates import Bounds, allowed
from backmove.core.exercise import Catalog, Exercise, Feature, Slot, Stage, Status
from backmove.core.finding import barred_by
from backmove.core.helpful_direction import forbidden_by
from backmove.core.parameters import Parameters
from backmove.core.profile import Place, Profile
from backmove.core.zone import Zone

Why = tuple[str, str]
"""A code for scripts, and the words."""

FIRST: Final[Why] = ("first-session", "it comes once a first session is done")
BACK: Final[Why] = ("long-away", "after weeks without a session it comes a little later")
HARD: Final[Why] = (
    "step",
    "it is very hard; it comes after twelve sessions and two weeks with an easier one",
)
TIME: Final[Why] = ("time", "it takes longer than the session allows")
SORE: Final[Why] = ("sore-day", "on a sore day only easy moves")
TURNS: Final[Why] = ("turns", "the exercises of the plan take turns")
PLACE: Final[Why] = ("place", "it does not fit the place")
GENTLE: Final[Why] = ("gentle", "on a gentle day nothing with load")
STEP: Final[Why] = ("step", "it is a step harder than you are yet")
OTHER: Final[Why] = ("other", "it did not fit the day")

ON_REQUEST: Final[Mapping[str, str]] = {
    "sciatic-slider": "you ask for this one by name: backmove profile set likes sciatic-slider",
    "feared-move-rehearsal": "it is for a move that you are afraid of: backmove profile set feared bending",
}
"""Rows that nobody is given who has not asked for them (``candidates``), and how to ask."""

_ZONES: Final[Mapping[Zone, str]] = {
    Zone.RED: SORE[1],
    Zone.AMBER: "with more pain than usual nothing this hard",
    Zone.GREEN: "it is too hard for now",
}


class Limits(Struct, frozen=True):
    """A day's bounds, and what led to them. ``excluded``: rows left out by name; ``parked``: until which day a chain
    (or a row without one) rests."""

    catalog: Catalog
    bounds: Bounds
    profile: Profile
    zone: Zone
    stage: Stage
    tags: Collection[str]
    careful: bool
    excluded: Collection[str]
    parked: Mapping[str, str]
    parameters: Parameters


def why_not(row: Exercise, slot: Slot, limits: Limits) -> Why | None:
    """What holds the row back in this part of the session, or None when it may be given."""
    if allowed(row, limits.bounds, slot):
        return None
    found = next((why for ask in _QUESTIONS if (why := ask(row, limits)) is not None), None)
    return found or _where_or_how_hard(row, slot, limits)


def _where_or_how_hard(row: Exercise, slot: Slot, limits: Limits) -> Why:
    bounds = limits.bounds
    if allowed(row, replace(bounds, place=Place.FLOOR), slot):
        return PLACE
    if bounds.gentle_load is not None:
        return GENTLE
    if bounds.steps.admit(row):
        return OTHER
    return HARD if row.level > limits.parameters.level.ordinary.value else STEP


def _word_of_the_person(row: Exercise, limits: Limits) -> Why | None:
    if row.status is not Status.ACTIVE:
        return "gone", "it is no longer in the library"
    if row.id in limits.excluded:
        return "excluded", "you left it out"
    if row.id in ON_REQUEST and row.id in limits.bounds.disliked:
        return "on-request", ON_REQUEST[row.id]
    disliked = {row.id, str(row.category), str(row.tradition)} & set(limits.profile.dislikes)
    return ("disliked", "you said that you do not like it") if disliked else None


def _precautions(row: Exercise, limits: Limits) -> Why | None:
    labels = [entry.label for entry in barred_by(limits.catalog, row, sorted(limits.tags))]
    return ("precaution", f"you told us: {'; '.join(labels)}") if labels else None


def _ways(row: Exercise, limits: Limits) -> Why | None:
    ways = limits.bounds.ways
    resting = not ways.admit(row, limits.bounds.easy_level)
    if resting or not forbidden_by(ways, limits.zone).isdisjoint(row.hazards):
        return "direction", "this way of moving rests for now"
    return None


def _features(row: Exercise, limits: Limits) -> Why | None:
    barred, bounds = row.hazards & limits.bounds.forbids, limits.bounds
    figures = limits.parameters.barred
    if Feature.IMPACT in barred:
        return "impact", "jumping and running come after weeks of good walks"
    if Feature.STAND_UP in barred and bounds.place is Place.CHAIR:
        return PLACE
    if bounds.gentle_load is not None and barred:
        return GENTLE
    if limits.zone is Zone.RED and barred & set(figures.red.features):
        return "sore-day", _ZONES[Zone.RED]
    if limits.stage is Stage.ACUTE and barred & set(figures.acute.features):
        return "stage", "it is too early in this spell"
    if barred & set(figures.morning.features):
        return "morning", "not in the first hours after you get up"
    return None


def _stage(row: Exercise, limits: Limits) -> Why | None:
    bounds = limits.bounds
    if bounds.bad_day and Stage.FLARE not in row.stages:
        return "sore-day", _ZONES[Zone.RED]
    if bounds.stages.isdisjoint(row.stages):
        early = limits.stage in (Stage.ACUTE, Stage.SUBACUTE)
        return "stage", "it is too early in this spell" if early else "it is not for this stage"
    if row.level > bounds.max_level:
        return _level(row, limits)
    return None


def _level(row: Exercise, limits: Limits) -> Why:
    caps = limits.parameters.level
    if limits.careful and row.level > caps.careful.value:
        return "careful", "your answers ask for care, so easier ones for now"
    if limits.zone is not Zone.GREEN:
        return "sore-day", _ZONES[limits.zone]
    return "stage", "it is too hard this early in a spell"


def _effort(row: Exercise, limits: Limits) -> Why | None:
    if row.dose.effort[1] <= limits.bounds.max_effort:
        return None
    if limits.zone is not Zone.GREEN:
        return "sore-day", _ZONES[limits.zone]
    return "stage", "it is too hard this early in a spell"


def _kit(row: Exercise, limits: Limits) -> Why | None:
    lacking = [str(thing).replace("-", " ") for thing in row.equipment if thing not in limits.bounds.kit]
    return ("equipment", f"it needs: {', '.join(lacking)}") if lacking else None


def _rest(row: Exercise, limits: Limits) -> Why | None:
    key = row.chain.id if row.chain else row.id
    if key in limits.bounds.parked:
        until = limits.parked.get(key)
        return "resting", "it was too much three times, so it rests" + (f" until {until}" if until else "")
    if key in limits.bounds.rested and row.level >= limits.bounds.rest_level:
        return "rested", "hard ones of a kind rest for two days"
    return None


_QUESTIONS: Final[tuple[Callable[[Exercise, Limits], Why | None], ...]] = (
    _word_of_the_person,
    _precautions,
    _ways,
    _features,
    _stage,
    _effort,
    _kit,
    _rest,
)
