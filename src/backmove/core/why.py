"""Why a row is there, in one plain line each, with the rule that put it there."""

from collections.abc import Mapping
from typing import Final

from backmove.core.choices import Category, Goal
from backmove.core.exercise import Exercise
from backmove.core.feared import WHY
from backmove.core.plan import BY_PLAN
from backmove.core.slots import MainSlot, Pick, Wish
from backmove.core.zone import Zone

GOAL_WORDS: Final[Mapping[Goal, str]] = {
    Goal.BEND: "bending with ease",
    Goal.LIFT: "lifting things",
    Goal.TWIST: "turning and twisting",
    Goal.SIT: "sitting with ease",
    Goal.STAND: "standing longer",
    Goal.WALK: "walking further",
    Goal.GETUP: "getting up with ease",
    Goal.CARRY: "carrying things",
    Goal.REACH: "reaching up and out",
    Goal.RUN: "running",
    Goal.BALANCE: "steady balance",
    Goal.SLEEP: "better sleep",
    Goal.STRESS: "less stress",
    Goal.FIT: "feeling fit",
    Goal.STRENGTH: "getting stronger",
    Goal.STIFF: "less stiffness",
    Goal.DESK: "long days at a desk",
    Goal.CONFIDENCE: "trust in your back",
    Goal.PREVENT: "keeping the next bout away",
}

PLAN_WORDS: Final = "from your physio's plan"

_BY_SLOT: Final[Mapping[MainSlot, tuple[str, str]]] = {
    MainSlot.TRUNK: ("B11", "trains the muscles round your middle"),
    MainSlot.GOAL: ("F3", "the next step of an exercise for your goal"),
    MainSlot.LEG: ("B11", "strong legs and hips help with most of what you do"),
    MainSlot.BALANCE: ("B11", "keeps your balance in shape"),
    MainSlot.AEROBIC: ("B6", "gets your heart and lungs going"),
    MainSlot.UPPER: ("B11", "trains your arms and upper back"),
    MainSlot.MOVE: ("B11", "easy movement for a sore day"),
    MainSlot.ACTIVATE: ("B11", "light work that keeps you going"),
    MainSlot.ANY: ("B10", "rounds off today's session"),
    MainSlot.LONG: ("B10", "rounds off today's session"),
    MainSlot.SECOND_NEED: ("H3", "rounds off your week"),
}


def why_main(pick: Pick, wish: Wish) -> tuple[str, str]:
    """The rule and the words for a main row. A goal of the person is named first."""
    if pick.slot is MainSlot.PLAN:
        return BY_PLAN, PLAN_WORDS
    if pick.slot is MainSlot.EXPOSURE:
        return "O4", WHY
    if pick.slot is MainSlot.BALANCE and not wish.older:
        return "H3", "your week has had no balance yet"
    served = [goal for goal in pick.exercise.goals if goal in wish.goals]
    if served and wish.zone is not Zone.RED:
        return "O3" if pick.slot is MainSlot.GOAL else "B11", f"toward your goal: {GOAL_WORDS[served[0]]}"
    if pick.need is not None:
        return "H3", f"your week still has room for {pick.need.words}"
    return _BY_SLOT[pick.slot]


def why_warmup(exercise: Exercise) -> str:
    """The words for a warm-up row."""
    if exercise.category is Category.AEROBIC:
        return "gets you warm"
    return "settles your breath first" if exercise.category is Category.RELAXATION else "gets you moving"


def why_settle(exercise: Exercise) -> str:
    """The words for a row that ends the session."""
    if exercise.category in (Category.RELAXATION, Category.RECOVERY):
        return "lets your body and mind come to rest"
    return "eases what has worked"
