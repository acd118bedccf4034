"""Keys that were meant: what a finger does too early, too long, or in words is not taken for an answer.

- What was typed before a question stood on the screen is forgotten; keys are ignored for ``GRACE_S`` after that.
- The rest of the word of an answer is swallowed. If the letters go on as the word of *another* answer ("not sure"
  begins like "no"), the answer was misread, and the question before has to be asked again.
- A letter that is no answer begins a word that is none: letters do not count until the person pauses.
- A key that is held down counts once.
"""

from collections.abc import Sequence
from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from backmove.term.keys import REDRAW
from backmove.term.question import Choice

if TYPE_CHECKING:
    from backmove.term.ask import Keys

GRACE_S: Final = 0.2
"""Keys that come sooner after a question appeared were meant for the screen before."""
WORD_S: Final = 1.5
"""So long after an answer the rest of its word may still be coming."""
HOLD_S: Final = 1.0
"""The same key again within this time may be held down; keyboards begin to repeat after 0.25 to 0.7 s."""
REPEAT_S: Final = 0.1
"""A key held down repeats faster than this."""
PAUSE_S: Final = 0.7
"""Letters closer together than this are one word."""


class Presses:
    """The keys of one person, question after question. ``misread``: the last answer was the start of another word."""

    def __init__(self, keys: "Keys") -> None:
        self.misread = False
        self._keys = keys
        self._word = _Word()
        self._last = ("", float("-inf"))
        self._peeked: str | None = None
        self._noise_until = float("-inf")
        self._shown_at = 0.0

    def begin(self) -> None:
        """A question stands on the screen. What was typed before is looked at, as a word may go on, and forgotten."""
        while (key := self._next_key(0.0)) is not None:
            if self._word.take(key, self._keys.now()) is _Fate.OTHER:
                self.misread = True
        self._keys.flush()
        self._shown_at = self._keys.now()

    def next(self, *, typing: bool, words: bool) -> str | None:
        """A key that was meant for the question on the screen; None when the last answer was misread.

        ``typing``: a value has been begun. ``words``: words in full are wanted, so no letter may be lost.
        """
        while True:
            if self.misread:
                return None
            key = self._next_key() or REDRAW
            now = self._keys.now()
            if key == REDRAW or typing:
                return key
            fate = self._word.take(key, now)
            self.misread = fate is _Fate.OTHER
            rest = fate is _Fate.REST and not (words and key != "\n")
            if rest or self.misread or self._is_noise(key, now) or now - self._shown_at < GRACE_S:
                continue
            if key == self._last[0] and now - self._last[1] < HOLD_S and self._held(key):
                continue
            return key

    def answered(self, key: str, choice: Choice | None, choices: Sequence[Choice]) -> None:
        """``key`` was taken as the answer ``choice``; the words of ``choices`` may still be coming."""
        now = self._keys.now()
        self._last = (key, now)
        self._word = _Word(key, choice, choices, now + WORD_S)

    def ticked(self, key: str) -> None:
        """``key`` counted, and the question goes on."""
        self._last = (key, self._keys.now())

    def no_answer(self) -> None:
        """The key meant nothing here."""
        self._noise_until = self._keys.now() + PAUSE_S

    def _is_noise(self, key: str, now: float) -> bool:
        """Whether the key goes on with a word that was no answer. Enter ends it."""
        if now >= self._noise_until:
            return False
        self._noise_until = float("-inf") if key == "\n" else now + PAUSE_S
        return True

    def _held(self, key: str) -> bool:
        """Whether the key is held down: then more of it is coming, and none of it is an answer."""
        held = False
        while (after := self._next_key(REPEAT_S)) == key:
            held = True
        self._peeked = after
        if held:
            self._last = (key, self._keys.now())
        return held

    def _next_key(self, timeout_s: float | None = None) -> str | None:
        key, self._peeked = self._peeked, None
        return key or self._keys.key(timeout_s)


class _Fate(Enum):
    """What a key is that comes shortly after an answer."""

    FREE = auto()
    REST = auto()
    OTHER = auto()


class _Word:
    """The words that may still be coming after their first letter was taken as an answer."""

    def __init__(
        self, key: str = "", choice: Choice | None = None, choices: Sequence[Choice] = (), until: float = 0.0
    ) -> None:
        self._choice = choice
        self._until = until
        words = [(c, word) for c in choices for word in c.spellings]
        self._left = [(c, word[1:]) for c, word in words if key and word.startswith(key)]
        if choice is not None and not any(c is choice for c, _ in self._left):
            self._left.append((choice, ""))

    def take(self, letter: str, now: float) -> _Fate:
        """REST of the answer's own word, OTHER when only another answer's word goes on like this, or FREE."""
        if now > self._until or not self._left:
            return _Fate.FREE
        if letter == "\n":
            self._left = []
            return _Fate.REST
        going = [(c, rest[1:]) for c, rest in self._left if rest.startswith(letter.lower())]
        if not going:
            self._left = []
            return _Fate.FREE
        told = all(c is not self._choice for c, _ in going)
        self._left = going
        self._until = max(self._until, now + WORD_S)
        if told:
            self._choice = going[0][0]
            return _Fate.OTHER
        return _Fate.REST
