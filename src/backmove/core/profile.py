"""The profile: what a person told us once. Closed keys, closed values; what is unknown is refused, never
skipped.

A key that was never set has the default that stands here (rulings 3.9: upright, a chair and a wall, 20
minutes, 3 days). Precaution tags are checked against the list of the precautions file, which the caller
supplies.
"""

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import fields, replace

from backmove.core.choices import Category, Equipment, Fear, Goal, Tradition
from backmove.core.typed import choice, refusal, whole_number
from backmove.errors import UsageProblem


class Place(StrEnum):
    """Where the session happens. ``upright`` is sitting and standing; ``chair`` is sitting only."""

    FLOOR = "floor"
    BED = "bed"
    UPRIGHT = "upright"
    CHAIR = "chair"


class Job(StrEnum):
    SITTING = "sitting"
    STANDING = "standing"
    LIFTING = "lifting"
    MIXED = "mixed"


class Ease(StrEnum):
    """Which way of moving eases a bad day, in the person's own judgement."""

    BENDING = "bending"
    ARCHING = "arching"
    NEITHER = "neither"


_CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


def place_named(word: str | None) -> Place | None:
    """The place of that name; None for no word. Raises UsageProblem that lists the places."""
    return None if word is None else Place(choice("--place", word, [str(p) for p in Place]))


AGE_BANDS: Final = ("18-39", "40-54", "55-64", "65-74", "75+")
PLACEMENT: Final = ("stand_no_hands", "one_leg_5s", "floor_and_up", "walk_minutes", "counter_plank_10s")


class Profile(Struct, frozen=True):
    """The profile with its defaults. ``known`` holds the keys that were set; the rest is assumed."""

    age_band: str | None = None
    episode_start: str | None = None
    usual_pain: int | None = None
    worst_pain: int | None = None
    place: Place = Place.UPRIGHT
    equipment: tuple[Equipment, ...] = (Equipment.CHAIR, Equipment.WALL)
    minutes: int = 20
    days_per_week: int = 3
    precautions: tuple[str, ...] = ()
    goals: tuple[Goal, ...] = ()
    activities: tuple[str, ...] = ()
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    confidence: int | None = None
    feared: Fear | None = None
    job: Job | None = None
    region: str | None = None
    day_ends: str = "03:00"
    gets_up: str = "07:00"
    morning_rule: bool = False
    stand_no_hands: bool | None = None
    one_leg_5s: bool | None = None
    floor_and_up: bool | None = None
    walk_minutes: int | None = None
    counter_plank_10s: bool | None = None
    ease_positions: tuple[str, ...] = ()
    ease_direction: Ease | None = None
    ease_person: str | None = None
    keep_activity: str | None = None
    known: frozenset[str] = field(default=frozenset())


KEYS: Final = tuple(f.name for f in fields(Profile) if f.name != "known")


def _one(key: str, values: list[str]) -> str:
    if len(values) != 1:
        raise UsageProblem(f"{key}: give exactly one value.")
    return values[0]


def _choice(key: str, values: list[str], allowed: Collection[str]) -> str:
    return choice(key, _one(key, values), allowed)


def _number(key: str, values: list[str]) -> int:
    return whole_number(key, _one(key, values), *_NUMBERS[key])


def _clock(key: str, values: list[str]) -> str:
    word = _one(key, values)
    if _CLOCK.fullmatch(word.zfill(5)):
        return word.zfill(5)
    raise UsageProblem(f"{key}: {word!r} is not a time such as 07:30.")


def _day(key: str, values: list[str]) -> str:
    word = _one(key, values)
    try:
        return date.fromisoformat(word).isoformat()
    except ValueError:
        raise UsageProblem(f"{key}: {word!r} is not a date such as 2026-03-01.") from None


def _yes(key: str, values: list[str]) -> bool:
    word = _choice(key, values, ("yes", "no", "y", "n", "true", "false"))
    return word in ("yes", "y", "true")


