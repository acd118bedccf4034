"""Scenes of single days: days away, pain, time, age, flare-ups, spells, recovery."""

from collections.abc import Iterator
from random import Random
from typing import Any

from backmove.core.parameters import Parameters
from backmove.core.profile import Place
from backmove.core.record import Checkin, Pain, Walk
from backmove.core.reporting import Report
from backmove.core.todays_session import session_now
from lived import CATALOG, Moment, scene, someone, told
from session_strategies import SEED, TODAY, person

# --- days away, pain, time, age --------------------------------------------------------------------------------


@scene("days away", "gap", "walk", "card", "spacing")
def _days_away(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    life = someone(parameters).went_well(range(0, 24, 2))
    for day in range(1, 23, 2):
        life.note(Walk, day, 18, minutes=14)
    yield from life.looks((*range(23, 33), 37, 38, 39, 50, 51, 52, 53))


@scene("pain on each day, by what is usual", "zone", "usual", "level", "effort", "minutes", "barred")
def _pain(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    for onset in ("2020-01-01", "2025-11-10", "2026-01-01"):
        for usual in (0, 3, 5, 6):
            life = someone(parameters, pain=usual, onset=onset)
            life.went_well((0,) if usual % 5 else (0, 1))
            for pain in range(9):
                yield f"onset {onset}, usual {usual}, pain {pain}", told(life.asks(2, pain=pain, minutes=45))


@scene("minutes", "minutes", "blocks", "seconds", "learn")
def _minutes(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    for sessions, age in ((0, 45), (7, 45), (14, 70)):
        life = someone(parameters, age=age).went_well(range(0, 2 * sessions, 2))
        for minutes in (*range(5, 61, 1 if sessions == 7 else 5),):
            if not 30 < minutes < 44:
                yield f"{sessions} sessions, {minutes} min", told(life.asks(40, pain=2, minutes=minutes))


@scene("high rungs and little time", "blocks", "minutes", "seconds", "progress")
def _little_time(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    life = someone(parameters, pain=1)
    life.told(0, goals=["lift"])
    life.went_well(range(0, 60, 2), 3, minutes=60)
    for minutes in (*range(5, 31), 44, 45, 60):
        yield f"{minutes} min", told(life.asks(61, minutes=minutes))


@scene("three quarters of an hour", "blocks")
def _long_sessions(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    for number in (117, 496, 1041, 1406, 1885):
        who = person(Random(number), CATALOG)
        for minutes in (43, 44, 45, 46):
            asked = who.asking(minutes=minutes, pain=1, gentle=False, flare=False, relief=False).request
            plan = session_now(CATALOG, parameters, who.diary, who.standing, asked, TODAY, SEED)
            yield f"person {number}, {minutes} min", told(plan)


@scene("session after session, every day", "learn", "week", "progress", "spacing", "card", "flare")
def _every_day(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    life = someone(parameters, pain=2)
    life.told(0, days_per_week=5, goals=["lift", "sit"])
    for day in range(20):
        yield f"day {day}", told(life.has(day, lambda _: Report(effort=4)))


@scene("ages and falls", "week", "stretch")
def _ages(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    for age in (63, 64, 65, 66):
        life = someone(parameters, age=age).went_well((0, 2), minutes=30)
        yield from ((f"{age} years, {when}", m) for when, m in life.looks((4, 7, 8), minutes=30))
    life = someone(parameters, tags=("fall-risk",)).went_well((0, 2, 4, 7, 9))
    yield from life.looks((11, 14))


@scene("nights and hours", "sleep", "morning", "barred")
def _nights(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    life = someone(parameters).went_well(range(0, 16, 2), 3)
    for sleep in range(1, 6):
        yield f"sleep {sleep}", told(life.asks(16, sleep=sleep))
    life.note(Pain, 15, score=3, sleep=3)
    yield "sleep 3 for two nights", told(life.asks(16, sleep=3))
    life.told(15, morning_rule=True, gets_up="07:00", goals=["bend"])
    for clock in (7 * 60, 9 * 60 - 2, 9 * 60 - 1, 9 * 60, 9 * 60 + 1):
        yield f"{clock // 60}:{clock % 60:02d}", told(life.asks(16, minute_of_day=clock, minutes=45))


@scene("careful, gentle, acute and young", "level", "effort", "barred", "zone", "relief")
def _careful(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    for variant in range(4):
        for place in Place:
            asked: dict[str, Any] = {"place": place, "variant": variant, "minutes": 30}
            careful = someone(parameters, careful=True).went_well((0, 2))
            yield f"careful {place} {variant}", told(careful.asks(4, **asked))
            yield f"gentle {place} {variant}", told(someone(parameters, gentle=True).asks(0, **asked))
            yield f"red {place} {variant}", told(someone(parameters).asks(0, **{**asked, "pain": 6}))
            yield (
                f"acute {place} {variant}",
                told(someone(parameters, onset="2026-01-01").asks(0, **{**asked, "pain": 2})),
            )
    life = someone(parameters, onset="2026-01-01")
    for number in range(5):
        yield f"round {number} of the day", told(life.has(0, lambda _: Report(effort=3)))


@scene("which questions were answered", "placement", "level", "walk")
def _placed(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    questions = ("stand_no_hands", "one_leg_5s", "floor_and_up", "counter_plank_10s")
    for answer in (*questions, "none", "all"):
        life = someone(parameters)
        life.told(0, **{question: answer in (question, "all") for question in questions})
        for minutes in (30, 60):
            for variant in range(4):
                yield (
                    f"{answer}, {minutes} min, {variant}",
                    told(life.asks(0, minutes=minutes, variant=variant)),
                )
    for walk in (0, 3, 4, 5, 10, 13, 14, 15, 16, 28, 29, 30, 42, 43, 44, 60):
        life = someone(parameters)
        life.told(0, walk_minutes=walk)
        yield f"walks {walk} min", told(life.asks(0))


# --- flare-ups, spells, recovery -------------------------------------------------------------------------------


@scene("a flare-up by word", "flare", "card", "notice", "walk", "relief", "relief_rows")
def _flare_by_word(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    for ease in ("bending", "arching"):
        life = someone(parameters, tags=("leg-pain-worse-bending",) if ease == "arching" else ())
        life.went_well(range(0, 16, 2)).flare(16)
        for day, pain in enumerate((5, 5, 5, 5, 4, 4, 4), 16):
            yield f"{ease}, day {day}", told(life.has(day, lambda _: Report(effort=3), pain=pain))
        for day in range(17, 24):
            life.note(Walk, day, 18, minutes=8)
        for pain in range(3, 7):
            yield f"{ease}, pain {pain}", told(life.asks(23, pain=pain))
        yield from ((f"{ease}, still on, {when}", m) for when, m in life.looks((28, 29, 30, 31), pain=5))
        for day, pain in (
            (23, 4),
            (24, 4),
            (25, 3),
            (26, 3),
            (28, 3),
            (30, 3),
            (31, 3),
            (32, 3),
            (33, 3),
            (34, 3),
        ):
            yield f"{ease}, back, day {day}", told(life.has(day, lambda _: Report(effort=3), pain=pain))


@scene("a flare-up by number", "flare", "zone", "checkin", "usual")
def _flare_by_number(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    for activity in (6, 7, None):
        life = someone(parameters, pain=2).went_well(range(0, 14, 2))
        if activity is not None:
            life.note(Checkin, 12, 20, activity=activity)
        for pain in range(3, 7):
            for day in (14, 19, 20):
                yield f"{activity} in the way, pain {pain}, day {day}", told(life.asks(day, pain=pain))
    life = someone(parameters, pain=2).went_well(range(0, 14, 2))
    for day, pain in enumerate((6, 6, 6, 4, 4, 3, 3, 2, 2, 2), 14):
        yield f"red days, day {day}", told(life.has(day, lambda _: Report(effort=3), pain=pain))


@scene("a spell from its first day", "stage", "notice", "level", "effort", "direction")
def _spell(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    life = someone(parameters, onset="2026-01-03", pain=4)
    for day in (0, 3, 6, 9, 11, 12, 13):
        yield f"day {day}", told(life.has(day, lambda _: Report(effort=3), pain=2 if day == 9 else 4))
    for day in (38, 39, 40, 41, 81, 82, 83, 84):
        for pain in (1, 2, 3):
            yield f"day {day}, pain {pain}", told(life.asks(day, pain=pain, minutes=60))
    for day in (40, 44, 48, 52):
        life.has(day, lambda _: Report(effort=4), pain=2)
    yield from life.looks((54, 56, 60), pain=2)


@scene("after recovery", "stage", "maintenance", "maintenance_weeks", "minutes", "checkin", "card")
def _recovered(parameters: Parameters) -> Iterator[tuple[str, Moment]]:
    life = someone(parameters, pain=1).went_well(range(0, 8, 2), pain=1)
    life.told(0, days_per_week=3)
    del life.records[0]
    life.told(0, place="floor", equipment=["wall", "chair"])
    for day in range(12, 220, 7):
        life.note(Checkin, day, pain=1, activities={"garden": 4})
    life.records.sort(key=lambda record: record.day)
    life.records = [
        *(r for r in life.records if not isinstance(r, Checkin)),
        *(r for r in life.records if isinstance(r, Checkin)),
    ]
    weeks = (*range(26, 31), 35, 36, 40, 41, 42, 48, 49, 50, 55, 56, 62, 63, 64, 69, 70, 71)
    yield from life.looks(
        (*weeks, 96, 97, 98, 99, 125, 126, 127, 139, 140, 141, 167, 168, 169, 209, 210, 211), pain=1
    )
    for pain in (0, 1, 2, 4):
        yield f"pain {pain}", told(life.asks(60, pain=pain, minutes=30))
