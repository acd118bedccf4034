"""Keys that count by themselves, while a session runs: which of them were meant.

- A key counts once, however long it is held.
- Different keys that follow each other fast are a word, or a cat on the keyboard: only the first counts.
- What comes faster than any finger was pasted: nothing of it counts.
"""

from contextlib import suppress
from typing import Final

from backmove.term.ask import Keys
from backmove.term.keys import REDRAW

HOLD_S: Final = 1.0
"""The same key again within this time is held down."""
WORD_S: Final = 0.25
"""Different keys that follow each other faster are a word."""
BURST_S: Final = 0.03
PASTED: Final = "pasted"
"""What ``meant`` gives for a burst."""
MANY: Final = "+"
"""The one key that may be pressed again and again."""


class Strokes:
    """The keys of one person, one after the other."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys
        self._last = ("", float("-inf"))

    def meant(self, key: str) -> str | None:
        """The key by the name it has in the guide, ``PASTED``, or None when it does not count."""
        key, now = _name(key), self._keys.now()
        last, before = self._last
        self._last = (key, now)
        if now - before < (HOLD_S if key == last else WORD_S) and key != MANY:
            return None
        return PASTED if self._burst(key) else key

    def _burst(self, key: str) -> bool:
        """Whether other keys came with this one, faster than a finger."""
        mixed = False
        with suppress(EOFError):  # the key came before the end, and the end is read again
            while (after := self._keys.key(BURST_S)) is not None and after != REDRAW:
                mixed = mixed or _name(after) != key
                self._last = (_name(after), self._keys.now())
        return mixed


def _name(key: str) -> str:
    return {"=": "+", " ": "space"}.get(key, key.lower())