def _many(key: str, values: list[str], allowed: Collection[str]) -> list[str]:
    words = [w for v in values for w in v.replace(",", " ").split()]
    if words == ["none"]:
        return []
    if not words:
        raise UsageProblem(f"{key}: give at least one value, or none. Allowed: {', '.join(allowed)}.")
    for word in words:
        if word not in allowed:
            raise UsageProblem(refusal(key, word, allowed))
    return list(dict.fromkeys(words))


def known_key(key: str) -> str:
    """The key itself. Raises UsageProblem that lists all keys when it is none."""
    return choice("profile", key, KEYS)


def allowed(key: str, *, tags: Collection[str], ids: Collection[str], regions: Collection[str]) -> str:
    """What ``read_value`` takes for a key, in words."""
    if key in _NUMBERS:
        return "{} to {}".format(*_NUMBERS[key])
    if key in _YES_OR_NO:
        return "yes or no"
    if key in _CLOCKS:
        return "a time such as 07:30"
    lists: Mapping[str, Collection[str]] = {
        "age_band": AGE_BANDS,
        "place": list(Place),
        "equipment": [*Equipment, "none"],
        "precautions": [*tags, "none"],
        "goals": [*Goal, "none"],
        "likes": [*Category, *Tradition, "an exercise", "none"],
        "dislikes": [*Category, *Tradition, "an exercise", "none"],
        "feared": list(Fear),
        "job": list(Job),
        "region": regions,
        "activities": ["up to three, in your own words, with ; between them"],
        "ease_positions": ["one or two, in your own words, with ; between them"],
        "ease_direction": list(Ease),
        "ease_person": ["a name or a few words"],
        "keep_activity": ["one thing, in your own words"],
        "episode_start": ["the day on which this spell of pain began, such as 2026-03-01"],
    }
    return ", ".join(lists[key])


def words_for(
    key: str, *, tags: Collection[str], ids: Collection[str], regions: Collection[str]
) -> tuple[str, ...]:
    """The closed words of a key, each of which ``read_value`` takes; none for numbers, days and own words."""
    if key in _YES_OR_NO:
        return ("yes", "no")
    if key in _ENUMS:
        return tuple(map(str, _ENUMS[key]))
    if key in _ENUM_LISTS:
        return (*map(str, _ENUM_LISTS[key]), "none")
    lists: Mapping[str, Collection[str]] = {
        "age_band": AGE_BANDS,
        "precautions": (*tags, "none"),
        "region": regions,
        "likes": (*Category, *Tradition, *ids, "none"),
        "dislikes": (*Category, *Tradition, *ids, "none"),
    }
    return tuple(map(str, lists.get(key, ())))


def read_value(
    key: str, values: list[str], *, tags: Collection[str], ids: Collection[str], regions: Collection[str]
) -> Any:
    """The typed words after ``profile set KEY`` as the value that the journal keeps.

    ``tags``: the known precautions; ``ids``: exercise ids; ``regions``: region codes. Lists may be empty
    where ``key`` does not need them. Raises UsageProblem that lists what is allowed.
    """
    known_key(key)
    tastes = [*ids, *map(str, Category), *map(str, Tradition)]
    readers: Mapping[str, Callable[[], Any]] = {
        "age_band": lambda: _choice(key, values, AGE_BANDS),
        "episode_start": lambda: _day(key, values),
        "usual_pain": lambda: _number(key, values),
        "worst_pain": lambda: _number(key, values),
        "place": lambda: _choice(key, values, list(map(str, Place))),
        "equipment": lambda: _many(key, values, list(map(str, Equipment))),
        "minutes": lambda: _number(key, values),
        "days_per_week": lambda: _number(key, values),
        "precautions": lambda: _many(key, values, tags),
        "goals": lambda: _many(key, values, list(map(str, Goal))),
        "activities": lambda: _own_words(key, values, 3),
        "likes": lambda: _many(key, values, tastes),
        "dislikes": lambda: _many(key, values, tastes),
        "confidence": lambda: _number(key, values),
        "feared": lambda: _choice(key, values, list(map(str, Fear))),
        "job": lambda: _choice(key, values, list(map(str, Job))),
        "region": lambda: _choice(key, values, regions),
        "day_ends": lambda: _clock(key, values),
        "gets_up": lambda: _clock(key, values),
        "morning_rule": lambda: _yes(key, values),
        "walk_minutes": lambda: _number(key, values),
        "stand_no_hands": lambda: _yes(key, values),
        "one_leg_5s": lambda: _yes(key, values),
        "floor_and_up": lambda: _yes(key, values),
        "counter_plank_10s": lambda: _yes(key, values),
        "ease_positions": lambda: _own_words(key, values, 2),
        "ease_direction": lambda: _choice(key, values, list(map(str, Ease))),
        "ease_person": lambda: _own_line(key, values),
        "keep_activity": lambda: _own_line(key, values),
    }
    return readers[key]()


