"""What TAB offers behind an option or in the place of an argument.

It is quick and it is discreet: no YAML, no pydantic, no Rich, and nothing of the journal, because what a person wrote
down must not stand on a screen by a slip of the finger. Each function is an ``autocompletion`` of Typer, which keeps
what begins with the letters typed. An empty answer leaves the word to the shell, which then offers files.
"""

from collections.abc import Callable

import typer

Offer = list[tuple[str, str]]
"""Pairs: the word, and what zsh and fish show beside it."""

LEG = ("none", "usual", "closer", "further", "new")
STOPPED = ("pain", "leg", "dizzy", "unwell", "time", "other")
PLACE = ("floor", "bed", "upright", "chair")
SOUND = ("off", "bell", "voice")
WAY = ("better", "same", "worse")
STATUS = ("done", "partly", "stopped")


def words(*allowed: str) -> Callable[[], list[str]]:
    """Offers these words."""
    return lambda: list(allowed)


def exercise_ids() -> Offer:
    from backmove.store.glance import exercise_names

    return list(exercise_names())


def topics() -> Offer:
    from backmove.store.glance import card_names

    return list(card_names())


def tags() -> Offer:
    from backmove.store.glance import precaution_names

    return list(precaution_names())


def categories() -> list[str]:
    from backmove.core.choices import Category

    return [str(category) for category in Category]


def goals() -> list[str]:
    from backmove.core.choices import Goal

    return [str(goal) for goal in Goal]


def equipment() -> list[str]:
    from backmove.core.choices import Equipment

    return [*map(str, Equipment), "none"]


def body_parts() -> list[str]:
    from backmove.core.body_parts import BODY

    return list(BODY)


def positions() -> list[str]:
    from backmove.core.body_parts import POSITIONS

    return list(POSITIONS)


def profile_keys() -> list[str]:
    from backmove.core.profile import KEYS

    return list(KEYS)


def profile_values(ctx: typer.Context) -> Offer:
    """The words that fit the key before it."""
    from backmove.core.profile import words_for
    from backmove.store.glance import exercise_names, precaution_names, region_names

    key = ctx.params.get("key") or ""
    named = dict(
        exercise_names()
        if key in ("likes", "dislikes")
        else precaution_names()
        if key == "precautions"
        else region_names()
    )
    found = words_for(key, tags=named, ids=named, regions=named)
    return [(word, named.get(word, "")) for word in found]


def kinds() -> list[str]:
    from backmove.core.selection import LISTED

    return list(LISTED)
