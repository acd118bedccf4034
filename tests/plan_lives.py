"""Scenes of longer times: ways of moving, fears, cards, walking, and lives and people at random."""

from collections.abc import Iterator
from random import Random
from typing import Any, Final

from backmove.core.choices import Fear, Goal
from backmove.core.days import days_after
from backmove.core.parameters import Parameters
from backmove.core.plan import Plan, Refused
from backmove.core.profile import Place
from backmove.core.record import Checkin, Direction, Pain, Walk
from backmove.core.reporting import Report
from backmove.core.todays_session import session_now
from backmove.core.walking_weeks import walking_plan
from lived import CATALOG, SCENES, Lived, Moment, Tells, scene, someone, told
from session_strategies import SEED, TODAY, person
from walking_strategies import Walker

# --- ways of moving, fears, cards ------------------------------------------------------------------------------


@scene("ways of moving", "direction", "barred", "zone")
def _ways(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    for onset in ("2020-01-01", "2025-12-20"):
        for leg in (None, "further"):
            life = someone(parameters, onset=onset, pain=2).went_well((0, 2, 4))
            bending = "worse" if leg else "better"
            life.note(Direction, 5, bending=bending, arching="better" if leg else "same", bending_leg=leg)
            life.note(Pain, 7, score=1)
            for day in (6, 9, 10, 11, 12, 13, 18, 19, 20):
                for pain in (2, 4, 6):
                    yield (
                        f"{onset}, {bending}, day {day}, pain {pain}",
                        told(life.asks(day, pain=pain, minutes=30)),
                    )


@scene("relief by the way that eases", "relief_rows", "direction", "barred")
def _relief(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    for easing in ("bending", "arching", "neither"):
        for place in Place:
            life = someone(parameters, pain=2).went_well((0, 2))
            words = dict.fromkeys(("bending", "arching"), "same") | {easing: "better"}
            life.note(Direction, 3, bending=words["bending"], arching=words["arching"])
            life.note(Pain, 5, score=1)
            for dislikes in ([], ["knee-to-chest-single", "prone-elbows", "taichi-seated"]):
                life.told(5, dislikes=dislikes)
                yield f"{easing}, {place}, without {len(dislikes)}", told(life.asks(6, pain=6, place=place))


@scene("feared moves", "ladders", "fear", "progress", "gap", "level")
def _fears(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    for fear in Fear:
        life = someone(parameters, pain=1)
        life.told(0, feared=str(fear), confidence=6, equipment=["wall", "chair", "band", "weight", "towel"])
        predictions = (8, 7, 5, 5, 3, 3, 9, 6, 6, 4, 3, 3, 3, 3)
        for day, prediction in zip(range(0, 28, 2), predictions, strict=True):
            tale = Report(effort=4, prediction=prediction, found=2)
            yield f"{fear}, day {day}, fears {prediction}", told(life.has(day, lambda _, tale=tale: tale))  # type: ignore[misc]
        yield from ((f"{fear}, {when}", moment) for when, moment in life.looks((29, 30, 31)))


@scene("a card a day", "cards", "card", "learn", "checkin")
def _cards(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    def card(life: Lived, day: int, **request: Any) -> Moment:
        return {"card": told(life.has(day, lambda _: Report(effort=4), **request)).get("card", "")}

    life = someone(parameters)
    for day in range(0, 62, 2):
        yield f"day {day}", card(life, day)
    told_of: tuple[dict[str, Any], ...] = (
        {"job": "sitting"},
        {"goals": ["run"]},
        *({"likes": [taste]} for taste in ("yoga", "pilates", "tai-chi", "water", "mind-body")),
        {"confidence": 4},
        {"confidence": 5},
        {"equipment": ["wall"]},
    )
    for profile in told_of:
        life = someone(parameters).went_well((0, 2))
        life.told(3, **profile)
        yield f"{profile}, day 4", card(life, 4)
        yield f"{profile}, day 8", card(life, 8)
    for score in (6, 7):
        life = someone(parameters).went_well((0, 2))
        life.note(Checkin, 3, mood=score, confidence=score - 2)
        yield f"mood {score}", card(life, 4)
    for limb in (2, 3):
        life = someone(parameters).went_well((0, 2))
        life.note(Walk, 3, 18, minutes=10, limb=limb)
        yield f"leg {limb}", card(life, 4)
    life = someone(parameters)
    life.has(0, lambda _: Report(effort=4, soreness=True))
    yield "sore", card(life, 2)
    for day, asked in (
        (4, {"pain": 5}),
        (6, {"pain": 6}),
        (8, {"sleep": 2}),
        (9, {"sleep": 2}),
        (23, {"pain": 6}),
    ):
        yield f"{asked}, day {day}", card(life, day, **asked)


# --- walking ---------------------------------------------------------------------------------------------------


@scene("weeks of walking", "walk", "gap", "flare")
def _walking(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    for seed in range(40):
        rng, walker = Random(f"walks {seed}"), Walker()
        if rng.random() < 0.5:
            walker.comfortable(rng.choice((4, 8, 15, 21, 29, 43, 60)))
        walker.triage(0)
        for day in range(rng.choice((0, 0, 2, 5))):
            walker.walk(rng.choice((8, 12, 20, 33)), day)
        asked = 10
        for week in range(1, 9):
            kind = rng.choice(("keen", "keen", "keen", "some", "few", "nothing", "trouble"))
            share = {"keen": 1.0, "some": 0.7, "few": 0.4}.get(kind, 0.9)
            if kind != "nothing":
                for day in range(7 * week, 7 * week + 7):
                    if (day - 7 * week) % 2 == 0:
                        sore = kind == "trouble" and rng.random() < 0.3
                        walker.session(day, peak=7 if sore else 3)
                    if rng.random() < share:
                        limb = rng.choice((2, 3)) if rng.random() < 0.05 else None
                        walker.walk(max(1, asked + rng.choice((-2, -1, 0, 0, 1))), day, limb=limb)
                    if rng.random() < 0.015:
                        walker.flare(day, on=rng.random() < 0.6)
            last = 7 * week + 7
            plan = walking_plan(walker.diary_on(last), days_after("2026-01-05", last), parameters)
            if plan is not None:
                asked = plan.minutes
                yield (
                    f"{seed}, week {week}",
                    {
                        "walk": f"{plan.minutes} min x{plan.days}",
                        "turn": f"{plan.turn} {plan.brake}",
                        "goal": str(plan.goal_met_weeks),
                        "next": str(plan.next),
                    },
                )


@scene("walks on days of all kinds", "walk", "gap", "flare", "progress")
def _walks(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    for minutes, name in ((30, "half an hour"), (22, "less")):
        life = someone(parameters, pain=1)
        life.told(0, walk_minutes=60, goals=["run"])
        life.went_well((0, 2, 4), pain=1)
        for day in range(28):
            if day % 7 < 5:
                life.note(Walk, day, 18, minutes=minutes)
            if day in (7, 9, 11, 14, 16, 18, 21, 23, 25):
                life.has(day, lambda _: Report(effort=4), pain=1)
            if day in (14, 15, 21, 22, 27):
                yield f"{name}, day {day}", told(life.asks(day + 1, pain=1))
        for pain in (1, 3, 5, 6):
            yield f"{name}, pain {pain}", told(life.asks(28, pain=pain))
        life.note(Pain, 28, score=1, limb=3)
        yield f"{name}, a sore leg", told(life.asks(29, pain=1))
        life.flare(29)
        yield f"{name}, a flare-up", told(life.asks(29, pain=3))


# --- lives and days at random ----------------------------------------------------------------------------------

KINDS: Final = ("steady", "strong", "sore", "away", "flaring", "older", "short")


def _life(kind: str, seed: int) -> Tells:
    def tells(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
        rng = Random(f"{kind} {seed}")
        usual = rng.choice((1, 2, 3))
        life = someone(
            parameters, pain=usual, age=rng.choice((66, 75)) if kind == "older" else rng.choice((30, 50))
        )
        life.told(0, minutes=rng.choice((5, 5, 10)) if kind == "short" else rng.choice((15, 20, 30)))
        life.told(0, goals=list(map(str, rng.sample(list(Goal), 2))), days_per_week=rng.choice((3, 4, 5)))
        day = 0
        for _ in range(26 if kind == "strong" else 15):
            yield f"day {day}", told(_a_day(life, day, kind, usual, rng))
            away = kind == "away" and rng.random() < 0.35
            day += rng.choice((3, 4, 5, 7, 8, 9, 14, 15, 16)) if away else rng.choice((1, 2, 2, 2, 3))

    return tells


def _a_day(life: Lived, day: int, kind: str, usual: int, rng: Random) -> Plan | Refused:
    worse = kind in ("sore", "flaring") and rng.random() < 0.25
    pain = min(7, max(0, usual + rng.choice((0, 0, 0, 1, -1)) + (rng.choice((2, 3, 4)) if worse else 0)))
    if rng.random() < 0.4:
        life.note(
            Walk, day, 7, minutes=rng.choice((5, 8, 10, 12, 15)), limb=3 if rng.random() < 0.1 else None
        )
    if kind == "flaring" and rng.random() < 0.12:
        life.flare(day, on=rng.random() < 0.7)
    if rng.random() < 0.03:
        life.torn(day)
    hurts = rng.choice((0, 0, 1)) if kind == "sore" and rng.random() < 0.45 else None
    effort = rng.choice({"steady": (3, 4, 5, 6), "strong": (3, 3, 4, 5)}.get(kind, (3, 4, 5, 6, 7, None)))
    peak = rng.choice((None, 3, 5, 6)) if kind == "sore" else None
    sore = kind == "sore" and rng.random() < 0.2

    def tale(main: list[str]) -> Report:
        if hurts is None:
            return Report(effort=effort, peak=peak, soreness=sore)
        return Report(effort=effort, peak=6, hurt=(main[hurts % len(main)],))

    asked: dict[str, Any] = {"pain": pain, "sleep": rng.choice((None, None, None, 3, 4, 7))}
    if rng.random() < 0.1:
        asked["variant"] = 1
    if rng.random() < 0.05:
        asked["place"] = rng.choice(list(Place))
    outcome = life.has(day, tale, **asked)
    if rng.random() < 0.5:
        life.morning(day + 1, min(10, pain + rng.choice((0, 0, 0, 1, 2, 3) if kind == "sore" else (0, 0, 1))))
    return outcome


def _crowd(first: int) -> Tells:
    def tells(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
        for number in range(first, first + 50):
            who = person(Random(number), CATALOG)
            plan = session_now(CATALOG, parameters, who.diary, who.standing, who.request, TODAY, SEED)
            yield f"person {number}", told(plan)

    return tells


for _kind in KINDS:
    for _seed in range(3):
        SCENES[f"{_kind} life {_seed}"] = (
            ("progress", "spacing", "level", "gap", "flare"),
            _life(_kind, _seed),
        )
for _first in range(0, 300, 50):
    SCENES[f"people from {_first} on"] = ("blocks", "effort", "barred", "week"), _crowd(_first)
