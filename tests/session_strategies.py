"""Random people, fast: a profile, a diary, precautions and a request, from any source of randomness.

``person`` takes a ``random.Random``; hypothesis' ``randoms()`` gives one whose choices shrink.
"""

from datetime import date, timedelta
from random import Random
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

import shipped
from backmove.core.candidates import bounds_of, sift
from backmove.core.choices import Category, Equipment, Goal, Tradition
from backmove.core.clearance import Standing
from backmove.core.diary import Diary
from backmove.core.dose import start_seconds
from backmove.core.exercise import Catalog, Exercise, Slot, Stage
from backmove.core.frame import Frame
from backmove.core.history import history_of
from backmove.core.needs import needs_of
from backmove.core.placement import own_steps
from backmove.core.plan import Request
from backmove.core.profile import AGE_BANDS, Job, Place, Profile
from backmove.core.progression import Course
from backmove.core.record import Done, Flare, GivenDose, GivenItem, Pain, Session, Triage
from backmove.core.slots import Wish
from backmove.core.zone import Mode, Zone

TODAY = "2026-03-04"
SEED = "seed00000001"
MINUTES = (5, 6, 7, 8, 9, 10, 12, 14, 15, 18, 19, 20, 22, 25, 30, 40, 45, 60)
KITS: tuple[tuple[Equipment, ...], ...] = (
    (),
    (Equipment.WALL,),
    (Equipment.CHAIR,),
    (Equipment.CHAIR, Equipment.WALL),
    (Equipment.WALL, Equipment.CHAIR, Equipment.TABLE, Equipment.CUSHION, Equipment.TOWEL),
    tuple(Equipment),
)


class Person(Struct, frozen=True):
    """Somebody on ``TODAY``; nothing in the records holds a session back."""

    profile: Profile
    diary: Diary
    standing: Standing
    request: Request

    def asking(self, **changes: Any) -> "Person":
        return replace(self, request=replace(self.request, **changes))

    def with_profile(self, **changes: Any) -> "Person":
        profile = replace(self.profile, **changes)
        return replace(self, profile=profile, diary=replace(self.diary, profile=profile))

    def carrying(self, *tags: str) -> "Person":
        return replace(self, standing=replace(self.standing, tags=self.standing.tags | set(tags)))

    @property
    def older(self) -> bool:
        aged = (self.standing.age or 0) >= 65 or self.profile.age_band in ("65-74", "75+")
        return aged or "fall-risk" in self.standing.tags


def person(rng: Random, catalog: Catalog) -> Person:
    """Anybody. Dislikes are at most three rows, so that no kind of exercise is ruled out by choice."""
    profile = _profile(rng, catalog)
    start = _day(-rng.choice((0, 1, 5, 20, 41, 42, 60, 84, 85, 200, 4000))) if rng.random() < 0.97 else None
    diary = _diary(rng, catalog, profile, start)
    tags = rng.sample(list(catalog.precautions), rng.choice((0, 0, 0, 1, 1, 2, 3, 6)))
    if rng.random() < 0.03:
        tags = list(catalog.precautions)
    standing = Standing(
        disposition=rng.choice(("SELF_CARE", "SELF_CARE", "CAREFUL")),
        valid_until=_day(10),
        tags=frozenset(tags),
        careful=rng.random() < 0.15,
        gentle=rng.random() < 0.06,
        fresh=rng.random() < 0.7,
        age=rng.choice((18, 30, 45, 60, 64, 65, 70, 85, None)),
    )
    return Person(profile, diary, standing, _request(rng))


def _profile(rng: Random, catalog: Catalog) -> Profile:
    def said() -> bool | None:
        return rng.choice((None, True, True, False))

    ids = list(catalog.exercises)
    likes = [
        *rng.sample(ids, rng.randrange(3)),
        *rng.sample([*map(str, Category), *map(str, Tradition)], rng.randrange(2)),
    ]
    known = {"minutes"} if rng.random() < 0.5 else set()
    return Profile(
        age_band=rng.choice((None, *AGE_BANDS)),
        usual_pain=rng.choice((None, 0, 2, 3, 5, 6, 8)),
        place=rng.choice(list(Place)),
        equipment=rng.choice(KITS)
        if rng.random() < 0.8
        else tuple(rng.sample(list(Equipment), rng.randrange(8))),
        minutes=rng.choice(MINUTES),
        days_per_week=rng.randint(2, 5),
        goals=tuple(rng.sample(list(Goal), rng.randrange(4))),
        likes=tuple(likes),
        dislikes=tuple(rng.sample(ids, rng.choice((0, 0, 1, 3)))),
        confidence=rng.choice((None, 2, 5, 8)),
        job=rng.choice((None, *Job)),
        day_ends=rng.choice(("00:00", "03:00")),
        gets_up=rng.choice(("05:30", "07:00", "11:00")),
        morning_rule=rng.random() < 0.2,
        stand_no_hands=said(),
        one_leg_5s=said(),
        floor_and_up=said(),
        counter_plank_10s=said(),
        walk_minutes=rng.choice((None, 0, 5, 20, 60)),
        known=frozenset(known),
    )


