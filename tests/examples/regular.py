"""The person of the worked examples, with a history that was really lived.

"Age 45, triage clear 5 days ago, chronic, floor, household equipment, 20 minutes, level-2 steps, 10 sessions done, the
last one 2 days ago, ok; usual 3." The ten sessions were given by the program and reported with effort 7, so that they
count as fine and raise nothing.
"""

from collections.abc import Callable, Iterable
from typing import Any

from backmove.core.exercise import Slot
from backmove.core.plan import Plan, PlannedItem
from backmove.core.slots import is_leg_row
from life import CATALOG, HOUSEHOLD, Life, Visit
from story import height, key_of

TEN_DAYS_AGO = (26, 23, 21, 19, 16, 14, 12, 9, 5, 2)
TRUNK = ("motor-control", "core")
STEADY: dict[str, Any] = {"effort": 7}


def regular(
    *,
    sessions: int = 10,
    usual: int = 3,
    triaged: int = 5,
    onset: int = 1000,
    answers: dict[str, Any] | None = None,
    hour: int = 12,
    walks: int | None = None,
    prefix: str = "r",
    **profile: Any,
) -> Life:
    """The person today, before anything was said. ``triaged``: days since the last safety questions; ``walks``: minutes
    of a walk on every day of a session; ``prefix``: of the ids, and so the seed of the draws."""
    said = {"age": 45, "pain_usual": usual, "pain_now": min(usual, 7)} | (answers or {})
    life = Life(prefix=prefix)
    today = life.now
    first = max(TEN_DAYS_AGO[10 - sessions] if sessions else 0, triaged)
    life.wait(-first, hour=hour)
    yes = dict.fromkeys(("stand_no_hands", "one_leg_5s", "floor_and_up", "counter_plank_10s"), True)
    whole = {"place": "floor", "equipment": HOUSEHOLD, "minutes": 20, "usual_pain": usual} | yes | profile
    life.set(**{key: value for key, value in whole.items() if value is not ...})
    days = TEN_DAYS_AGO[10 - sessions :] if sessions else ()
    asked = {first, triaged}
    for back in range(first, -1, -1):
        life.now = today.replace(hour=hour)
        life.wait(-back)
        if back in asked:
            life.triage(**said, onset_days=max(onset - back, 0))
        if back in days:
            given = life.session(usual)
            if not isinstance(given.outcome, Plan):
                life.triage(**said, onset_days=max(onset - back, 0))
                given = life.session(usual)
            assert isinstance(given.outcome, Plan), given.outcome.reasons
            if walks is not None:
                life.log(walk=walks)
            life.done(**STEADY)
    return life


def only(*chains: str, among: Callable[[Any], bool], also: Iterable[str] = ()) -> list[str]:
    """Dislikes that leave of some main rows only those of these chains (and ``also``)."""
    return [
        row.id
        for row in CATALOG.exercises.values()
        if Slot.MAIN in row.slots
        and among(row)
        and not (row.chain and row.chain.id in chains)
        and row.id not in also
    ]


def leg_rows_only(*chains: str) -> list[str]:
    return only(*chains, among=is_leg_row)


def trunk_rows_only(*chains: str, also: Iterable[str] = ()) -> list[str]:
    return only(*chains, among=lambda row: row.category in TRUNK, also=also)


def again(life: Life, pain: int = 3, *, every: int = 2, **report: Any) -> Visit:
    """One more session some days on, done; the safety questions are answered again when they have run out."""
    life.wait(every)
    if not life.standing.open:
        life.triage(onset_days=1000, pain_usual=pain, pain_now=min(pain, 7))
    visit = life.session(pain)
    assert isinstance(visit.outcome, Plan), f"{visit.day}: {visit.outcome.reasons}"
    life.done(**report)
    return visit


def until(
    life: Life, there: Callable[[Visit], bool], *chains: str, pain: int = 3, most: int = 60, **report: Any
) -> Visit:
    """Sessions, each done, until one is as wanted; that one is given but not reported yet.

    They are easy; with ``chains`` only the rows of these are, and nothing else rises."""
    for _ in range(most):
        life.wait(2)
        if not life.standing.open:
            life.triage(onset_days=1000, pain_usual=pain, pain_now=min(pain, 7))
        visit = life.session(pain)
        if there(visit):
            return visit
        life.done(**(easy_in(visit, *chains) | report))
    raise AssertionError(f"not within {most} sessions; the last had {[*map(told, visit.plan.items)]}")


def easy_in(visit: Visit, *chains: str, effort: int = 3) -> dict[str, Any]:
    """A report: these chains with this effort and all else with 7; without chains the whole session."""
    rows = [item.exercise.id for item in visit.plan.items if key_of(item) in chains]
    return {"effort": 7 if chains else effort, "efforts": [f"{row}={effort}" for row in rows]}


def told(item: PlannedItem) -> str:
    return f"{item.exercise.id} {item.dose.counts or item.dose.minutes} rung {item.rung} {item.form}"


def gives(row: str, *counts: int) -> Callable[[Visit], bool]:
    """Whether a session has this row, at this dose when counts are named (fill not counted)."""

    def there(visit: Visit) -> bool:
        found = [i for i in visit.plan.items if i.exercise.id == row]
        return bool(found) and (not counts or (found[0].dose.counts == counts and not found[0].fill))

    return there


def heights(visit: Visit) -> dict[str, tuple[int, int]]:
    """Step and rung of each main row, by its chain (by itself where it has none)."""
    return {key_of(item): height(item) for item in visit.plan.items if item.block == "main"}
