"""The week, the walk and the rows that stay, I33 to I38. See ``holds``."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

from one_day import Finding, resting

from backmove.core.plan import Outing, Plan
from backmove.core.record import Walk
from story import (
    Given,
    Story,
    days_apart,
    key_of,
    week_of,
)


def i33_hard_rows_rest(story: Story) -> Finding:
    worked: dict[str, str] = {}
    for one in story.given:
        hard = [item for item in one.main if item.exercise.chain and item.exercise.level >= 3]
        for item in hard:
            last = worked.get(key_of(item))
            if last is not None and days_apart(last, one.day) < 2:
                yield one.day, f"{item.exercise.id}, and its chain on {last}"
        if one.completed:
            worked |= {key_of(item): one.day for item in hard}


def walking_days(story: Story) -> list[tuple[Given, Outing]]:
    """The days on which the walking plan itself shows: no flare-up halves it, no bad day shortens it, and the first
    walks have said where it starts (I1)."""
    walks = [r.day for r in story.life.records if isinstance(r, Walk)]
    started = walks[3] if len(walks) > 3 else "9999-12-31"
    return [
        (one, one.plan.outings[0])
        for one in story.given
        if one.plan.outings and one.good_day and one.plan.stage != "acute" and one.day > started
        if not story.in_or_after_flare(one.day) and not one.visit.standing.careful
    ]


def i34_walking(story: Story) -> Finding:
    for (a, first), (b, second) in pairwise(walking_days(story)):
        was, now, weeks = first.minutes, second.minutes, _weeks_between(a.day, b.day)
        away = max(story.gap(g.day) for g in story.given if a.day < g.day <= b.day)
        top, low = float(was), float(was)
        for _ in range(weeks):
            top += min(5.0, max(1.0, top * 0.2))
        for _ in range(weeks + 1):
            low = min(low * 0.7, low - 1)
        low = low * 0.5 if away > 28 else low
        if now > top + 0.5:
            yield b.day, f"the walk went from {was} ({a.day}) to {now} min in {weeks} weeks"
        if now < int(low):
            yield b.day, f"the walk fell from {was} ({a.day}) to {now} min in {weeks} weeks, {away} days away"
    for one, outing in walking_days(story):
        if outing.minutes > 30:
            yield one.day, f"a walk of {outing.minutes} minutes that nobody chose"


def i36_missed_work_is_not_added(story: Story) -> Finding:
    """A longer walk needs a week in which four fifths of the minutes were walked; what was missed is not made up."""
    for (a, first), (b, second) in pairwise(walking_days(story)):
        if second.minutes > first.minutes and not _rows_of_another_kind(first, second):
            walked: Counter[tuple[int, int]] = Counter()
            for record in story.life.records:
                if isinstance(record, Walk):
                    walked[week_of(record.day)] += record.minutes
            weeks = {week_of(r.day) for r in story.life.records if a.day <= r.day < b.day} - {week_of(b.day)}
            need = 0.8 * first.minutes * first.days_per_week
            if max((walked[week] for week in weeks), default=0) < need - 0.5:
                yield (
                    b.day,
                    f"the walk went from {first.minutes} ({a.day}) to {second.minutes} min; walked {walked}",
                )


def _rows_of_another_kind(a: Outing, b: Outing) -> bool:
    return a.exercise.chain != b.exercise.chain and {a.exercise.category, b.exercise.category} != {"aerobic"}


def _weeks_between(a: str, b: str) -> int:
    def monday(day: str) -> date:
        return date.fromisoformat(day) - timedelta(days=date.fromisoformat(day).weekday())

    return (monday(b) - monday(a)).days // 7


BLOCK = ("trunk", "leg", "balance", "goal", "exposure", "upper")
"""What the rows that stay are there for (K1: slots 1, 2, 3 and 5)."""


FORCING = ("C3", "D1", "E3", "F5", "F7", "G", "H4", "J3", "L", "O4")
"""Rules that change a row whether or not it is its turn; the first two rows are of two kinds, so the step toward a
feared move may bring another row with it (I19)."""


def block_of(one: Given) -> set[str]:
    """Slots 1, 2, 3 and 5; a row that the week's needs put there rotates (K1)."""
    return {key_of(item) for item in one.main if item.slot in BLOCK and item.rule != "H3"}


def i38_the_block_stays(story: Story) -> Finding:
    """From one good day to the next at most one row of the block is new (or against the set before it, when two sets
    take turns), and one more that comes back from it. A rule that takes a row out gives room for another; so do days
    that were too much, a flare-up, rows that rest, a break, and other minutes."""
    days = [one for one in story.given if one.good_day]
    for number in range(2, len(days)):
        one = days[number]
        if not any(done.completed for done in story.given if done.day < one.day):
            continue  # a set that was never done is none
        between = [said for session, said in story.taken if days[number - 2].day <= session.day < one.day]
        if "overload" in between or story.gap(one.day) >= 8 or resting(story, one):
            continue
        if any(story.in_or_after_flare(d.day) for d in (days[number - 1], one)):
            continue
        begin = days[number - 2].day
        others = [d for d in story.given if begin <= d.day < one.day]
        if any((d.good_day and _asked_otherwise(d.plan, one.plan)) or resting(story, d) for d in others):
            continue
        forced = [c for c in one.plan.changes if c.rule in FORCING]
        if {"L", "J3"} & {c.rule for c in forced}:
            continue
        lately = {key_of(i) for d in story.given if 0 < days_apart(d.day, one.day) <= 14 for i in d.main}
        fresh = [sorted(block_of(one) - set(map(key_of, other.main))) for other in others]
        never = block_of(one) - lately
        if min(map(len, fresh)) > 1 + len(forced) + bool(lately & set(fresh[-1])) or len(never) > 1 + len(
            forced
        ):
            yield one.day, f"new in the block: {fresh}; not seen for two weeks: {sorted(never)}"


def _asked_otherwise(a: Plan, b: Plan) -> bool:
    """Other minutes, or another number of rows to learn (B6, O5)."""
    return (a.effective, a.learn_max) != (b.effective, b.learn_max)
