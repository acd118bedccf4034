"""Who the simulated people are: one model is a kind of person, drawn anew for every seed.

These are models, not people: every number here was made up to press on a rule, none was measured. Pain is 0-10, times
are days, chances are per day unless said otherwise.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from random import Random
from typing import Any, Final

from msgspec import Struct, field
from msgspec.structs import replace


class Habit(StrEnum):
    """Which days a person trains."""

    FULL = "full"
    """The day that the program names, every time; and every walk."""
    WEEKDAYS = "weekdays"
    """Fixed days of the week, whatever the program names; most walks."""
    PATCHY = "patchy"
    """Like full, but two of five days fall out, and half of the walks."""


class Telling(StrEnum):
    """What a person writes down beside the five questions and today's pain."""

    QUIET = "quiet"
    """The two taps (done, about right) and nothing else."""
    SILENT = "silent"
    """``backmove done`` without a word."""
    FULL = "full"
    """Effort by exercise, the most pain, the next morning, walks."""


KITS: Final = (
    (),
    ("chair", "wall"),
    ("chair", "wall", "table", "cushion", "towel"),
    ("chair", "wall", "table", "cushion", "towel", "band", "step", "weight"),
)


class Model(Struct, frozen=True):
    """A kind of person. Ranges are drawn from evenly; ``draw`` sets what else the profile holds.

    ``onset``: days since the spell began. ``base``: pain at the start; ``drift``: points a week; ``halves``: days in
    which the pain above ``rests_at`` halves (0: it does not). ``noise``: how far days differ. ``bout``: chance that a
    bad spell of ``bout_days`` begins, ``bout_size`` higher. ``irritable``: points that a session adds next morning;
    ``peak``: points that it adds while it lasts. ``breaks``: week and days of a holiday without anything. ``again``:
    more sessions on a day that offers them. ``short``, ``away``, ``another``: chances of a session of five or ten
    minutes, in a chair, or asked for anew. ``books``: goes to the clinician that a result asks for, within two weeks.
    """

    name: str
    words: str
    onset: tuple[int, int] = (100, 2000)
    age: tuple[int, int] = (22, 60)
    base: tuple[float, float] = (2.0, 4.0)
    drift: float = 0.0
    halves: int = 0
    rests_at: float = 0.5
    noise: float = 0.5
    bout: float = 0.0
    bout_size: tuple[float, float] = (2.0, 3.5)
    bout_days: tuple[int, int] = (3, 9)
    irritable: float = 0.0
    peak: float = 0.6
    habit: Habit = Habit.FULL
    telling: Telling = Telling.FULL
    says_flare: bool = True
    breaks: tuple[tuple[int, int], ...] = ()
    overloads: bool = False
    again: bool = False
    short: float = 0.0
    away: float = 0.0
    another: float = 0.0
    leg: str | None = None
    books: bool = True
    tags: tuple[str, ...] = ()
    answers: dict[str, Any] = field(default_factory=dict)
    profile: dict[str, Any] = field(default_factory=dict)
    draw: Callable[[Random], dict[str, Any]] | None = None


def _anybody(rng: Random) -> dict[str, Any]:
    """What differs between people of one model."""
    able = rng.random()
    return {
        "minutes": rng.choice((10, 15, 20, 20, 30)),
        "days_per_week": rng.choice((2, 3, 3, 3, 4, 5)),
        "place": rng.choice(("floor", "floor", "upright")),
        "equipment": list(rng.choice(KITS)),
        "goals": rng.sample(("sit", "lift", "bend", "walk", "sleep"), rng.randrange(3)),
        "stand_no_hands": able > 0.2,
        "one_leg_5s": able > 0.3,
        "floor_and_up": able > 0.25,
        "counter_plank_10s": able > 0.5,
        "walk_minutes": rng.choice((15, 20, 30, 45)),
    }


def _older(rng: Random) -> dict[str, Any]:
    return _anybody(rng) | {"counter_plank_10s": False, "walk_minutes": rng.choice((10, 15, 20))}


def _planned(**fixed: Any) -> Callable[[Random], dict[str, Any]]:
    return lambda rng: _anybody(rng) | fixed


