"""Asking what got in the way: one key, no default, and free to skip."""

from contextlib import suppress

from backmove.core.barriers import BarrierQuestion
from backmove.core.record import Hurdle
from backmove.term.ask import Asker
from backmove.term.question import Choice, Question


def ask_barrier(asker: Asker, question: BarrierQuestion) -> Hurdle | None:
    """The word; None when it was skipped or left with Ctrl-C: the session is given all the same."""
    words = {choice.key: choice.word for choice in question.choices}
    choices = tuple(Choice(c.key, c.label, c.key, (c.word or "skip",)) for c in question.choices)
    shown = Question(question.title, question.ask, why=question.why, choices=choices, back=False, stop=False)
    with suppress(EOFError, KeyboardInterrupt):
        picked = asker.one(shown)
        if isinstance(picked, Choice):
            return words[picked.value]
    return None
