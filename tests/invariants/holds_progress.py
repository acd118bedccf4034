"""Progress, I25 to I30: what rises and falls from session to session. See ``holds``."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from one_day import Finding, person_of

import test_session_invariants as one_session
from backmove.core.dose import ladder, one_set
from backmove.core.plan import Block, PlannedItem
from backmove.core.profile import Profile as ProfileNow
from backmove.core.zone import Zone
from life import CATALOG, PARAMETERS
from story import (
    Given,
    Story,
    days_apart,
    height,
    key_of,
    keys_of,
    pairs,
)

EQUALS = {"brace", "breath", "desk", "ham", "standdog", "standhip"}
"""Chains whose rows are as hard as each other: the person may have any of them."""


@dataclass(frozen=True)
class Rise:
    """A row that goes higher than ever on a day: one rung, or its chain one level. ``last``: when it was worked at."""

    one: Given
    item: PlannedItem
    before: tuple[int, int]
    last: Given | None
    step: bool

    def __str__(self) -> str:
        row, (level, rung) = self.item.exercise, self.before
        return f"{row.id} rose from level {level}, rung {rung} to {row.level}, {self.item.rung}"


def placed_level(item: PlannedItem, profile: ProfileNow) -> int:
    """The level at which five answers place a person on the chain of a row (3.9)."""
    chain = item.exercise.chain
    assert chain is not None
    first = one_session.FIRST_OF_CHAIN[chain.id]
    question = one_session.ASKED.get(chain.id)
    if question is None and first.position in one_session.LYING:
        question = "floor_and_up"
    rows = [row for row in CATALOG.exercises.values() if row.chain and row.chain.id == chain.id]
    if chain.id in EQUALS or (question is not None and getattr(profile, question)):
        return max((row.level for row in rows if row.level <= 2), default=first.level)
    return first.level


def rises(story: Story) -> Iterator[Rise]:
    """Every time a chain comes to a level, or a row at its highest level to a rung, that was never given before."""
    levels: dict[str, int] = {}
    steps: dict[str, int] = {}
    rungs: dict[str, int] = {}
    worked: dict[str, Given] = {}
    for one in story.given:
        for item in one.main:
            row, key = item.exercise, key_of(item)
            if item.slot == "exposure":
                continue  # the ladder of a feared move has its own way up (I24)
            if row.chain:
                levels.setdefault(key, placed_level(item, one.visit.before.profile))
            level, rung = levels.get(key, row.level), rungs.get(row.id, 0)
            if row.level > level:
                yield Rise(one, item, (level, rung), worked.get(key), True)
            elif item.rung > rung and row.level == level and height(item)[0] >= steps.get(key, 0):
                yield Rise(one, item, (level, rung), worked.get(row.id), False)
            steps[key] = max(steps.get(key, 0), height(item)[0])
            levels[key] = max(level, row.level)
            rungs[row.id] = max(rung, item.rung)
            worked[row.id] = worked[key] = one


def i25_one_notch(story: Story) -> Finding:
    for rise in rises(story):
        if rise.step and (rise.item.rung > 0 or rise.item.exercise.level > rise.before[0] + 1):
            yield rise.one.day, f"{rise}: a step up begins one level higher, at the start dose"
        if not rise.step and rise.item.rung > rise.before[1] + 1:
            yield rise.one.day, f"{rise} at once"
    for day, count in Counter(rise.one.day for rise in rises(story) if not rise.step).items():
        if count > 2:
            yield day, f"{count} rows gained a rung"


def i26_step_ups(story: Story) -> Finding:
    days: list[str] = []
    for rise in rises(story):
        if rise.step:
            days.append(rise.one.day)
            if days.count(rise.one.day) > 1:
                yield rise.one.day, f"{rise}, and it was not the only one"
            elif sum(days_apart(day, rise.one.day) < 7 for day in days) > 2:
                yield rise.one.day, f"{rise}; step-ups on {days[-3:]}"


def i27_no_up_after(story: Story) -> Finding:
    for rise in rises(story):
        one = rise.one
        last = story.last_done(one.day)
        before = [g for g in story.given if g.day < one.day and g.reports]
        why = []
        if not one.good_day:
            why.append(f"the day is {one.plan.zone} {one.plan.mode}")
        if before and story.responses[before[-1].day] in ("watch", "overload"):
            why.append(f"the last session was {story.responses[before[-1].day]}")
        if last is not None and last.plan.zone is not Zone.GREEN:
            why.append(f"the last session was {last.plan.zone}")
        if story.in_or_after_flare(one.day):
            why.append("a flare-up")
        if story.gap(one.day) >= 4:
            why.append(f"{story.gap(one.day)} days away")
        if why:
            yield one.day, f"{rise} in spite of: {'; '.join(why)}"


def i27_ups_are_earned(story: Story) -> Finding:
    """F3: the highest dose so far was done as given and went well: in one session that was easy or in two that were
    about right. A step up needs two with less effort, at the rung of graduation."""
    for rise in rises(story):
        tries = [
            (g, was)
            for g in story.given
            if g.day < rise.one.day and g.good_day and story.responses.get(g.day) == "ok"
            for was in g.main
            if g.completed or _named_as_done(g, was.exercise.id)
            if (rise.step and key_of(was) == key_of(rise.item) and was.exercise.level == rise.before[0])
            or (was.exercise.id == rise.item.exercise.id and was.rung == rise.before[1])
        ]
        if rise.step:
            tries = [(g, was) for g, was in tries if was.rung >= graduation_rung(was, older_of(g))]
        efforts = [_effort(g, was.exercise.id) for g, was in tries]
        most = 5 if rise.step else 6
        enough = len([e for e in efforts if e is None or e <= most]) >= 2
        easy = not rise.step and any(e is not None and e <= 3 for e in efforts)
        if not enough and not easy:
            yield rise.one.day, f"{rise} after efforts {efforts}"


def _named_as_done(one: Given, row: str) -> bool:
    """A session that was stopped still completed the rows that were named (3.1)."""
    return any(r.exercise == row and r.status == "completed" for d in one.reports for r in d.rows)


def older_of(one: Given) -> bool:
    who = person_of(one)
    return (who.standing.age or 0) >= 65 or who.profile.age_band in ("65-74", "75+")


def graduation_rung(item: PlannedItem, older: bool) -> int:
    """The top count at two sets, or at the most sets if there are fewer; else the last rung (R-F)."""
    rungs = ladder(item.exercise, older=older, parameters=PARAMETERS)
    least = item.exercise.dose.sets[0] if item.exercise.dose.sets else 1
    two = [n for n, rung in enumerate(rungs) if len(rung.counts) <= max(2, least)]
    return two[-1] if item.exercise.dose.kind in ("reps", "holds") else len(rungs) - 1


def _effort(one: Given, row: str) -> int | None:
    own = [r.effort for d in one.reports for r in d.rows if r.exercise == row and r.effort is not None]
    whole = [d.effort for d in one.reports if d.effort is not None]
    return max(own) if own else max(whole, default=None)


def i28_down_after_overload(story: Story) -> Finding:
    for one in story.given:
        if story.responses.get(one.day) != "overload" or not one.good_day:
            continue
        skipped = {r.exercise for d in one.reports for r in d.rows if r.status == "skipped"}
        if one.hurt and not one.hurt & {i.exercise.id for i in one.main}:
            continue
        for was in one.main:
            if was.exercise.id in skipped or (one.hurt and was.exercise.id not in one.hurt):
                continue
            later = [g for g in story.given if g.day > one.day and g.row_of(key_of(was))]
            item = later[0].row_of(key_of(was)) if later else None
            if item is None or (later and _restarted(story, later[0])):
                continue
            lower = height(item) < height(was) or item.form == "easier"
            if (
                not lower
                and item.exercise.id != was.exercise.id
                and item.exercise.level <= was.exercise.level
            ):
                lower = True  # chains of equals have no lower step
            if not lower:
                yield (
                    later[0].day,
                    f"{was.exercise.id} {height(was)} was too much on {one.day}, now {height(item)}",
                )


def _restarted(story: Story, one: Given) -> bool:
    return story.gap(one.day) > 28


def i28_never_nothing(story: Story) -> Finding:
    for one in story.given:
        for item in one.plan.items:
            if not (item.dose.minutes or sum(item.dose.counts)):
                yield one.day, f"{item.exercise.id} has a dose of nothing"


def i29_one_step_down(story: Story) -> Finding:
    for key in keys_of(story.given):
        for a, was, b, item in pairs(story, key):
            between = sum(a.day < g.day <= b.day for g in story.given)
            away = max(story.gap(g.day) for g in story.given if a.day < g.day <= b.day)
            if away <= 28 and was.exercise.level - item.exercise.level > between:
                yield (
                    b.day,
                    f"{was.exercise.id} to {item.exercise.id} after {between} sessions, {away} days away",
                )


def i30_fill_repeats_the_start(story: Story) -> Finding:
    """Time is filled with a second set of the start count, whatever the rung (3.4). Counts that go up where nothing
    else fills a short session are another matter."""
    for one in story.given:
        for item in one.main:
            if item.fill and item.dose.kind in ("reps", "holds") and item.form == "usual":
                rungs = ladder(item.exercise, older=False, parameters=PARAMETERS)
                own, start = rungs[item.rung].counts, rungs[0].counts[0]
                more = item.dose.counts[len(own) :]
                if item.dose.counts[: len(own)] == own and set(more) - {start}:
                    yield (
                        one.day,
                        f"{item.exercise.id} at rung {item.rung} {own} was filled to {item.dose.counts}",
                    )


def i30_holds(story: Story) -> Finding:
    for one in story.given:
        for item in one.plan.items:
            free = item.exercise.category in ("stretch", "balance", "relaxation", "recovery", "mind-body")
            if item.dose.kind in ("holds", "pyramid") and not free and (item.dose.hold_s or 0) > 10:
                yield one.day, f"{item.exercise.id} holds {item.dose.hold_s} s"
            as_it_is = item.block is Block.MAIN and item.form == "usual" and not item.fill
            if as_it_is and item.dose not in doses_of(item):
                yield one.day, f"{item.exercise.id} {item.dose} is no rung"


def doses_of(item: PlannedItem) -> tuple[object, ...]:
    """Every dose of the row's ladder, and the first set of each for the shortest sessions."""
    rungs = [r for older in (False, True) for r in ladder(item.exercise, older=older, parameters=PARAMETERS)]
    return (*rungs, *(one_set(rung) for rung in rungs))
