"""Every check of ``holds.py`` is shown a life that it must object to: a real one, spoiled in one place."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import msgspec
import pytest
from holds import ANY, PLAIN, found_in
from msgspec.structs import replace

from backmove.core.plan import Block, Plan, PlannedItem, Refused
from backmove.core.reason import Reason
from backmove.core.record import Pain
from backmove.core.zone import Zone
from life import CATALOG, HOUSEHOLD, Life, Visit
from story import Story, key_of

Spoil = Callable[[Life], None]


@cache
def sound() -> Life:
    """Ten easy weeks with a walk, one session that was too much, and one bad day; nothing in it is wrong."""
    life = Life()
    yes = dict.fromkeys(("stand_no_hands", "one_leg_5s", "floor_and_up", "counter_plank_10s"), True)
    life.set(place="floor", equipment=HOUSEHOLD, minutes=30, usual_pain=2, walk_minutes=15, **yes)
    life.triage(onset_days=1000)
    for number in range(34):
        life.wait(2)
        if not life.standing.open:
            life.triage(onset_days=1000)
        life.session(6 if number == 20 else 2)
        life.log(walk=10)
        life.done(**({"peak": 6, "hurt": [life.visits[-1].main[0]]} if number == 24 else {"effort": 3}))
    return life


def copied() -> Life:
    life = sound()
    return Life(life.now, list(life.records), list(life.visits))


def change(life: Life, number: int, to: Callable[[Plan], Plan | Refused]) -> None:
    """The plan of one visit is another one."""
    life.visits[number] = replace(life.visits[number], outcome=to(life.visits[number].plan))


def items(
    life: Life, number: int, to: Callable[[PlannedItem], PlannedItem], block: Block = Block.MAIN
) -> None:
    change(
        life,
        number,
        lambda plan: replace(plan, items=tuple(to(i) if i.block is block else i for i in plan.items)),
    )


def before(life: Life, number: int, to: Callable[[Visit], Visit]) -> None:
    life.visits[number] = to(life.visits[number])


def row_in(life: Life, number: int, row: str) -> None:
    """The first main row of a session is another exercise."""
    first = life.visits[number].plan.block(Block.MAIN)[0]
    items(life, number, lambda i: replace(i, exercise=CATALOG.exercises[row], rung=0) if i is first else i)


def refuse(plan: Plan) -> Refused:
    return Refused(plan.date, (Reason("pain-too-high", "Not today."),))


def let_in(life: Life) -> None:
    high = replace(life.visits[5].before, pains=(*life.visits[5].before.pains, a_pain(life.visits[5], 9)))
    before(life, 5, lambda visit: replace(visit, before=high))


def a_pain(visit: Visit, score: int) -> Pain:
    at = visit.at.isoformat(timespec="seconds")
    return Pain(v=1, id="spoiled00000", at=at, day=visit.day, score=score, before_session=True)


def barred(life: Life) -> None:
    before(
        life,
        3,
        lambda v: replace(v, standing=replace(v.standing, tags=frozenset({"no-supine", "cannot-kneel"}))),
    )
    row_in(life, 3, "bridge")


def two_feared(life: Life) -> None:
    items(life, 6, lambda item: replace(item, slot="exposure"))


def high_rung(life: Life, number: int, more: int) -> None:
    rows = {
        key_of(item): item.rung
        for visit in life.visits[:number]
        if isinstance(visit.outcome, Plan)
        for item in visit.plan.block(Block.MAIN)
    }
    items(life, number, lambda i: replace(i, rung=max(rows.get(key_of(i), 0), i.rung) + more))


def two_steps(life: Life) -> None:
    first, second = (item.exercise.id for item in life.visits[8].plan.block(Block.MAIN)[:2])
    new = {first: "bridge-march", second: "chair-squat"}
    items(
        life,
        8,
        lambda i: (
            replace(i, exercise=CATALOG.exercises[new[i.exercise.id]], rung=0) if i.exercise.id in new else i
        ),
    )


def falls_far(life: Life) -> None:
    row_in(life, 9, "bridge-march")
    row_in(life, 10, "glute-squeeze")


def hard_twice(life: Life) -> None:
    for _ in range(2):
        life.wait(1)
        life.session(2)
        life.done()
        row_in(life, len(life.visits) - 1, "bridge-march")


def long_walk(life: Life) -> None:
    change(
        life, 15, lambda p: replace(p, outings=tuple(replace(o, minutes=o.minutes + 12) for o in p.outings))
    )


def all_new(life: Life) -> None:
    rows = iter(("heel-raise", "wall-angel", "brace-walk", "seated-knee-press", "overhead-press-seated"))
    items(life, 18, lambda i: replace(i, exercise=CATALOG.exercises[next(rows)], slot="leg", rung=0))


def same_ends(life: Life) -> None:
    ends = [i for i in life.visits[10].plan.items if i.block is not Block.MAIN]
    warm = tuple(i for i in ends if i.block is Block.WARMUP)
    rest = tuple(i for i in ends if i.block is Block.SETTLE)
    change(life, 11, lambda p: replace(p, items=(*warm, *p.block(Block.MAIN), *rest)))


def disliked(life: Life) -> None:
    row = life.visits[4].main[0]
    before(
        life,
        4,
        lambda v: replace(v, before=replace(v.before, profile=replace(v.before.profile, dislikes=(row,)))),
    )


def untold(life: Life) -> None:
    for number in range(3, 20):
        change(life, number, lambda plan: replace(plan, changes=()))


def amber_rise(life: Life) -> None:
    high_rung(life, 7, 1)
    change(life, 7, lambda plan: replace(plan, zone=Zone.AMBER))


def said_twice(life: Life) -> None:
    life.records.append(msgspec.structs.replace(a_pain(life.visits[2], 2), id="spoiled00001"))
    life.records.append(msgspec.structs.replace(a_pain(life.visits[2], 1), id="spoiled00002"))


@dataclass(frozen=True)
class Fault:
    rule: str
    spoil: Spoil


FAULTS = {
    "a session is refused for nothing": Fault("I2", lambda life: change(life, 5, refuse)),
    "a session at pain 9": Fault("I2", let_in),
    "a row that a precaution bars": Fault("I3", barred),
    "level two on a red day": Fault("I6", lambda life: change(life, 9, lambda p: replace(p, zone=Zone.RED))),
    "level four in the first week": Fault("I7", lambda life: row_in(life, 2, "bridge-single")),
    "more time than there is": Fault(
        "I12", lambda life: change(life, 3, lambda p: replace(p, estimated_s=9999))
    ),
    "many rows to learn": Fault(
        "I18", lambda life: change(life, 1, lambda p: replace(p, items=(*p.items, *p.items, *p.items)))
    ),
    "two feared moves": Fault("I24", two_feared),
    "two rungs at once": Fault("I25", lambda life: high_rung(life, 7, 2)),
    "two steps at once": Fault("I26", two_steps),
    "a rise on an amber day": Fault("I27", amber_rise),
    "a rise after too much": Fault("I27", lambda life: high_rung(life, 25, 1)),
    "no less after too much": Fault("I28", lambda life: high_rung(life, 25, 0)),
    "a dose of nothing": Fault(
        "I28",
        lambda life: items(
            life, 4, lambda i: replace(i, dose=msgspec.structs.replace(i.dose, counts=(), minutes=None))
        ),
    ),
    "two levels down": Fault("I29", falls_far),
    "a dose beyond its ladder": Fault(
        "I30",
        lambda life: items(
            life,
            4,
            lambda i: replace(i, fill=False, dose=msgspec.structs.replace(i.dose, counts=(99,), minutes=99)),
        ),
    ),
    "a hard row again at once": Fault("I33", hard_twice),
    "a walk that leaps": Fault("I34", long_walk),
    "a walk that makes up": Fault("I36", long_walk),
    "a new block": Fault("I38", all_new),
    "the same ends": Fault("I39", same_ends),
    "a disliked row": Fault("I40", disliked),
    "a card again": Fault(
        "I42", lambda life: change(life, 6, lambda p: replace(p, card=life.visits[5].plan.card))
    ),
    "a banned word": Fault("I43", lambda life: items(life, 3, lambda i: replace(i, why="it slipped"))),
    "a row without a reason": Fault("I44", lambda life: items(life, 3, lambda i: replace(i, rule=""))),
    "changes untold": Fault("I45", untold),
    "pain asked twice": Fault("I46", said_twice),
}


def test_the_sound_life_breaks_nothing() -> None:
    assert list(found_in(Story(sound(), "sound"), plain=True)) == []


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_seen(fault: str) -> None:
    life = copied()
    FAULTS[fault].spoil(life)
    assert FAULTS[fault].rule in {rule for rule, _ in found_in(Story(life, fault), plain=True)}


def test_every_check_is_shown_a_fault() -> None:
    shown = {fault.rule for fault in FAULTS.values()}
    assert {rule for rule, checks in {**ANY, **PLAIN}.items() if checks} <= shown