def _own_words(key: str, values: list[str], most: int) -> list[str]:
    kept = [part.strip() for value in values for part in value.split(";") if part.strip()]
    if not 1 <= len(kept) <= most:
        number = {2: "two", 3: "three"}[most]
        raise UsageProblem(f"{key}: one to {number}, each in quotes or with ; between them.")
    return kept


def _own_line(key: str, values: list[str]) -> str:
    """One thing, with or without quotes around its words."""
    line = " ".join(" ".join(values).split())
    if not line:
        raise UsageProblem(f"{key}: say it in a few words.")
    return line


_NUMBERS: Final[Mapping[str, tuple[int, int]]] = {
    "usual_pain": (0, 10),
    "worst_pain": (0, 10),
    "minutes": (5, 60),
    "days_per_week": (2, 5),
    "confidence": (0, 10),
    "walk_minutes": (0, 300),
}
_ENUMS: Final[Mapping[str, type[StrEnum]]] = {
    "place": Place,
    "feared": Fear,
    "job": Job,
    "ease_direction": Ease,
}
_ENUM_LISTS: Final[Mapping[str, type[StrEnum]]] = {"equipment": Equipment, "goals": Goal}
_WORD_LISTS: Final = ("precautions", "activities", "likes", "dislikes", "ease_positions")
_CLOCKS: Final = ("day_ends", "gets_up")
_YES_OR_NO: Final = ("morning_rule", "stand_no_hands", "one_leg_5s", "floor_and_up", "counter_plank_10s")


def change(profile: Profile, keys: Mapping[str, Any], unset: Collection[str] = ()) -> Profile:
    """The profile after one journal record. An unknown key or value is a ValueError: never a looser
    profile."""
    for key in (*keys, *unset):
        if key not in KEYS:
            raise ValueError(f"profile key {key!r} is not known")
    blank = Profile()
    values = {key: _kept(key, value) for key, value in keys.items()} | {
        key: getattr(blank, key) for key in unset
    }
    known = (profile.known | set(keys)) - set(unset)
    return replace(profile, **values, known=frozenset(known))


def news(
    profile: Profile, keys: Mapping[str, Any], unset: Collection[str] = ()
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """The part of a change that changes something. Saying what was only assumed is news, too."""
    after = change(profile, keys)
    new = {
        k: v for k, v in keys.items() if k not in profile.known or getattr(after, k) != getattr(profile, k)
    }
    return new, tuple(key for key in unset if key in profile.known)


def _kept(key: str, value: Any) -> Any:
    """A value of the journal as the profile holds it. Raises ValueError for what ``read_value`` never
    writes."""
    if key in _ENUMS:
        return _ENUMS[key](value)
    if key in _ENUM_LISTS or key in _WORD_LISTS:
        if not isinstance(value, list | tuple) or not all(isinstance(word, str) for word in value):
            raise ValueError(f"{key} is not a list of words")
        return tuple(map(_ENUM_LISTS.get(key, str), value))
    if key in _NUMBERS:
        fits = type(value) is int and _NUMBERS[key][0] <= value <= _NUMBERS[key][1]
    elif key in _YES_OR_NO:
        fits = isinstance(value, bool)
    elif key in _CLOCKS:
        fits = isinstance(value, str) and _CLOCK.fullmatch(value) is not None
    elif key == "episode_start":
        fits = isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    else:
        fits = isinstance(value, str) and (key != "age_band" or value in AGE_BANDS)
    if not fits:
        raise ValueError(f"{key} cannot be {value!r}")
    return value
