"""Asking for the plan of a flare-up, line by line. Everything can be skipped; Enter alone is no answer."""

from collections.abc import Sequence
from typing import Any, Final

from backmove.core.flare_plan import PlanQuestion
from backmove.core.typed import text
from backmove.term.ask import Asker, Control
from backmove.term.question import Choice, Question

SKIP: Final = Choice("", "skip", "s")


def ask_flare_plan(asker: Asker, questions: Sequence[PlanQuestion]) -> dict[str, Any]:
    """What was said, as keys of the profile; what was skipped is not in it. Ctrl-C and the end of input raise."""
    answers: dict[str, Any] = {}
    for number, question in enumerate(questions, 1):
        said = _answer(asker, question, question.ask, f"{number} of {len(questions)}")
        if said and question.again:
            second = _answer(asker, question, question.again, "")
            answers[question.key] = [said, second] if second else [said]
        elif said:
            answers[question.key] = said
    return answers


def _answer(asker: Asker, question: PlanQuestion, ask: str, progress: str) -> str:
    """The answer; empty when it was skipped."""
    choices = tuple(Choice(c.value, c.label, c.key, (c.word,)) for c in question.choices)
    shown = Question(
        title=question.title,
        ask=ask,
        why=question.why,
        progress=progress,
        typed="" if choices else "a few words",
        choices=(*choices, SKIP),
        free=not choices,
        back=False,
        stop=False,
    )
    if choices:
        picked = asker.one(shown)
        return "" if isinstance(picked, Control) else picked.value
    said = asker.typed(shown, _own_line)
    return "" if isinstance(said, Control) else said


def _own_line(typed: str) -> str:
    """A line in own words; empty for the word or the key that skips."""
    line = " ".join(text(typed).split())
    return "" if line.lower() in (SKIP.key, SKIP.label) else line
