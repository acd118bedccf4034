"""After the guide: how it was, in two keys, more if the person wants to; and what to do about a stop sign."""

from collections.abc import Mapping
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace

from backmove.core.guide_signs import NONE
from backmove.core.plan import PlannedItem
from backmove.core.reporting import TAPS, Status
from backmove.core.typed import whole_number
from backmove.term.answer_view import lines
from backmove.term.ask import Asker
from backmove.term.clean import one_line
from backmove.term.question import Choice, Question
from backmove.term.session_view import item_dose
from backmove.term.short_questions import FELT, FOUND, LEG, REASON, STATUS, read_found, which

_MORE: Final = Choice("more", "say more first", "m")
PEAK: Final = Question(
    title="The most pain",
    ask="How much did it hurt at its worst, while you moved?",
    typed="a number from 0 (none) to 10 (the worst)",
    choices=(Choice("skip", "skip this", "s"),),
    free=True,
    back=False,
    stop=False,
)
SORE: Final = Question(
    title="Sore muscles",
    ask="Are your muscles sore from it?",
    choices=(Choice("yes", "yes", "y"), Choice("no", "no", "n"), Choice("skip", "skip this", "s")),
    back=False,
    stop=False,
)
SIGN: Final = Question(
    title="Stop here",
    intro="Sit or lie down. If you cannot, or if it gets worse, call for help at once.",
    ask="What is it?",
    choices=(
        Choice("chest", "chest pain or a tight chest, a faint, or far too out of breath", "c"),
        Choice("control", "numb between the legs, or no control over pee or poo", "p"),
        Choice("leg", "a leg is newly weak or numb", "l"),
        Choice("head", "a sudden, very bad headache", "h"),
        Choice("calf", "a calf hurts or swells", "s"),
        Choice("ill", "I feel ill in another way", "i"),
        Choice("dizzy", "dizzy or unsteady, and nothing else", "d"),
        Choice(NONE, "none of these", "n"),
    ),
    back=False,
    stop=False,
)
_SIGN_WORDS: Final = {
    "leg": "Do no more today. A leg that is newly weak or numb has to be looked at first.",
    "head": "Get emergency help now: {number}. A sudden, very bad headache needs help at once.",
    "calf": "Get medical advice today. If you get short of breath or your chest hurts, call {number} at once.",
    "ill": "Do no more today. If you feel very ill, or it gets worse, get medical advice today.",
}


class After(Struct, frozen=True):
    """What was said. ``fields`` are those of the report, by name."""

    status: Status
    fields: Mapping[str, Any] = field(default_factory=dict)


def ask_after(asker: Asker, names: Mapping[str, str], *, leg: bool, feared: bool) -> After:
    """How it was. ``names``: the exercises by id; ``leg``: ask about it; ``feared``: there was a feared row.

    The end of input leaves with EOFError: nothing is reported then.
    """
    status: Any = _one(asker, STATUS)
    said: dict[str, Any] = {}
    if status == "stopped":
        said["reason"] = _one(asker, REASON)
    felt = _one(asker, replace(FELT, choices=(*FELT.choices, _MORE)))
    if felt == _MORE.value:
        peak = asker.typed(PEAK, _read_peak)
        sore = _one(asker, SORE)
        said |= {"peak": peak} if isinstance(peak, int) else {}
        said |= {"soreness": True} if sore == "yes" else {}
    if leg or felt == _MORE.value or said.get("reason") == "leg":
        said["leg"] = _one(asker, LEG)
        if said["leg"] == "further":
            said["hurt"] = _one(asker, which(list(names.items())))
    if feared:
        found = asker.typed(FOUND, read_found)
        said |= {"found": found} if isinstance(found, int) else {}
    if felt == _MORE.value:
        felt = _one(asker, FELT)
    return After(status, said | {"effort": TAPS[felt]})


def sign_words(sign: str, number: str, *, width: int, plain: bool) -> list[str]:
    """What to do about a stop sign that is not an emergency of the daily check."""
    words = _SIGN_WORDS.get(sign, "")
    return lines([words.format(number=number)], width=width, plain=plain)


def next_words(item: PlannedItem, why: str, *, width: int, plain: bool) -> list[str]:
    """What will be different next time, and why."""
    row = f"{one_line(item.exercise.name)}, {item_dose(item)}"
    return lines([f"Next time, if this settles by tomorrow: {row} ({why})."], width=width, plain=plain)


def _one(asker: Asker, question: Question) -> str:
    said = asker.one(question)
    assert isinstance(said, Choice), "a question without back and stop has no other answer"
    return said.value


def _read_peak(word: str) -> int | None:
    return None if word.lower() in ("s", "skip", "skip this") else whole_number("most pain", word, 0, 10)
