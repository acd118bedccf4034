"""Before the guide: start it now? And, where a session was left in the middle: go on there?

The offer is the one place where Enter may start: nothing is unlocked by it, and nothing written down.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Final

from backmove.core.guide_state import HowFar
from backmove.term.ask import Keys
from backmove.term.clean import one_line, wrap
from backmove.term.guide_words import clock_words
from backmove.term.presses import GRACE_S
from backmove.term.question import Choice, Question

WISHES: Final = (
    ("start", "", "1", "start"),
    ("another", "a", "2", "another session"),
    ("easier", "e", "3", "an easier one"),
    ("later", "l", "4", "later"),
)
"""What can be wanted: its key, its number line by line, its words."""


def ask_start(keys: Keys, write: Callable[[str], None], *, plain: bool, width: int) -> str:
    """The wish. Keys that were typed before the question stood there are forgotten; the end of input is "later"."""
    by_line = plain or not keys.single
    names = [(number if by_line else key or "Enter", words) for _, key, number, words in WISHES]
    if by_line:
        words = (
            f"Start the guide? Enter alone starts it. Or type a number: {', '.join(map(' '.join, names))}."
        )
    else:
        words = f"Start the guide?  {' · '.join(map(' '.join, names))}"
    write("".join(f"{line}\n" for line in (["", *wrap(words, width)] if not plain else [words])))
    wish = "later"
    with suppress(EOFError):
        wish = _line(keys, write) if by_line else _key(keys)
    write("".join(f"{words}\n" for name, _, _, words in WISHES if name == wish))
    return wish


def _key(keys: Keys) -> str:
    keys.flush()
    shown = keys.now()
    while True:
        key = (keys.key() or "").lower()
        if keys.now() - shown < GRACE_S:
            continue
        for wish, letter, _, _ in WISHES:
            if key == (letter or "\n"):
                return wish


def _line(keys: Keys, write: Callable[[str], None]) -> str:
    keys.flush()
    while True:
        shown = keys.now()
        word = " ".join(keys.line().lower().split())
        if keys.now() - shown < GRACE_S:
            continue
        if not word:
            return "start"
        for wish, letter, number, words in WISHES:
            if word in (letter, number, words, wish):
                return wish
        write("Type 1, 2, 3 or 4, then Enter.\n")


def go_on_question(name: str, far: HowFar, rows: int) -> Question:
    """Whether to go on where the session was left. ``name``: of the exercise there."""
    clock = clock_words(far.seconds)
    at = f", {clock}{'' if ':' in clock else ' seconds'} in" if far.seconds >= 1 else ""
    return Question(
        title="In the middle of a session",
        intro=f"You were at {far.row + 1} of {rows}, {one_line(name)}{at}. What you did is kept.",
        ask="Go on there?",
        choices=(
            Choice("on", "go on there", "g", ("yes", "y")),
            Choice("finish", "finish here, and say how it was", "f"),
            Choice("later", "later today", "l"),
        ),
        back=False,
        stop=False,
    )
