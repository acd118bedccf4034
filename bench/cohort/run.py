"""Many simulated people, in several processes, and the figures of each."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from itertools import pairwise
from multiprocessing import Pool
from typing import Final

from backmove.core.choices import Category
from backmove.core.exercise import Stage
from backmove.core.record import Session
from cohort.life import Life, Story
from cohort.models import Model, models
from cohort.notebook import shelf

_KINDS: Final[Mapping[str, tuple[frozenset[Category], int]]] = {
    "strength": (frozenset({Category.STRENGTH, Category.CORE}), 2),
    "trunk": (frozenset({Category.MOTOR_CONTROL, Category.CORE}), 3),
    "easy movement": (frozenset({Category.MOBILITY, Category.STRETCH}), 3),
    "balance": (frozenset({Category.BALANCE}), 1),
    "calm": (frozenset({Category.RELAXATION, Category.MIND_BODY}), 2),
}
"""What a week should hold, in days (R-H2), written out once more."""
_BALANCE_OLDER, _OLDER_FROM = 3, 65
_GOAL_MINUTES, _GOAL_DAYS = 30, 5
_FEWEST_SESSIONS, _SHORTEST_MIN, _FEWEST_ROWS = 2, 5, 2


@dataclass(frozen=True)
class Week:
    """One week of one person. ``walk``: the day's walk at its end in minutes and days, 0 when none was named.

    ``full``: every planned session was done, all of them were ordinary green ones, and there was room for all needs.
    ``lacks``: what R-H2 asks for, what this person could do, and what the week did not hold. ``level``: the mean level
    of the main rows done.
    """

    sessions: int
    full: bool
    lacks: tuple[str, ...]
    walk: int
    walk_days: int
    walked: int
    level: float


@dataclass(frozen=True)
class Person:
    """The figures of one simulated person."""

    model: str
    seed: int
    weeks: tuple[Week, ...]
    sessions: int
    minutes: int
    levels: Mapping[int, int]
    step_ups: int
    rung_ups: int
    flares: tuple[tuple[int, int | None], ...]
    waits: tuple[tuple[str, int | None], ...]
    breaks: tuple[str, ...]
    odd: tuple[str, ...]
    triages: int
    clinicians: int
    entries: int
    stages: Mapping[str, int] = field(default_factory=dict)

    @property
    def goal_week(self) -> int | None:
        """The first week, from 1, in which the walk was 30 minutes on 5 days."""
        for number, week in enumerate(self.weeks, 1):
            if week.walk >= _GOAL_MINUTES and week.walk_days >= _GOAL_DAYS:
                return number
        return None

    @property
    def cut_before_goal(self) -> bool:
        """Whether the walk ever became shorter before that: after a week that was too much, or with few walks (I2)."""
        walks = [week.walk for week in self.weeks[: self.goal_week or len(self.weeks)]]
        return any(later < earlier for earlier, later in pairwise(walks))

    @property
    def two_full_weeks(self) -> tuple[Week, Week] | None:
        """The first two full weeks that follow each other."""
        pairs = zip(self.weeks, self.weeks[1:], strict=False)
        return next(((a, b) for a, b in pairs if a.full and b.full), None)


def person(model: Model, seed: int, weeks: int) -> Person:
    """Live these weeks and reckon them up."""
    life = Life(model, seed, weeks)
    story = life.run()
    return Person(
        model=model.name,
        seed=seed,
        weeks=tuple(_week(story, number, life, model) for number in range(weeks)),
        sessions=len(story.given),
        minutes=story.minutes,
        levels=Counter(_levels(story).values()),
        step_ups=life.watch.step_ups,
        rung_ups=life.watch.rung_ups,
        flares=tuple(story.flares),
        waits=_waits(story),
        breaks=tuple(story.breaks),
        odd=tuple(life.watch.odd),
        triages=story.triages,
        clinicians=story.clinicians,
        entries=story.entries,
        stages=Counter(session.stage for _, session in story.given),
    )


def _levels(story: Story) -> dict[str, int]:
    """The highest level that was done of each chain, or of each row without one."""
    found: dict[str, int] = {}
    for day, session in story.given:
        for item in session.items:
            row = shelf().catalog.exercises[item.exercise]
            if item.block == "main" and row.id in story.done_rows.get(day, ()):
                key = row.chain.id if row.chain else row.id
                found[key] = max(row.level, found.get(key, 0))
    return found


def _within_reach(life: Life, tags: Iterable[str]) -> set[Category]:
    """The kinds of which there is a row that this person could always do: level 1, their place, kit and precautions."""
    profile, library = life.book.diary.profile, shelf().catalog
    forbidden = {feature for tag in tags for feature in library.precautions[tag].forbids}
    lying = {"floor-supine", "prone", "side-lying", "quadruped", "kneeling"}
    upright = {"sitting"} if profile.place == "chair" else {"sitting", "standing"}
    found = set()
    for row in library.exercises.values():
        there = row.position in upright or (row.position in lying and profile.place == "floor")
        fits = row.level == 1 and there and "chronic" in row.stages and not set(row.hazards) & forbidden
        if fits and set(row.equipment) <= set(profile.equipment) and "outing" not in row.slots:
            found.add(row.category)
    return found


def _has_room(given: Sequence[Session]) -> bool:
    """Whether so many sessions can hold everything. Two of five minutes are for strength and trunk (H6); two with two
    rows to learn, one of them the step toward a feared move, leave too few rows, too (O4, O5)."""
    if len(given) > _FEWEST_SESSIONS:
        return True
    short = all(session.effective_min <= _SHORTEST_MIN for session in given)
    main = [[item for item in session.items if item.block == "main"] for session in given]
    learnt = (sum(item.dose.minutes is None for item in rows) for rows in main)
    feared = all(any(item.slot == "exposure" for item in rows) for rows in main)
    return not (short or (feared and all(number <= _FEWEST_ROWS for number in learnt)))


def _week(story: Story, number: int, life: Life, model: Model) -> Week:
    days = range(7 * number, 7 * number + 7)
    given = [(day, session) for day, session in story.given if day in days]
    rows = shelf().catalog.exercises
    kinds = {day: {rows[row].category for row in story.done_rows.get(day, ())} for day, _ in given}
    reach = _within_reach(life, model.tags)
    older = life.age >= _OLDER_FROM or "fall-risk" in model.tags
    lacks = []
    for words, (categories, figure) in _KINDS.items():
        wanted = _BALANCE_OLDER if older and words == "balance" else figure
        held = sum(not categories.isdisjoint(found) for found in kinds.values())
        if held < min(wanted, story.planned) and not categories.isdisjoint(reach):
            lacks.append(words)
    normal = all((s.zone, s.mode) == ("green", "normal") and s.stage != Stage.ACUTE for _, s in given)
    targets = [outing for day, outing in story.targets.items() if day in days]
    main = [rows[i.exercise].level for _, s in given for i in s.items if i.block == "main"]
    return Week(
        sessions=len(given),
        full=normal and len(given) >= story.planned and _has_room([session for _, session in given]),
        lacks=tuple(lacks),
        walk=targets[-1].minutes if targets else 0,
        walk_days=targets[-1].days_per_week if targets else 0,
        walked=sum(minutes for day, minutes in story.walked.items() if day in days),
        level=sum(main) / len(main) if main else 0.0,
    )


def _waits(story: Story) -> tuple[tuple[str, int | None], ...]:
    """For each row of days without a session: what was told first, and how many days it lasted."""
    given = [day for day, _ in story.given]
    found: list[tuple[str, int | None]] = []
    until = -1
    for held in story.held:
        if held.day < until:
            continue
        later = next((day for day in given if day > held.day), None)
        found.append((held.code, None if later is None else later - held.day))
        until = later if later is not None else 10**6
    return tuple(found)


def crowd(people: int, only: Sequence[str] = ()) -> list[tuple[Model, int]]:
    """So many people, every model in turn. ``only``: the names of models, else all."""
    chosen = [m for m in models(shelf().catalog.precautions) if not only or m.name in only]
    return [(chosen[number % len(chosen)], number // len(chosen)) for number in range(people)]


def campaign(
    people: Sequence[tuple[Model, int]], weeks: int, seed: int, jobs: int, tell: Callable[[int], object] = int
) -> list[Person]:
    """Everybody's figures, in the order of ``people``. ``tell`` hears how many are through."""
    tasks = [(model.name, seed + number, weeks) for model, number in people]
    shelf()
    found: list[Person] = []
    with Pool(jobs) if jobs > 1 else nullcontext() as pool:
        for one in pool.imap(_lived, tasks, chunksize=2) if pool else map(_lived, tasks):
            found.append(one)
            tell(len(found))
    return found


def _lived(task: tuple[str, int, int]) -> Person:
    """One person; a model is sent by its name, because its functions cannot be."""
    name, seed, weeks = task
    known = {model.name: model for model in models(shelf().catalog.precautions)}
    return person(known[name], seed, weeks)


def by_model(people: Iterable[Person]) -> dict[str, list[Person]]:
    """People of one model together, in the order in which the models came."""
    found: dict[str, list[Person]] = {}
    for one in people:
        found.setdefault(one.model, []).append(one)
    return found
