"""Asking for the profile key by key. Here Enter keeps the value: nothing is opened or decided by it."""

from collections.abc import Callable
from typing import Any

from backmove.core.profile import KEYS, Profile
from backmove.errors import UsageProblem
from backmove.term.profile_view import value_text


def walk(
    profile: Profile,
    *,
    ask: Callable[[str], str],
    read: Callable[[str, list[str]], Any],
    allowed: Callable[[str], str],
    say: Callable[[str], None],
) -> dict[str, Any]:
    """The values that were typed, by key. ``read`` raises UsageProblem, after which the key is asked
    again."""
    changes: dict[str, Any] = {}
    for key in KEYS:
        while True:
            typed = ask(f"{key}: {value_text(profile, key)} > ")
            if typed in ("q", ""):
                break
            if typed == "?":
                say(allowed(key))
                continue
            try:
                changes[key] = read(key, _words(key, typed))
            except UsageProblem as wrong:
                say(wrong.message)
                continue
            break
        if typed == "q":
            break
    return changes


def _words(key: str, typed: str) -> list[str]:
    """A line as the words of ``profile set``. Own words have blanks in them; several stand between semicolons."""
    if key in ("activities", "ease_positions"):
        return typed.split(";")
    if key in ("ease_person", "keep_activity"):
        return [typed]
    return typed.replace(",", " ").split()
