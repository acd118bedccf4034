"""Fingers on a keyboard, for tests: they type what they are told, with a clock of their own.

``Fingers("n", "44\\n", "<ctrl-c>")``: before each stroke the person thinks for ``think`` seconds; the letters
of one stroke follow each other after ``gap`` seconds. A number is a pause instead: ``"n", 0.1, "n"``. At the
end of the list the input has ended (EOFError). ``<left>`` and the like are keys with a name.
"""

import re
from collections import deque


class Fingers:
    """Plays a list of strokes. ``seen`` counts how many keys or lines were read."""

    single = True

    def __init__(self, *strokes: str | float, think: float = 3.0, gap: float = 0.12) -> None:
        self._clock = 0.0
        self._events: deque[tuple[float, str]] = deque()
        at, pause = 0.0, think
        for stroke in strokes:
            if isinstance(stroke, float):
                pause = stroke
                continue
            for number, key in enumerate(re.findall(r"<[a-z-]+>|.", stroke, re.DOTALL)):
                at += gap if number else pause
                self._events.append((at, key.strip("<>") if len(key) > 1 else key))
            pause = think
        self.seen = 0

    @property
    def left(self) -> str:
        """What was not typed yet."""
        return "".join(key for _, key in self._events)

    def now(self) -> float:
        return self._clock

    def key(self, timeout_s: float | None = None) -> str | None:
        if self._events and timeout_s is not None and self._events[0][0] > self._clock + timeout_s:
            self._clock += timeout_s
            return None
        if not self._events:
            if timeout_s is not None:
                self._clock += timeout_s
                return None
            raise EOFError
        at, key = self._events.popleft()
        self._clock = max(self._clock, at)
        self.seen += 1
        if key == "ctrl-c":
            raise KeyboardInterrupt
        if key == "ctrl-d":
            raise EOFError
        return key

    def line(self) -> str:
        text = ""
        while (key := self.key()) != "\n":
            text = text[:-1] if key == "\x7f" else text + (key or "")
        return text

    def flush(self) -> None:
        while self._events and self._events[0][0] <= self._clock:
            self._events.popleft()