def _request(rng: Random) -> Request:
    return Request(
        pain=rng.choice((0, 1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10)),
        minutes=rng.choice((None, *MINUTES)),
        place=rng.choice((None, None, *Place)),
        gentle=rng.random() < 0.04,
        flare=rng.random() < 0.04,
        variant=rng.choice((0, 0, 0, 0, 1, 2)),
        minute_of_day=rng.randrange(24 * 60),
        dc5_unsure=rng.random() < 0.03,
        sleep=rng.choice((None, 2, 3, 8)),
        relief=rng.random() < 0.02,
    )


def _day(days: int) -> str:
    return (date.fromisoformat(TODAY) + timedelta(days=days)).isoformat()


def _stamp(number: int, days: int, kind: str) -> dict[str, Any]:
    return {"v": 1, "id": f"{kind}{number:06d}", "at": f"{_day(days)}T09:00:00+01:00", "day": _day(days)}


def triage(episode_start: str | None, *, pain_usual: int | None = None, days: int = -5) -> Triage:
    """Safety questions that ended well, some days ago."""
    return Triage(
        **_stamp(1, days, "triage"),
        disposition="SELF_CARE",
        result="SELF_CARE",
        ended="finished",
        complete=True,
        rules_version="test",
        unlocked=True,
        valid_until=_day(10),
        episode_start=episode_start,
        pain_usual=pain_usual,
    )


def _diary(rng: Random, catalog: Catalog, profile: Profile, start: str | None) -> Diary:
    count = rng.choice((0, 0, 1, 2, 3, 7, 14))
    days = sorted(rng.sample(range(-27, 0), count))
    main = [row for row in catalog.exercises.values() if Slot.MAIN in row.slots]
    favourites = rng.sample(main, 5)
    sessions, dones = [], []
    for number, back in enumerate(days):
        rows = favourites[: rng.randint(2, 5)] if rng.random() < 0.8 else rng.sample(main, 3)
        sessions.append(_session(rng, number, back, rows))
        if rng.random() < 0.85:
            dones.append(_done(rng, number, back, sessions[-1].id))
    pains = [
        Pain(**_stamp(number, back, "pain"), score=rng.randrange(7), before_session=rng.random() < 0.8)
        for number, back in enumerate(days[:: rng.randint(1, 3)])
    ]
    flares = (Flare(**_stamp(1, -2, "flare"), on=rng.random() < 0.5),) if rng.random() < 0.06 else ()
    first = triage(start, pain_usual=rng.choice((None, 1, 3, 5, 7)))
    return Diary(
        profile=profile,
        triages=(first,),
        sessions=tuple(sessions),
        dones=tuple(dones),
        pains=tuple(pains),
        flares=flares,
        entries=(first, *sessions, *dones, *pains),
    )


def _done(rng: Random, number: int, back: int, session: str) -> Done:
    stamp = _stamp(number, back, "done")
    if rng.random() < 0.25:
        return Done(**stamp, session=session, status="stopped", reason="time")
    return Done(**stamp, session=session, status="partly" if rng.random() < 0.3 else "done")


def _session(rng: Random, number: int, back: int, rows: list[Exercise]) -> Session:
    dose = GivenDose(kind="reps", counts=(8,))
    blocks = [
        ("warmup", "march-on-spot"),
        *(("main", row.id) for row in rows),
        ("settle", "breathing-diaphragm"),
    ]
    pain = rng.randrange(6)
    return Session(
        **_stamp(number, back, "given"),
        zone=rng.choice(("green", "green", "amber", "red")),
        stage="chronic",
        mode="normal",
        pain=pain,
        variant=0,
        requested_min=20,
        effective_min=20,
        estimated_s=900,
        place="floor",
        items=tuple(GivenItem(exercise=e, block=b, dose=dose, seconds=60) for b, e in blocks),
        card=rng.choice((None, 1, 2, 3, 6, 7, 14, 21)),
    )


