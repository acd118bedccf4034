"""Asking before a session: the five daily questions, today's pain, and once a few things for the profile.

Each walk returns what was said. When it is broken off (Ctrl-C, the end of input, ``q``) what was said so far comes
back: a yes before the break must still lock, and what is missing is never a no.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any, Final

from msgspec.structs import replace

from backmove.core.daily import (
    DailyAnswers,
    DailyQuestion,
    DailyQuestions,
    ProfileQuestion,
    Said,
    contradicts,
    judge,
)
from backmove.term.ask import Asker, Control
from backmove.term.question import Choice, Question

YES_NO_UNSURE: Final = (
    Choice("n", "no", "n"),
    Choice("y", "yes", "y"),
    Choice("u", "not sure", "u", ("unsure",)),
)
NONE: Final = (Choice("none", "none of these", "n"),)
YES_NO: Final = (Choice("yes", "yes", "y"), Choice("no", "no, or I do not know", "n"))


def ask_check(asker: Asker, questions: DailyQuestions, *, with_check: bool, with_pain: bool) -> DailyAnswers:
    """The daily check, the day's pain, or both. Stops at the first sign of an emergency; asks again where pain and
    answers do not fit."""
    walk = _Walk(asker, questions, with_check=with_check, with_pain=with_pain)
    with suppress(EOFError, KeyboardInterrupt):
        walk.run()
    return walk.said


class _Walk:
    """The questions in order, with the way back. ``said`` is true at every moment."""

    def __init__(self, asker: Asker, questions: DailyQuestions, *, with_check: bool, with_pain: bool) -> None:
        self.said = DailyAnswers()
        self.stopped = False
        self._asker = asker
        self._questions = questions
        self._steps: list[Callable[[str], bool | None]] = []
        if with_check:
            self._steps += [self._step(q) for q in questions.check]
        if with_pain:
            self._steps.append(self._pain)

    def run(self) -> None:
        place = 0
        while place < len(self._steps) and not self.stopped:
            went_on = self._steps[place](f"{place + 1} of {len(self._steps)}")
            place = place + 1 if went_on else max(0, place - 1)
            if judge(self.said) == "emergency":
                return
        if not self.stopped and contradicts(self.said):
            self._again()

    def _step(self, question: DailyQuestion) -> Callable[[str], bool]:
        def ask(progress: str) -> bool:
            answer = self._three(question, progress)
            if answer is None:
                return False
            if question.id == "dc1" and answer == "u":
                answer = self._dc1_tests()
            signs = self._signs() if question.id == "dc3" and answer != "n" else ()
            self._set(question.id, answer)
            if question.id == "dc3":
                self.said = replace(self.said, dc3_signs=signs)
            return True

        return ask

    def _three(self, question: DailyQuestion, progress: str) -> Said | None:
        """y, n or u; None goes back."""
        picked = self._asker.one(
            Question(
                title=question.title,
                ask=question.ask,
                intro=question.help,
                why=question.why,
                progress=progress,
                choices=YES_NO_UNSURE,
                back=bool(progress),
            )
        )
        if isinstance(picked, Choice):
            answer: Said = "y" if picked.value == "y" else "u" if picked.value == "u" else "n"
            return answer
        self.stopped = picked is Control.QUIT
        return None

    def _dc1_tests(self) -> Said:
        """Plain tests for "not sure"; a yes, or still not sure, counts as yes. Leaving them counts as not sure."""
        for test in self._questions.dc1_tests:
            if self._three(test, "") != "n":
                return "u"
        return "n"

    def _signs(self) -> tuple[str, ...]:
        """Which signs of illness. Who stops here keeps the yes, and no sign is named."""
        items = tuple(Choice(sign.word, sign.label) for sign in self._questions.dc3_signs)
        picked = self._asker.many(
            Question(
                title="Feeling ill",
                ask="Which of these?",
                choices=items,
                alone=NONE,
                back=False,
            )
        )
        if isinstance(picked, Control):
            self.stopped = picked is Control.QUIT
            return () if self.stopped else self._signs()
        return tuple(choice.value for choice in picked if choice not in NONE)

    def _pain(self, progress: str) -> bool:
        wording = self._questions.pain
        question = Question(wording.title, wording.ask, why=wording.why, progress=progress, typed="0 to 10")
        score = self._asker.typed(question, read_score)
        if isinstance(score, Control):
            self.stopped = score is Control.QUIT
            return False
        self.said = replace(self.said, pain=score)
        return True

    def _again(self) -> None:
        """The same question with the number in sight. If the two still do not fit, the worse one counts."""
        wording = self._questions.again
        ask = f"{wording.ask} (You said {self.said.pain}.)"
        answer = self._three(DailyQuestion("dc5", wording.title, ask, wording.why, ()), "")
        self._set("dc5", "u" if answer == "u" else "y")

    def _set(self, question: str, answer: Said) -> None:
        self.said = replace(self.said, answers={**self.said.answers, question: answer})


def ask_profile(asker: Asker, questions: Sequence[ProfileQuestion]) -> dict[str, Any]:
    """The few things the first session needs, as profile keys. What is left out keeps its default."""
    answers: dict[str, Any] = {}
    place = 0
    while 0 <= place < len(questions):
        question = questions[place]
        try:
            value = _profile_answer(asker, question, f"{place + 1} of {len(questions)}")
        except (EOFError, KeyboardInterrupt):
            return answers
        if value is Control.QUIT:
            return answers
        if isinstance(value, Control):
            place = max(0, place - 1)
            continue
        answers[question.key] = value
        place += 1
    return answers


def _profile_answer(asker: Asker, question: ProfileQuestion, progress: str) -> Any:
    shown = Question(question.title, question.ask, why=question.why, progress=progress)
    if question.key == "walk_minutes":
        return asker.typed(replace(shown, typed="minutes"), read_minutes)
    choices = tuple(Choice(c.value, c.label, c.key, (c.word,)) for c in question.choices) or YES_NO
    if question.many:
        ticked = asker.many(replace(shown, choices=choices, alone=NONE))
        return ticked if isinstance(ticked, Control) else [c.value for c in ticked if c not in NONE]
    picked = asker.one(replace(shown, choices=choices))
    if isinstance(picked, Control):
        return picked
    return picked.value if question.choices else picked.value == "yes"


def ask_prediction(asker: Asker, name: str) -> int | None:
    """How bad a person thinks a feared exercise will be; None when they would rather not say."""
    question = Question(
        title="Before you start",
        ask=f"{name}: from 0 to 10, how bad do you think it will be?",
        why="We look at it again after the session. What was feared and what was found are often not the same.",
        typed="0 (not bad at all) to 10",
        choices=(Choice("skip", "skip this", "s"),),
        free=True,
        back=False,
        stop=False,
    )
    with suppress(EOFError, KeyboardInterrupt):
        said = asker.typed(question, _read_or_skip)
        return None if isinstance(said, Control) else said
    return None


def _read_or_skip(text: str) -> int | None:
    return None if text.lower() in ("s", "skip", "skip this") else read_score(text)


def read_score(text: str) -> int:
    """A whole number from 0 to 10. Raises ValueError with what to type."""
    return _whole(text, 10)


def read_minutes(text: str) -> int:
    """Whole minutes from 0 to 300. Raises ValueError with what to type."""
    return _whole(text, 300)


def _whole(text: str, top: int) -> int:
    if not (text.isascii() and text.isdecimal() and int(text) <= top):
        raise ValueError(f"Type a whole number from 0 to {top}, then Enter.")
    return int(text)
