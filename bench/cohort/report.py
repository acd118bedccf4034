"""The figures of a campaign as Markdown that a person can read."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from cohort.models import Habit, Model
from cohort.run import Person, by_model

_BARS: Final = "▁▂▃▄▅▆▇█"
_NO_PLAN: Final = "·"
_LONGEST_WAIT: Final = 14
"""Days from a refusal to the next session, an appointment of up to a week among them."""
_WELL: Final = ("triage-stale", "no-triage")


@dataclass(frozen=True)
class Goal:
    """What has to be so, whether it is, and the figures that show it."""

    words: str
    met: bool
    figures: str


def markdown(people: Sequence[Person], models: Mapping[str, Model], weeks: int, command: str) -> str:
    """The whole page."""
    groups = by_model(people)
    sessions = sum(person.sessions for person in people)
    lines = [
        "# Simulated people",
        "",
        "Made by a program; do not edit. The same command gives the same page:",
        "",
        f"    {command}",
        "",
        f"{len(people):,} simulated people, {weeks} weeks each: {sessions:,} sessions, "
        f"{sum(p.entries for p in people):,} lines of journal, every one through the functions that the commands "
        "call. Each session was held against rules that `bench/cohort/limits.py` and `bench/cohort/watch.py` work "
        "out anew.",
        "",
        *_honest(),
        "## What has to hold",
        "",
        "| | goal | figures |",
        "|---|---|---|",
        *(
            f"| {'yes' if goal.met else '**no**'} | {goal.words} | {goal.figures} |"
            for goal in goals(people, models)
        ),
        "",
        "## Who they are and what they got",
        "",
        *_table(groups, models, weeks),
        "",
        "## Week by week",
        "",
        *_plot(groups, weeks),
        "",
        "## Broken rules",
        "",
        *_kinds([(p, words) for p in people for words in p.breaks]),
        "",
        "## Odd, but against no rule",
        "",
        *_kinds([(p, words) for p in people for words in p.odd]),
    ]
    return "\n".join(lines) + "\n"


def _honest() -> list[str]:
    return [
        "**These are models, not people.** They say nothing about whether the exercises help. Pain follows a line",
        "with noise and bad spells that somebody made up (`bench/cohort/models.py`, `bench/cohort/body.py`); a session",
        "moves it a little the next morning, and never for good. Effort falls with practice and rises with the level.",
        "Everybody answers honestly, understands every word, and does what a refusal asks: the safety questions",
        "again, or an appointment two to seven days later, after which a clinician says yes. Nobody has a warning",
        "sign that a question would catch. Figures can show if rules break, lock somebody in, or lead nowhere.",
        "",
    ]


def goals(people: Sequence[Person], models: Mapping[str, Model]) -> list[Goal]:
    """The goals of the plan, each with its figures."""
    groups = by_model(people)
    full = [p for p in people if models[p.model].habit is Habit.FULL]
    pairs = [pair for p in full if (pair := p.two_full_weeks) is not None]
    missed = Counter(need for a, b in pairs for need in set(a.lacks) & set(b.lacks))
    met = sum(not set(a.lacks) & set(b.lacks) for a, b in pairs)
    walkers = [*groups.get("the-plan", []), *groups.get("steady", [])]
    reached = [p.goal_week for p in walkers if p.goal_week is not None and not p.cut_before_goal]
    cut = [p.goal_week for p in walkers if p.cut_before_goal and p.goal_week is not None]
    never = sum(p.goal_week is None for p in walkers)
    quiet = groups.get("quiet", []) + groups.get("silent", [])
    held = [code for p in quiet for code, _ in p.waits if code not in _WELL]
    going = [p.step_ups + p.rung_ups for p in quiet]
    over = groups.get("overloader", [])
    ended = sum(any(code == "three-overloads" for code, _ in p.waits) for p in over)
    waits = [days for p in people for _, days in p.waits]
    late = sum(days is not None and days > _LONGEST_WAIT for days in waits)
    breaks = sum(len(p.breaks) for p in people)
    return [
        Goal("No safety rule is broken", breaks == 0, f"{breaks} breaks"),
        Goal(
            "Two full weeks hold everything that a week should hold (I35), where two sessions have room for it "
            "(H6, O5)",
            met == len(pairs),
            f"{met} of {len(pairs)} people with two full weeks; missing: {_counted(missed)}",
        ),
        Goal(
            "Steady walkers reach 30 minutes on 5 days in 8 to 12 weeks, or sooner from a longer start; a week that "
            "was too much cuts the walk by a fifth and puts it off (R-I2)",
            not never and max(reached, default=99) <= 12,
            f"{len(reached)} of {len(walkers)} whose walk was never cut, week {_spread(reached)}; "
            f"{len(cut)} with a cut, week {_spread(cut)}; never: {never}",
        ),
        Goal(
            "A quiet diary keeps going up and is never refused for what it does not say",
            not held and min(going, default=0) > 0,
            f"{len(quiet)} people, {len(held)} refusals, {_spread(going)} ups each",
        ),
        Goal(
            "Who overloads every time is sent to get advice",
            ended == len(over),
            f"{ended} of {len(over)} people",
        ),
        Goal(
            f"Nobody waits more than {_LONGEST_WAIT} days without a session",
            late == 0,
            f"{len(waits)} waits, the longest {max((d for d in waits if d is not None), default=0)} days, "
            f"{late} longer, {sum(d is None for d in waits)} still waiting on the last day",
        ),
    ]


def _table(groups: Mapping[str, list[Person]], models: Mapping[str, Model], weeks: int) -> list[str]:
    heads = (
        *(
            "model",
            "people",
            "sessions a week",
            "minutes each",
            "chains at level 1 / 2 / 3 / 4",
            "ups: step + rung",
        ),
        *(
            "full weeks with all needs",
            "walk, first and last week",
            "30 x 5 in week",
            "bad spells, days to be back",
        ),
        *("days without a session, why", "longest wait", "breaks"),
    )
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    for name, people in groups.items():
        cells = [f"**{name}**: {models[name].words}", str(len(people)), *_cells(people, weeks)]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def _cells(people: Sequence[Person], weeks: int) -> list[str]:
    sessions = sum(p.sessions for p in people)
    levels: Counter[int] = Counter()
    for one in people:
        levels.update(one.levels)
    full = [week for p in people for week in p.weeks if week.full]
    back = [end - start for p in people for start, end in p.flares if end is not None]
    count = sum(len(p.flares) for p in people)
    codes = Counter(code for p in people for code, _ in p.waits)
    waits = [days for p in people for _, days in p.waits if days is not None]
    first, last = (median(p.weeks[n].walk for p in people) for n in (0, -1))
    goal = [p.goal_week for p in people if p.goal_week is not None]
    return [
        f"{sessions / len(people) / weeks:.1f}",
        f"{sum(p.minutes for p in people) / max(1, sessions):.0f}",
        " / ".join(f"{levels[level] / len(people):.1f}" for level in (1, 2, 3, 4)),
        f"{sum(p.step_ups for p in people) / len(people):.1f} + {sum(p.rung_ups for p in people) / len(people):.1f}",
        f"{sum(not week.lacks for week in full)} of {len(full)}",
        f"{first:.0f} → {last:.0f} min",
        f"{_spread(goal)} ({len(goal)} of {len(people)})" if goal else "-",
        f"{count / len(people):.1f}, {median(back):.0f} days" if back else f"{count / len(people):.1f}",
        _counted(codes),
        str(max(waits, default=0)),
        str(sum(len(p.breaks) for p in people)),
    ]


def _plot(groups: Mapping[str, list[Person]], weeks: int) -> list[str]:
    width = max(map(len, groups))
    head = f"{'':{width}}  {'minutes of the walk, 0 to 30':{weeks}}  level of the main rows, 1 to 3"
    lines = [
        "One sign a week, from left to right; the middle person of each model. A dot: no session that week.",
        "",
        "```text",
        head,
    ]
    for name, people in groups.items():
        walk = _bars([median(p.weeks[n].walk for p in people) for n in range(weeks)], 0, 30)
        level = _bars([median(p.weeks[n].level for p in people) for n in range(weeks)], 1, 3)
        lines.append(f"{name:{width}}  {walk}  {level}")
    return [*lines, "```"]


def _bars(values: Iterable[float], low: float, high: float) -> str:
    steps = len(_BARS) - 1
    heights = (round((value - low) / (high - low) * steps) if value else None for value in values)
    return "".join(_NO_PLAN if height is None else _BARS[min(steps, max(0, height))] for height in heights)


def _kinds(found: Sequence[tuple[Person, str]]) -> list[str]:
    """One line for each kind, which is the first word after the day, with the first case."""
    kinds: dict[str, list[tuple[Person, str]]] = {}
    for person, words in found:
        kinds.setdefault(words.split(": ", 1)[1].split(" ")[0], []).append((person, words))
    return [
        f"- {kind}: {len(cases)} times, {len({(p.model, p.seed) for p, _ in cases})} people; the first: model "
        f"{cases[0][0].model}, seed {cases[0][0].seed}, {cases[0][1]}"
        for kind, cases in sorted(kinds.items())
    ] or ["None."]


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{word} {count}" for word, count in sorted(counts.items())) or "none"


def _spread(values: Sequence[int]) -> str:
    if not values:
        return "none"
    return f"{median(values):.0f} ({min(values)} to {max(values)})"