HOUSEHOLD = (Equipment.WALL, Equipment.CHAIR, Equipment.TABLE, Equipment.CUSHION, Equipment.TOWEL)
TEN_DAYS = (-26, -23, -21, -19, -16, -14, -12, -9, -5, -2)
USUAL_ROWS = ("wall-hinge", "sit-to-stand", "single-leg-support", "seated-march")


def someone(
    *,
    onset: str = "2015-01-01",
    usual: int = 3,
    age: int = 45,
    tags: tuple[str, ...] = (),
    sessions: int = 10,
    minutes: int | None = 20,
    pain: int = 1,
    **profile: Any,
) -> Person:
    """The person of the worked examples: chronic, on the floor, household kit, level-2 steps, ten sessions done."""
    answers = dict.fromkeys(("stand_no_hands", "one_leg_5s", "floor_and_up", "counter_plank_10s"), True)
    settings: dict[str, Any] = {"place": Place.FLOOR, "equipment": HOUSEHOLD} | answers | profile
    who = Profile(**settings, known=frozenset(settings))
    given = tuple(_session_of(number, back, usual) for number, back in enumerate(TEN_DAYS[10 - sessions :]))
    dones = tuple(
        Done(**_stamp(number, back, "done"), session=given[number].id)
        for number, back in enumerate(TEN_DAYS[10 - sessions :])
    )
    first = triage(onset, pain_usual=usual)
    diary = Diary(profile=who, triages=(first,), sessions=given, dones=dones, entries=(first, *given, *dones))
    standing = Standing(disposition="SELF_CARE", valid_until=_day(10), tags=frozenset(tags), age=age)
    return Person(who, diary, standing, Request(pain=pain, minutes=minutes, minute_of_day=12 * 60))


def _session_of(number: int, back: int, pain: int) -> Session:
    dose = GivenDose(kind="reps", counts=(8,))
    blocks = [
        ("warmup", "cat-cow"),
        *(("main", row) for row in USUAL_ROWS),
        ("settle", "breathing-diaphragm"),
    ]
    return Session(
        **_stamp(number, back, "given"),
        zone="green",
        stage="chronic",
        mode="normal",
        pain=pain,
        variant=0,
        requested_min=20,
        effective_min=20,
        estimated_s=900,
        place="floor",
        items=tuple(GivenItem(exercise=row, block=block, dose=dose, seconds=60) for block, row in blocks),
    )


def people_of_all_kinds(count: int) -> list[Person]:
    """The same random people every time."""
    rng = Random(4711)
    return [person(rng, shipped.catalog()) for _ in range(count)]


def frame_for(who: Person, zone: Zone = Zone.GREEN) -> Frame:
    """What the session of a chronic person has to fit into, with everything in the middle of the day."""
    catalog, parameters = shipped.library()
    steps = own_steps(who.profile, catalog, parameters)
    place, minutes = who.request.place or who.profile.place, who.request.minutes or who.profile.minutes
    bounds = bounds_of(
        catalog,
        parameters,
        who.profile,
        steps,
        tags=who.standing.tags,
        careful=False,
        zone=zone,
        stage=Stage.CHRONIC,
        mode=Mode.NORMAL,
        place=place,
        minute_of_day=12 * 60,
    )
    pools = sift(catalog.exercises.values(), bounds)
    history = history_of(who.diary, catalog, TODAY)
    wish = Wish(
        zone=zone,
        older=who.older,
        goals=frozenset(who.profile.goals),
        likes=frozenset(who.profile.likes),
        learn_max=3,
        needs=needs_of(history, 3, who.older, parameters.week),
        history=history,
        course=Course(steps),
        equals=parameters.placement.equals,
        relief=(),
        long=None,
        draw={row.id: number / 1000 for number, row in enumerate(pools[Slot.MAIN])},
        start_s=lambda row: start_seconds(row, older=False, parameters=parameters),
        short_main_s=180,
    )
    return Frame(
        parameters=parameters,
        zone=zone,
        bounds=bounds,
        pools=pools,
        wish=wish,
        history=history,
        minutes=minutes,
        long_holds=False,
        calm_wanted=True,
        breathing="breathing-diaphragm",
    )
