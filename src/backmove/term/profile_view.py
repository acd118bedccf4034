"""The profile on the screen: every key with its value, and what was never said."""

from collections.abc import Iterable
from typing import Any

from backmove.core.profile import KEYS, Profile
from backmove.term.clean import wrap
from backmove.term.entries_view import value_words

NOT_SAID = "not said"


def profile_text(profile: Profile, *, width: int, plain: bool) -> str:
    """All keys. A value nobody chose is marked as such."""
    lines: list[str] = []
    room = max(map(len, KEYS))
    for key in KEYS:
        words = value_text(profile, key)
        if plain:
            lines.append(f"{key}: {words}")
        else:
            lines += wrap(words, width, first=f"{key:<{room}}  ", rest=" " * (room + 2))
    return "\n".join(lines)


def value_text(profile: Profile, key: str) -> str:
    """One value in words, with a mark when it is only assumed."""
    value = getattr(profile, key)
    if key in profile.known:
        return value_words(value)
    if value is None or value == () or isinstance(value, bool):
        return NOT_SAID
    return f"{value_words(value)} (as at first)"


def changed_text(keys: Iterable[str], before: Profile, after: Profile) -> str:
    """What became of the keys: ``place floor (was upright)``."""
    return "; ".join(f"{key} {value_words(getattr(after, key))} (was {_was(before, key)})" for key in keys)


def profile_json(profile: Profile) -> dict[str, Any]:
    """All values, and which of them were said."""
    values = {key: getattr(profile, key) for key in KEYS}
    return {
        "profile": {k: list(v) if isinstance(v, tuple) else v for k, v in values.items()},
        "known": [key for key in KEYS if key in profile.known],
    }


def _was(profile: Profile, key: str) -> str:
    return value_text(profile, key).removesuffix(" (as at first)")
