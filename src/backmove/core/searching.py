"""Searching a few hundred short texts: which of them say the words, the best first, and where they say it.

A word is found as it stands, as the beginning of a longer one ("nerv" in "nerves"), and as a longer form of a
shorter one ("walking" for "walk"). Capitals and hyphens do not count.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Generic, TypeVar

from msgspec import Struct

from backmove.core.typed import near
from backmove.errors import UsageProblem

T = TypeVar("T")

_WORD: Final = re.compile(r"[^\W_]+")
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+|\n+")
_SMALL: Final = frozenset(
    {
        "a",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "by",
        "can",
        "do",
        "for",
        "how",
        "i",
        "in",
        "is",
        "it",
        "my",
        "of",
    }
    | {"on", "or", "the", "to", "what", "with"}
)
"""Words that nobody searches for; they count only when nothing else was typed."""
_LONGER_BY: Final = 3
"""So many letters may a typed word be longer than the one in the text: "walking" for "walk"."""
_SHORTEST: Final = 3
"""A typed word or one of the text of so many letters may stand for a longer one."""
_OFTEN: Final = 3
"""More hits than these in one text say nothing more about it."""

EXACT: Final = 4
BEGINNING: Final = 2
LONGER: Final = 1


class Part(Struct, frozen=True):
    """One text of a thing; ``weight``: what a hit in it is worth beside its other texts, 1 or more."""

    text: str
    weight: int


class Hit(Struct, Generic[T], frozen=True):
    """A thing that was found. ``where``: sentences that hold the words, in the order of its parts; those of the
    first part, its name, are left out. ``points`` only compare with other hits of the same search."""

    thing: T
    points: int
    where: tuple[str, ...]


class Search(Struct, Generic[T], frozen=True):
    """What was found, the best first. ``all_words``: every hit holds all of them. ``near``: when nothing was found,
    the words of the texts that look like what was typed."""

    hits: tuple[Hit[T], ...]
    all_words: bool
    near: tuple[str, ...] = ()


def search(typed: str, things: Mapping[int, tuple[T, Sequence[Part]]], *, lines: int = 2) -> Search[T]:
    """Things that hold all the words of ``typed``; when none does, those that hold most of them.

    ``things`` by their place in the order that ties keep. ``lines``: at most so many sentences a hit. Raises
    UsageProblem when ``typed`` holds no word.
    """
    sought = _sought(typed)
    found: list[tuple[int, int, Hit[T]]] = []
    for place, (thing, parts) in things.items():
        points = [_points(word, parts) for word in sought]
        if any(points):
            held = sum(map(bool, points))
            found.append((held, place, Hit(thing, sum(points), _where(sought, parts[1:], lines))))
    if not found:
        return Search(
            (), all_words=True, near=_near(sought, (part.text for _, ps in things.values() for part in ps))
        )
    most = max(held for held, _, _ in found)
    best = sorted((entry for entry in found if entry[0] == most), key=lambda e: (-e[2].points, e[1]))
    return Search(tuple(hit for _, _, hit in best), all_words=most == len(sought))


def _sought(typed: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(_words(typed)))
    if not words:
        raise UsageProblem("say what to search for: one word or more.")
    return tuple(word for word in words if word not in _SMALL) or words


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _likeness(word: str, other: str) -> int:
    """How well a word of a text answers a typed one; 0 is not at all."""
    if word == other:
        return EXACT
    if len(word) >= _SHORTEST and other.startswith(word):
        return BEGINNING
    longer = len(word) - len(other)
    return LONGER if len(other) > _SHORTEST and 0 < longer <= _LONGER_BY and word.startswith(other) else 0


def _points(word: str, parts: Iterable[Part]) -> int:
    """The best hit counts most; further ones in the same text a little."""
    best = often = 0
    for part in parts:
        likeness = [found for other in _words(part.text) if (found := _likeness(word, other))]
        best = max(best, max(likeness, default=0) * part.weight * _OFTEN)
        often += len(likeness)
    return best + min(often, _OFTEN) - 1 if best else 0


def _where(sought: Sequence[str], parts: Iterable[Part], lines: int) -> tuple[str, ...]:
    """The sentences that hold most of the words, as they follow each other."""
    sentences = [
        " ".join(piece.split()) for part in parts for piece in _SENTENCE.split(part.text) if piece.strip()
    ]
    held = {n: sum(_holds(word, text) for word in sought) for n, text in enumerate(sentences)}
    best = sorted((n for n in held if held[n]), key=lambda n: (-held[n], n))[:lines]
    return tuple(dict.fromkeys(sentences[n] for n in sorted(best)))


def _holds(word: str, text: str) -> bool:
    return any(_likeness(word, other) for other in _words(text))


def _near(sought: Iterable[str], texts: Iterable[str]) -> tuple[str, ...]:
    known = {word for text in texts for word in _words(text)}
    guesses = (near(word, sorted(known)) for word in sought)
    return tuple(dict.fromkeys(word for guess in guesses for word in guess))
