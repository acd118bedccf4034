"""Asking for the weekly look back, one number at a time. There is no default; everything can be left out."""

from collections.abc import Sequence
from enum import Enum
from typing import Final

from msgspec.structs import replace

from backmove.core.checkin import ACTIVITIES_MAX, FLAGS, NAME_MAX, WEEKLY, CheckinQuestions, Said, Scale
from backmove.core.typed import text
from backmove.term.ask import Asker, Control
from backmove.term.clean import one_line
from backmove.term.daily_walk import read_score
from backmove.term.question import Choice, Question


class Leave(Enum):
    """What may be said instead of a number."""

    OUT = "s"
    """Leave this one out."""
    REST = "q"
    """Stop here and keep what was said."""


LEAVES: Final = (
    Choice("out", "skip this one", Leave.OUT.value, ("skip",)),
    Choice("rest", "end and save", Leave.REST.value, ("quit", "stop", "end")),
)
NOTHING: Final = Choice("out", "nothing to name", Leave.OUT.value)
NO_MORE: Final = Choice("out", "no more", Leave.OUT.value)


def ask_names(asker: Asker, questions: CheckinQuestions) -> tuple[str, ...]:
    """Up to three activities in the person's own words. ``asker`` must ask by line: any letter may begin a name."""
    naming = questions.naming
    names: list[str] = []

    def read(typed: str) -> str | Leave:
        if typed.lower() in (Leave.OUT.value, "skip", "none"):
            return Leave.OUT
        name = text(typed)
        if len(name) > NAME_MAX:
            raise ValueError(f"Say it in up to {NAME_MAX} letters, then Enter.")
        if name.casefold() in (known.casefold() for known in names):
            raise ValueError("You named that one already. Another one, or s for no more, then Enter.")
        return name

    while len(names) < ACTIVITIES_MAX:
        question = Question(
            title=naming.title,
            ask=naming.more if names else naming.ask,
            why=naming.why,
            typed="it in a few words",
            choices=(NO_MORE if names else NOTHING,),
            free=True,
            back=False,
            stop=False,
        )
        name = asker.typed(question, read)
        if not isinstance(name, str):
            break
        names.append(name)
    return tuple(names)


def ask_checkin(asker: Asker, questions: CheckinQuestions, activities: Sequence[str], *, flags: bool) -> Said:
    """The numbers: own activities, the week, and with ``flags`` the further questions. ``b`` goes back."""
    steps: list[tuple[str, Scale]] = [(name, questions.activity) for name in activities]
    steps += [(item, questions.scale(item)) for item in (*WEEKLY, *(FLAGS if flags else ()))]
    scores: dict[int, int] = {}
    place = 0
    while place < len(steps):
        name = steps[place][0] if place < len(activities) else ""
        said = _one(asker, steps[place][1], name, f"{place + 1} of {len(steps)}", back=place > 0)
        if said is Leave.REST:
            break
        if isinstance(said, Control):
            place = max(0, place - 1)
            continue
        scores.pop(place, None)
        if isinstance(said, int):
            scores[place] = said
        place += 1
    own = {activities[n]: score for n, score in sorted(scores.items()) if n < len(activities)}
    rest = {steps[n][0]: score for n, score in sorted(scores.items()) if n >= len(activities)}
    return Said(own, rest)


def _one(asker: Asker, scale: Scale, name: str, progress: str, *, back: bool) -> int | Leave | Control:
    question = Question(
        title=scale.title,
        ask=scale.ask,
        intro=one_line(name),
        why=scale.why,
        progress=progress,
        typed="a number from 0 to 10",
        choices=LEAVES,
        help=(f"0 is: {scale.low}. 10 is: {scale.high}.",),
        free=True,
        stop=False,
    )
    return asker.typed(replace(question, back=back), _read)


def _read(typed: str) -> int | Leave:
    word = typed.lower()
    for choice, leave in zip(LEAVES, Leave, strict=True):
        if word == leave.value or word in choice.words:
            return leave
    return read_score(typed)
