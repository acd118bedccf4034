"""Asking in a terminal so that no question ever answers itself.

The rules (those of single keys are kept by ``term/presses.py``):
- there is no default: Enter alone asks again, and the end of input is ``EOFError``, never an answer;
- what was typed before a question stood on the screen is forgotten; keys are ignored for ``GRACE_S`` after;
- one key answers, and the rest of its word is swallowed: ``n``, ``n`` Enter, ``no`` Enter answer one question
  and not two. When the letters turn out to be the word of *another* answer ("not sure" begins like "no"), the
  former question is asked again (``Control.BACK``, with a note);
- a letter that is no answer begins a word that is none: letters do not count until the person pauses;
- a key that is held down answers once;
- ``?`` says why we ask, ``b`` goes back, ``q`` stops once that is confirmed.

In plain mode, and where single keys cannot be read, every question is numbered and answered with a line.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from enum import Enum, auto
from typing import Final, Protocol, TypeVar

from rich.console import Console

from backmove.errors import UsageProblem
from backmove.term.keys import ESCAPE, REDRAW, WindowGone
from backmove.term.presses import GRACE_S, Presses
from backmove.term.question import (
    TYPED_MAX,
    Choice,
    Question,
    Ticks,
    how_to_answer,
    how_to_press,
    painted,
    spoken,
    wrapped,
)

T = TypeVar("T")

EMPTY: Final = "Enter alone is not an answer."
ALSO_NONE: Final = "You named something and also said: {label}. Only one of the two can be."
WORD_TYPED: Final = "That looked like a typed word, so the question stands again. One key is enough."


class Keys(Protocol):
    """Where answers come from. ``key`` gives None after ``timeout_s`` seconds without one.

    ``now`` is in seconds. ``key`` and ``line`` raise EOFError at the end of input. ``single`` is False where
    only lines can be read.
    """

    @property
    def single(self) -> bool: ...
    def now(self) -> float: ...
    def key(self, timeout_s: float | None = None) -> str | None: ...
    def line(self) -> str: ...
    def flush(self) -> None: ...


class Control(Enum):
    """What a person may say instead of an answer."""

    BACK = auto()
    QUIT = auto()


class Asker:
    """Asks on one console. ``console`` is called for every painting, so that a new width counts at once."""

    def __init__(self, keys: Keys, console: Callable[[], Console], *, plain: bool) -> None:
        self.by_line = plain or not keys.single
        self._keys = keys
        self._console = console
        self._presses = Presses(keys)
        self._painted = False

    def ask(self, question: Question, read: Callable[[str], T], *, note: str = "") -> T | Control:
        """Ask until ``read`` takes what was typed. It raises ValueError or UsageProblem with what is wrong.

        A key is read as itself, a list as its keys (``1 3``).
        """
        while True:
            if self._presses.misread:
                self._presses.misread, note = False, note or WORD_TYPED
            said = self._lines(question, read, note) if self.by_line else self._keyed(question, read, note)
            if said is not Control.QUIT or self._sure_to_stop():
                return said
            note = ""

    def one(self, question: Question, *, note: str = "") -> Choice | Control:
        """One of ``question.choices``."""

        def read(typed: str) -> Choice:
            text = " ".join(typed.lower().split())
            for key, choice in question.keyed:
                full = question.in_full and text == choice.words[0].lower()
                if full or (not question.in_full and (text == key or text in choice.spellings)):
                    return choice
            raise ValueError(self._how(question))

        return self.ask(question, read, note=note)

    def many(self, question: Question, *, note: str = "") -> tuple[Choice, ...] | Control:
        """At least one of ``question.choices``, or one of ``question.alone`` and nothing beside it."""

        def read(text: str) -> tuple[Choice, ...]:
            tokens = (
                [text] if any(text in c.spellings for c in question.alone) else re.split(r"[\s,;]+", text)
            )
            found = {c for t in tokens for key, c in question.keyed if t == key or t in c.spellings}
            if any(all(t != key and t not in c.spellings for key, c in question.keyed) for t in tokens):
                raise ValueError(self._how(question))
            if len(found) > 1 and found & set(question.alone):
                raise ValueError(ALSO_NONE.format(label=next(c.label for c in question.alone if c in found)))
            return tuple(c for _, c in question.keyed if c in found)

        return self.ask(question, read, note=note)

    def typed(self, question: Question, read: Callable[[str], T], *, note: str = "") -> T | Control:
        """A typed value."""
        return self.ask(question, read, note=note)

    def clear(self) -> bool:
        """An empty screen; False when there is none any more.

        What stood there before the first question is scrolled away and not lost. By line there is nothing to clear.
        """
        with suppress(WindowGone):
            self._write("" if self.by_line else self._fresh())
            return True
        return False

    def _fresh(self) -> str:
        first, self._painted = not self._painted, True
        return ("\n" * (self._console().height - 1) if first else "") + "\x1b[H\x1b[J"

    def say(self, line: str) -> None:
        """One line between two questions; only where nothing is repainted."""
        if self.by_line:
            self._write("\n".join(wrapped(line, self._console().width)) + "\n")

    # --- answered by keys --------------------------------------------------------------------------------

    def _keyed(self, question: Question, read: Callable[[str], T], note: str) -> T | Control:
        ticks: list[str] = []
        text = ""
        self._paint(question, note, ticks, text)
        self._presses.begin()
        while True:
            pressed = self._presses.next(typing=bool(text), words=question.in_full)
            if pressed is None:
                if question.back:
                    return Control.BACK
                self._presses.misread = False
                continue
            key = pressed if text else pressed.lower()
            note = ""
            choice = None if text else _of_key(question, key)
            control = None if text or choice else self._control(question, key)
            if isinstance(control, Control):
                self._presses.answered(key, _CONTROLS[control], (_CONTROLS[control],))
                return control
            if control is not None:
                note = control
            elif choice is not None and choice not in question.alone and question.kind == "list":
                ticks.remove(key) if key in ticks else ticks.append(key)
                self._presses.ticked(key)
            elif choice is not None and ticks:
                note = ALSO_NONE.format(label=choice.label)
            elif choice is not None or (key == "\n" and (ticks or text)):
                try:
                    reply = read(key if choice else text or " ".join(ticks))
                except (ValueError, UsageProblem) as wrong:
                    note, text = str(wrong), ""
                else:
                    self._presses.answered(key, choice, question.alone or question.choices)
                    return reply
            elif _edits(question, key, text):
                text = text[:-1] if key == "\x7f" else (text + pressed)[:TYPED_MAX]
            elif key == ESCAPE:
                text = ""
            elif key == "\n":
                note = f"{EMPTY} {how_to_press(question)}"
            elif key != REDRAW:
                note = how_to_press(question)
                self._presses.no_answer()
            self._paint(question, note, ticks, text)

    # --- answered by lines -------------------------------------------------------------------------------

    def _lines(self, question: Question, read: Callable[[str], T], note: str) -> T | Control:
        self._write("\n" + (note + "\n" if note else "") + spoken(question, self._console().width) + "\n")
        while True:
            self._keys.flush()
            self._write("> ")
            asked_at = self._keys.now()
            text = self._keys.line()
            while self._keys.now() - asked_at < GRACE_S:
                text = self._keys.line()
            word = " ".join(text.split())
            control = self._control(question, word) if word else EMPTY
            if isinstance(control, Control):
                return control
            if control is not None:
                self._write(f"{control}\n" + "\n".join(wrapped(question.ask, self._console().width)) + "\n")
                self._write("\n".join(wrapped(how_to_answer(question), self._console().width)) + "\n")
                continue
            try:
                return read(_as_key(question, word))
            except (ValueError, UsageProblem) as wrong:
                numbered = question.kind == "choice" and not question.typed
                reason = how_to_answer(question) if numbered else str(wrong)
                self._write("\n".join(wrapped(reason, self._console().width)) + "\n")

    # --- both --------------------------------------------------------------------------------------------

    def _control(self, question: Question, text: str) -> Control | str | None:
        """Back, quit, the reason why we ask, or None when it is none of them."""
        word = text.lower()
        if word in ("?", "why") and question.why:
            return question.why
        if question.kind == "words" and any(c.words[0].startswith(word) for c in question.choices):
            return None
        if word in ("b", "back") and question.back:
            return Control.BACK
        if word in ("q", "quit") and question.stop:
            return Control.QUIT
        return None

    def _sure_to_stop(self) -> bool:
        question = Question(
            title="Stop here?",
            intro="A result needs all the answers. Those you gave so far open nothing.",
            ask="Stop the questions now?",
            choices=(Choice("stop", "stop here", "s"), Choice("go", "go on with the questions", "g")),
            back=False,
            stop=False,
        )
        said = self.one(question)
        return isinstance(said, Choice) and said.value == "stop"

    def _how(self, question: Question) -> str:
        return how_to_answer(question) if self.by_line else how_to_press(question)

    def _paint(self, question: Question, note: str, ticks: Ticks, text: str) -> None:
        console = self._console()
        if not self._painted:
            self._write(self._fresh())
        with console.capture() as captured:
            console.print(
                painted(question, console.width, note=note, ticks=ticks, text=text), end="", soft_wrap=True
            )
        page = captured.get().replace("\n", "\x1b[K\n")
        self._write(f"\x1b[H{page}\x1b[K\x1b[J")

    def _write(self, text: str) -> None:
        file = self._console().file
        try:
            file.write(text)
            file.flush()
        except OSError:
            raise WindowGone from None


_CONTROLS: Final = {Control.BACK: Choice("back", "back", "b"), Control.QUIT: Choice("quit", "quit", "q")}
"""The words of the controls are swallowed like those of answers."""


def _of_key(question: Question, key: str) -> Choice | None:
    """The answer that one key gives. Digits belong to the typing line where there is one."""
    if question.kind == "words" or (question.line_of and key.isdecimal()):
        return None
    return next((choice for name, choice in question.keyed if name == key), None)


def _edits(question: Question, key: str, text: str) -> bool:
    """Whether a key belongs to the typing line."""
    if not question.line_of or len(key) != 1 or key == "\n":
        return False
    if key == "\x7f":
        return bool(text)
    return bool(text) or question.kind in ("typed", "words") or key in "0123456789.-"


def _as_key(question: Question, word: str) -> str:
    """In plain mode the answers of a choice are numbered: a number or a word is read as the key of its answer."""
    if question.kind != "choice":
        return word
    for number, (key, choice) in enumerate(question.keyed, start=1):
        if word == str(number) or word.lower() in choice.spellings:
            return key
    return word