_FITTING: Final = {"place": "floor", "equipment": list(KITS[2]), "minutes": 20, "days_per_week": 3}

PEOPLE: Final = (
    Model("steady", "steady pain, every session and walk, everything told", draw=_anybody),
    Model("quiet", "as steady, but two taps after a session and nothing else", telling=Telling.QUIET),
    Model("silent", "as steady, but only the word done", telling=Telling.SILENT),
    Model("never-seen", "as steady, but never lets a clinician look", books=False),
    Model("improving", "pain falls by a point in three weeks", base=(4.0, 5.0), drift=-0.33),
    Model("worsening", "pain rises by a point in four weeks", base=(2.0, 3.0), drift=0.25),
    Model("fluctuating", "good and bad days by turns", noise=1.4),
    Model("flare-prone", "a bad spell about every four weeks, and says so", bout=0.035),
    Model("flares-untold", "a bad spell about every four weeks, and never says so", bout=0.035, says_flare=False),
    Model("fearful", "fears to bend, low confidence", profile={"feared": "bending", "confidence": 3}),
    Model("irritable", "a session often costs a point the next morning", irritable=1.1, noise=0.7),
    Model("sore-leg", "pain in one leg, further down now and then", leg="further", answers={"one_leg": ["pain"]}),
    Model("overloader", "does far too much, every time, and says so", overloads=True),
    Model("misses-weeks", "holidays of 5, 10, 20 and 40 days", breaks=((3, 5), (6, 10), (10, 20), (16, 40))),
    Model("patchy", "misses two sessions of five and half the walks", habit=Habit.PATCHY, telling=Telling.QUIET),
    Model("weekdays", "fixed days of the week", habit=Habit.WEEKDAYS),
    Model("older", "65 to 85", age=(65, 85), draw=_older),
    Model("older-falls", "70 to 85 and has fallen", age=(70, 85), tags=("fall-risk",), draw=_older),
    Model("acute-new", "a new spell that eases in weeks", onset=(2, 10), base=(5.0, 6.4), halves=12),
    Model("acute-slow", "a new spell that hardly eases", onset=(2, 10), base=(4.0, 5.0), halves=60, rests_at=3.0),
    Model("acute-often", "as acute-new, and up to three sessions a day", onset=(2, 10), base=(5.0, 6.4), halves=12,
          again=True),
    Model("subacute", "seven weeks in", onset=(45, 60), base=(3.0, 4.5), halves=35, rests_at=1.0),
    Model("recovered", "hardly any pain, and stays well", base=(0.0, 0.6), noise=0.3),
    Model("comes-back", "well for weeks, then a new bad spell", base=(0.0, 0.4), noise=0.2, bout=0.01),
    Model("severe", "pain of 5 to 7, steady", base=(5.2, 6.4), noise=0.6),
    Model("chair", "sits in a wheelchair", profile={"place": "chair", "walk_minutes": 0, "stand_no_hands": False}),
    Model("bed", "exercises on a bed", profile={"place": "bed", "minutes": 10}),
    Model("desk", "five minutes in the office", profile={"place": "upright", "minutes": 5, "job": "sitting"}),
    Model("hour", "an hour, five days a week, full kit", profile={"minutes": 60, "days_per_week": 5} | {
        "place": "floor", "equipment": list(KITS[3])}),
    Model("short-days", "every second session is one of five or ten minutes", short=0.5),
    Model("traveller", "now and then only a chair", away=0.25),
    Model("restless", "asks for another session every third time", another=0.33),
    Model("runner", "recovered, walks an hour, wants to run", base=(0.0, 0.4), noise=0.3,
          profile={"walk_minutes": 60, "goals": ["run", "walk"]} | _FITTING),
    Model("the-plan", "the ordinary person of the trials: 20 minutes, floor, three days", draw=_planned(**_FITTING)),
)  # fmt: skip


def models(tags: Iterable[str]) -> tuple[Model, ...]:
    """Every model, and one for each precaution ``tags`` alone."""
    steady = PEOPLE[0]
    return (
        *(model if model.draw else replace(model, draw=_anybody) for model in PEOPLE),
        *(replace(steady, name=f"tag:{tag}", words=f"steady, with {tag}", tags=(tag,)) for tag in tags),
    )
