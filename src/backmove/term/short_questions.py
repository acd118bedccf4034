"""The few short questions of the daily commands. None has a default; Enter alone asks again."""

from collections.abc import Sequence
from typing import Final

from backmove.core.typed import whole_number
from backmove.term.question import Choice, Question

PAIN: Final = Question(
    title="Pain",
    ask="How much does your back hurt right now?",
    typed="a number from 0 (none) to 10 (the worst)",
    back=False,
    stop=False,
)
STATUS: Final = Question(
    title="Today's session",
    ask="Done, partly, or stopped?",
    choices=(
        Choice("done", "done", "d"),
        Choice("partly", "partly", "p"),
        Choice("stopped", "stopped", "s", ("stop",)),
    ),
    back=False,
    stop=False,
)
REASON: Final = Question(
    title="Stopped",
    ask="Why did you stop?",
    choices=(
        Choice("pain", "pain in the back", "p", ("pain",)),
        Choice("leg", "pain going down a leg, or a weak or numb leg", "l", ("leg",)),
        Choice("dizzy", "dizzy", "d"),
        Choice("unwell", "not well", "u", ("unwell",)),
        Choice("time", "no time", "t", ("time",)),
        Choice("other", "another reason", "o", ("other",)),
    ),
    back=False,
    stop=False,
)
FELT: Final = Question(
    title="How it felt",
    ask="Easy, about right, or too much?",
    choices=(
        Choice("easy", "easy", "e"),
        Choice("right", "about right", "r", ("right",)),
        Choice("too much", "too much", "t"),
    ),
    back=False,
    stop=False,
)


LEG: Final = Question(
    title="Your leg",
    ask="And the pain in your leg, during or after?",
    choices=(
        Choice("none", "no pain in a leg", "n"),
        Choice("usual", "as before", "u", ("usual",)),
        Choice("closer", "closer to the back than before", "c", ("closer",)),
        Choice("further", "further down the leg than before", "f", ("further",)),
        Choice("new", "a leg is newly weak or numb", "w", ("new", "weak", "numb")),
    ),
    back=False,
    stop=False,
)
FOUND: Final = Question(
    title="What you found",
    ask="How bad was it, from 0 to 10?",
    typed="a number from 0 (not bad at all) to 10",
    choices=(Choice("skip", "skip this", "s"),),
    free=True,
    back=False,
    stop=False,
)


def which(rows: Sequence[tuple[str, str]]) -> Question:
    """Which exercise sent the pain down the leg. ``rows``: id and name."""
    return Question(
        title="Which one",
        ask="Which exercise sent it down the leg?",
        choices=(*(Choice(row, name) for row, name in rows), Choice("", "I cannot say", "", ("no idea",))),
        back=False,
        stop=False,
    )


def read_found(word: str) -> int | None:
    """A whole number from 0 to 10, or None for "skip". Raises UsageProblem."""
    return None if word.lower() in ("s", "skip", "skip this") else whole_number("found", word, 0, 10)


def read_score(word: str) -> int:
    """A whole number from 0 to 10. Raises UsageProblem."""
    return whole_number("pain", word, 0, 10)
