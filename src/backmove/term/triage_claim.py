"""Asking about a clinician's check (``backmove triage --clearance``), before the questions themselves."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, Final, TypeVar

from backmove.core.diary import Diary
from backmove.core.exercise import Precaution
from backmove.core.interview import read_ago
from backmove.core.locks import standing_locks
from backmove.core.questionnaire import CLINICIANS, Claim, Clinician, Questionnaire
from backmove.core.verdict import sign_of
from backmove.errors import BackmoveError
from backmove.term.ask import Asker, Control
from backmove.term.question import Choice, Question
from backmove.term.triage_prompts import NO_YES_UNSURE, NONE

T = TypeVar("T")

TITLE: Final = "A clinician's check"
WHO: Final = (
    Choice("doctor", "a doctor", "d", ("doctor",)),
    Choice("nurse", "a nurse", "n", ("nurse",)),
    Choice("physio", "a physio", "p", ("physio",)),
    Choice("hospital", "a hospital or emergency department", "h", ("hospital",)),
    Choice("other", "someone else", "o", ("other",)),
)
CANCER_RULES: Final = frozenset({"C2", "U6", "U6n", "E11"})
"""Where it matters whether the bones were said to be free."""


class Stopped(Exception):
    """The person chose to stop."""


def answered(said: T | Control) -> T:
    """The answer. Raises Stopped for a wish to stop or to go back where there is no way back."""
    if isinstance(said, Control):
        raise Stopped
    return said


def ask_claim(
    asker: Asker, q: Questionnaire, diary: Diary, precautions: Sequence[Precaution], day: date
) -> Claim:
    """Who looked at what, when, and what they said.

    Raises BackmoveError when nothing waits for a clearance, or when what was said is none.
    """
    waiting = to_clear(q, diary, precautions)
    if not waiting:
        raise BackmoveError(
            "nothing waits for a clearance.",
            hint="Answer the questions:  backmove triage",
            code="not-cleared",
        )
    said = _steps(asker, q, waiting, day)
    rules = tuple(choice.value for choice in said["which"] if choice != NONE)
    for fine, why in (
        (bool(rules), "they have to look at the sign itself"),
        (said["fine"].value == "y", "they have to say that exercise is fine"),
        (said["worse"].value == "n", "what is new or worse has to be looked at again"),
    ):
        if not fine:
            raise BackmoveError(
                f"that is not a clearance yet: {why}. Nothing was changed.",
                hint="If anything is new or worse:  backmove triage",
                code="not-cleared",
            )
    named = next(word for word in CLINICIANS if word == said["who"].value)
    who: Clinician = named
    bones = said.get("bones")
    return Claim(
        who=who,
        day=day - timedelta(days=said["ago"]),
        rules=tuple(rule for joined in rules for rule in joined.split("+")),
        looked_at_sign=True,
        exercise_fine=True,
        nothing_worse=True,
        no_spread_to_bone=bones is not None and bones.value == "y",
    )


def to_clear(
    q: Questionnaire, diary: Diary, precautions: Sequence[Precaution]
) -> tuple[tuple[str, str], ...]:
    """What a clearance could be about, as rules joined by ``+`` and the words of the sign."""
    signs: dict[str, list[str]] = {}
    for lock in standing_locks(q, diary.triages):
        signs.setdefault(sign_of(q, lock), []).append(lock.rule)
    for entry in precautions:
        if entry.clear_first and entry.tag in diary.profile.precautions and entry.tag in q.clearable_tags:
            signs.setdefault(entry.label.lower(), []).append(entry.tag)
    return tuple(("+".join(rules), words) for words, rules in signs.items())


def _steps(asker: Asker, q: Questionnaire, waiting: Sequence[tuple[str, str]], day: date) -> dict[str, Any]:
    """The questions in order, with the way back."""
    said: dict[str, Any] = {}
    names = ["who", "ago", "which", "fine", "worse"]
    if any(rule in CANCER_RULES for joined, _ in waiting for rule in joined.split("+")):
        names.append("bones")
    place = 0
    while place < len(names):
        name = names[place]
        answer = _ask(asker, name, waiting, day, f"{place + 1} of {len(names)}", back=place > 0)
        if answer is Control.BACK:
            place -= 1
            continue
        said[name] = answered(answer)
        place += 1
    return said


def _ask(
    asker: Asker, name: str, waiting: Sequence[tuple[str, str]], day: date, progress: str, *, back: bool
) -> Any:
    def screen(ask: str, choices: tuple[Choice, ...] = (), **more: Any) -> Question:
        return Question(title=TITLE, ask=ask, choices=choices, progress=progress, back=back, **more)

    asked: dict[str, Callable[[], Any]] = {
        "who": lambda: asker.one(screen("Who looked at you?", WHO)),
        "ago": lambda: asker.typed(
            screen("On which day?", typed="something such as 3 days, or a date", free=True),
            lambda text: _read_past(text, day),
        ),
        "which": lambda: asker.many(
            screen(
                "Which of these did they look at?",
                tuple(Choice(rules, words) for rules, words in waiting),
                alone=(NONE,),
            )
        ),
        "fine": lambda: asker.one(screen("Did they say that exercise is fine for you now?", NO_YES_UNSURE)),
        "worse": lambda: asker.one(
            screen("Is anything about it new or worse since that day?", NO_YES_UNSURE)
        ),
        "bones": lambda: asker.one(screen("Did they say that it has not reached the bones?", NO_YES_UNSURE)),
    }
    return asked[name]()


def _read_past(text: str, day: date) -> int:
    try:
        ago = read_ago(text.strip().lower(), day)
    except ValueError:
        raise ValueError("Type something such as today, 3 days, or 2026-03-01.") from None
    if not 0 <= ago <= 400:
        raise ValueError("That day is ahead of today, or more than a year ago.")
    return ago
