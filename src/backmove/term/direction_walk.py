"""The self-test on a terminal: ten bends, then ten arches, and two questions after each.

No answer is chosen for anybody. A first half that sends pain further down the leg is the last. Whoever breaks off keeps
what was said: a leg that got worse must still count.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from backmove.core.further import Way
from backmove.core.self_test import Half, Trial
from backmove.term.ask import Asker
from backmove.term.question import Choice, Question

_TITLES: Final = {Way.FLEXION: "Bending forward", Way.EXTENSION: "Arching back"}
_TEN: Final = (
    "Ten times, at your own pace, only as far as it is easy. Stop at once if pain goes further down your leg."
)
_LEG: Final = (
    Choice("none", "no pain in a leg", "n"),
    Choice("usual", "as before", "u", ("usual",)),
    Choice("closer", "closer to the back than before", "c", ("closer",)),
    Choice("further", "further down the leg than before", "f", ("further",)),
    Choice("new", "a leg is newly weak or numb", "w", ("weak", "numb", "new")),
)
_WORD: Final = (
    Choice("better", "better", "1"),
    Choice("same", "the same", "2", ("same",)),
    Choice("worse", "worse", "3"),
)
_WHY_LEG: Final = (
    "Pain that moves closer to the back is a good sign, even if the back hurts a bit more. "
    "Pain that moves further down says: not this way for now."
)
_WHY_WORD: Final = "What eases can be done more often. What makes it worse is left out on sore days."


def ask_halves(asker: Asker, trials: Sequence[Trial]) -> list[Half]:
    """What each half did, as far as it was said; the second is not asked for when the first went down the leg."""
    halves: list[Half] = []
    with suppress(EOFError, KeyboardInterrupt):
        for number, trial in enumerate(trials, start=1):
            half = _half(asker, trial, f"{number} of {len(trials)}", halves)
            if half is None or half.sent_down:
                break
    return halves


def _half(asker: Asker, trial: Trial, progress: str, halves: list[Half]) -> Half | None:
    """One half, put into ``halves`` once it says something; None when it was left."""
    forms = "\nOr: ".join(trial.forms)
    leg = asker.one(
        Question(
            title=_TITLES[trial.way],
            intro=f"{forms}\n{_TEN}",
            ask="When you have done it: where is the pain in your leg now?",
            why=_WHY_LEG,
            progress=progress,
            choices=_LEG,
            back=False,
        )
    )
    if not isinstance(leg, Choice):
        return None
    if leg.value in ("further", "new"):
        halves.append(Half(trial.way, "worse", leg.value))
        return halves[-1]
    word = asker.one(
        Question(
            title=_TITLES[trial.way],
            ask="And the pain as a whole, compared with before?",
            why=_WHY_WORD,
            progress=progress,
            choices=_WORD,
            back=False,
        )
    )
    if not isinstance(word, Choice):
        return None
    halves.append(Half(trial.way, word.value, leg.value))
    return halves[-1]
