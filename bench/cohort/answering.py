"""Honest answers to the safety questions, from the truth about a simulated person."""

import json
from datetime import date
from pathlib import Path
from typing import Any, Final

from backmove.core.daily import QUESTIONS, DailyAnswers
from cohort.body import Body
from cohort.models import Model

_CLEAN: Final[dict[str, Any]] = json.loads(
    Path(__file__).with_name("..").joinpath("triage_answers.json").resolve().read_text(encoding="utf-8")
)
_LIMITED: Final = 5
"""From so much pain on people say that they do less than normal."""
_STRONG, _MUCH_WORSE = 7, 4
"""Pain of 7 that is 4 above normal is what a person calls much worse than normal."""
_BEYOND: Final = 9


def triage_answers(
    model: Model, body: Body, day: int, *, age: int, onset_days: int, seen: bool, precautions: list[str]
) -> dict[str, Any]:
    """One run of the questions on ``day``. ``seen``: a clinician has looked at the back."""
    now, usual = body.pain(day), round(body.normal(day))
    before = body.normal(max(0, day - 28))
    trend = "worse" if usual - before >= 2 else "better" if before - usual >= 2 else "same"
    return _CLEAN | {
        "age": age,
        "onset_days": onset_days,
        "pain_now": now,
        "pain_usual": usual,
        "trend": trend,
        "function": "limited" if usual >= _LIMITED else "all",
        "assessed": "y" if seen else "n",
        "first_ever": "n",
        "precautions": precautions,
        **model.answers,
    }


def clearance(rules: tuple[str, ...], day: str, *, who: str) -> dict[str, Any]:
    """What is added to the answers after somebody has looked and said that exercise is fine."""
    yes = {"looked_at_sign": "y", "exercise_fine": "y", "nothing_worse": "y"}
    return {
        "cleared_rules": list(rules),
        "clearance": {"who": who, "date": date.fromisoformat(day).isoformat(), **yes},
    }


def daily(body: Body, day: int) -> DailyAnswers:
    """The five questions before a session and today's pain."""
    pain = body.pain(day)
    much = pain >= _BEYOND or (pain >= _STRONG and pain - body.normal(day) >= _MUCH_WORSE)
    answers = dict.fromkeys(QUESTIONS, "n") | {"dc5": "y" if much else "n"}
    return DailyAnswers(answers=answers, pain=pain)  # type: ignore[arg-type]
