"""Words typed on the command line, read strictly: what is not known is refused with the list of what is.

Every function raises UsageProblem. Words of others are quoted with ``repr``, which shows control characters
as text.
"""

from collections.abc import Collection, Iterable
from itertools import islice

from backmove.errors import UsageProblem


def choice(name: str, word: str, allowed: Collection[str]) -> str:
    """The word itself if it is one of ``allowed``. The refusal lists them all and guesses which was meant."""
    if word not in allowed:
        raise UsageProblem(refusal(name, word, allowed))
    return word


def refusal(name: str, word: str, allowed: Collection[str]) -> str:
    """The sentence that says what is allowed instead of ``word``."""
    return f"{name}: {word!r} is not known.{guess(word, allowed)} Allowed: {', '.join(allowed)}."


def guess(word: str, allowed: Collection[str]) -> str:
    """`` Did you mean ...?`` with a space before it, or nothing when no word is near."""
    close = near(word.lower(), allowed)
    return f" Did you mean {close[0]}?" if close else ""


def near(word: str, known: Iterable[str], most: int = 1) -> list[str]:
    """Those of the ``known`` words that look most like ``word``, the likeliest first."""
    from difflib import get_close_matches  # noqa: PLC0415 - 2 ms that only a slip has to pay

    return get_close_matches(word, list(known), n=most)


def unknown_words(words: Iterable[str], allowed: Collection[str]) -> list[str]:
    """A sentence for each of ``words`` that is not ``allowed``: the first twenty of them, for a file may hold any
    number."""
    unknown = islice((word for word in words if word not in allowed), 20)
    known = ", ".join(allowed)
    return [f"{word!r} is not known.{guess(word, allowed)} Allowed: {known}." for word in unknown]


def whole_number(name: str, word: str, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``, both included."""
    text = word.strip()
    if not (text.isascii() and text.removeprefix("-").isdecimal()):
        raise UsageProblem(f"{name}: {word!r} is not a whole number from {low} to {high}.")
    if len(text) > 9 or not low <= int(text) <= high:
        raise UsageProblem(f"{name}: {text[:12]} is outside {low} to {high}.")
    return int(text)


def text(typed: str) -> str:
    """A note as it can be kept: no blanks around it; bytes that were no text become the replacement sign."""
    return typed.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
