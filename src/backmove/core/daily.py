"""The daily safety check (triage.md b.2, rulings 2.1): five questions before every session, and what follows.

``y``, ``n`` and ``u`` are yes, no and not sure. A question without an answer is never a no.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from msgspec import Meta, Struct, field

from backmove.core.diary import Diary
from backmove.core.record import Check
from backmove.core.typed import unknown_words
from backmove.errors import UsageProblem

Said = Literal["y", "n", "u"]
CheckOutcome = Literal["open", "gentle", "emergency", "full-triage", "too-much-pain", "incomplete"]
QUESTIONS: Final = ("dc1", "dc2", "dc3", "dc4", "dc5")
CHEST: Final = "chest-or-faint"
CONTRADICTION_PAIN: Final = 8
"""So much pain and "not worse than normal" do not fit: asked once more (rulings 2.4)."""


class DailyQuestion(Struct, frozen=True):
    """One question with yes, no and not sure."""

    id: str
    title: str
    ask: str
    why: str
    sources: tuple[str, ...]
    help: str = ""


class Sign(Struct, frozen=True):
    """One item of a list of signs."""

    word: str
    label: str


class Wording(Struct, frozen=True):
    """A question that is no safety question: its title, its sentence, and why we ask."""

    title: str
    ask: str
    why: str


class ProfileChoice(Struct, frozen=True):
    """One answer to a profile question."""

    key: str
    word: str
    label: str
    value: str


class ProfileQuestion(Struct, frozen=True):
    """Asked once before the first session. ``key`` is the profile's; without ``choices`` it is yes/no or a number.

    ``many``: any number of the choices, or none of them.
    """

    key: str
    title: str
    ask: str
    why: str
    choices: tuple[ProfileChoice, ...] = ()
    many: bool = False


class DailyQuestions(Struct, frozen=True):
    """All of ``data/daily.yaml``."""

    schema_version: int
    check: Annotated[tuple[DailyQuestion, ...], Meta(min_length=5)]
    dc1_tests: tuple[DailyQuestion, ...]
    dc3_signs: tuple[Sign, ...]
    pain: Wording
    again: Wording
    first_session: tuple[ProfileQuestion, ...]


class DailyAnswers(Struct, frozen=True):
    """What was said. A question that is no key of ``answers`` was not answered; ``pain`` None was not said."""

    answers: Mapping[str, Said] = field(default_factory=dict)
    dc3_signs: tuple[str, ...] = ()
    pain: int | None = None


def judge(said: DailyAnswers) -> CheckOutcome:
    """What the answers mean. A yes counts even when other answers are missing; missing is never a no. A sign that is
    named counts, also when dc3 says that there is none: the worse of two answers that do not fit."""
    answers = said.answers
    if answers.get("dc1") in ("y", "u") or CHEST in said.dc3_signs:
        return "emergency"
    if said.dc3_signs or any(answers.get(q) in ("y", "u") for q in ("dc2", "dc3", "dc4")):
        return "full-triage"
    if answers.get("dc5") == "y":
        return "too-much-pain"
    if any(q not in answers for q in QUESTIONS):
        return "incomplete"
    return "gentle" if answers["dc5"] == "u" else "open"


def emergency_rule(said: DailyAnswers) -> str:
    """Which line of the check made it an emergency: DC1, or DC3 for chest pain and fainting."""
    return "DC1" if said.answers.get("dc1") in ("y", "u") else "DC3"


def contradicts(said: DailyAnswers) -> bool:
    """Pain of 8 or more and "not much worse than normal" (case G11): ask again."""
    return said.answers.get("dc5") == "n" and (said.pain or 0) >= CONTRADICTION_PAIN


def check_of(diary: Diary, today: str) -> Check | None:
    """Today's check, if it was answered to its end after the last full triage. It counts for the day."""
    checks = [r for r in diary.since_triage if isinstance(r, Check) and r.day == today]
    return next((c for c in reversed(checks) if c.outcome in ("open", "gentle")), None)


def check_needed(diary: Diary, today: str) -> bool:
    """A check counts for its day, and a full triage finished today stands for today's check (rulings 2.2)."""
    full = diary.full_triage
    return check_of(diary, today) is None and (full is None or full.day != today)


def pain_today(diary: Diary, today: str) -> int | None:
    """The day's pain: the highest of session, log and triage (rulings 3.1); None when none was said."""
    return diary.highest.get(today)


def read_answers(document: Any, signs: tuple[str, ...]) -> DailyAnswers:
    """The answer file of ``session --answers``. Raises UsageProblem with all that is wrong at once.

    ``signs``: the words that ``dc3_signs`` may hold.
    """
    if not isinstance(document, dict):
        raise UsageProblem('the answers must be one JSON object: {"daily_check": {...}, "pain": 3}.')
    check = document.get("daily_check", {})
    wrong = unknown_words(document, ("daily_check", "pain"))
    if not isinstance(check, dict):
        raise UsageProblem("daily_check: must be an object with dc1 to dc5.")
    wrong += unknown_words(check, (*QUESTIONS, "dc3_signs"))
    wrong += [f"{q}: must be y, n or u." for q in QUESTIONS if q in check and check[q] not in ("y", "n", "u")]
    listed = check.get("dc3_signs", [])
    if not isinstance(listed, list):
        wrong.append(f"dc3_signs: must be a list of: {', '.join(signs)}.")
        listed = []
    wrong += unknown_words(map(str, listed), signs)
    pain = document.get("pain")
    if pain is not None and (isinstance(pain, bool) or not isinstance(pain, int) or not 0 <= pain <= 10):
        wrong.append("pain: must be a whole number from 0 to 10.")
    if wrong:
        raise UsageProblem(" ".join(wrong))
    answers: dict[str, Said] = {q: check[q] for q in QUESTIONS if q in check}
    return DailyAnswers(answers=answers, dc3_signs=tuple(listed), pain=pain)
