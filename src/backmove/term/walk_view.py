"""Walking in words: the week's screen, the day's line, and what goes with a session. No line counts what was missed."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from backmove.core.clearance import Standing
from backmove.core.exercise import Exercise, Feature, Position
from backmove.core.plan import Outing, Pace
from backmove.core.walking_facts import Brake
from backmove.core.walking_plan import Turn, WalkPlan
from backmove.core.walking_today import SORE_LEG, DaysWalk
from backmove.core.when import say_day
from backmove.term.page import Page

_LABEL: Final = 12
_LAST_WEEKS: Final = 8
_PACES: Final[Mapping[Pace, str]] = {
    Pace.TALK: ", at a pace at which you can talk",
    Pace.BRISK: ". If you like, walk some parts of it faster, so that you can talk in short sentences",
    Pace.HILLS: ". If you like, walk some parts of it faster, or take a gentle hill",
}
TURNS: Final[Mapping[Turn, str]] = {
    Turn.BEGAN: "The plan began this week.",
    Turn.ROSE: "{walked} of {asked} min last week: a bit more now.",
    Turn.GOAL: "{walked} of {asked} min last week: that is the goal, so it stays.",
    Turn.STAYED: "{walked} of {asked} min last week: it stays.",
    Turn.FELL: "{walked} of {asked} min last week: a bit less now.",
    Turn.TOO_MUCH: "A session last week was a lot: a bit less now.",
    Turn.UNSAID: "No walk was noted last week: it stays.",
    Turn.SHORT: "The plan began late in the week: it stays.",
    Turn.AWAY: "{walked} of {asked} min last week, then a break: it stays.",
    Turn.GAP: "It is a while since your last {what}: {before} min before, a bit less now.",
    Turn.BACK: "Last week you came back: it stays.",
    Turn.HELD: "Something else came first last week: it stays.",
    Turn.FLARE: "Last week had a flare-up: it stays.",
    Turn.ACUTE: "Last week was one of the first of this spell: it stays.",
    Turn.LIMB: "A foot, shin, knee or hip was sore last week: it stays.",
    Turn.QUIET: "A flare-up ended not long ago: it stays.",
}
BRAKES: Final[Mapping[Brake, str]] = {
    Brake.HELD: "Something else comes first, so it gets no longer.",
    Brake.FLARE: "This week has a flare-up in it, so it gets no longer.",
    Brake.ACUTE: "In the first weeks of a spell it gets no longer.",
    Brake.LIMB: "A foot, shin, knee or hip is sore, so it gets no longer.",
    Brake.QUIET: "A flare-up ended not long ago, so it gets no longer.",
    Brake.BACK: "This is the first week back, so it gets no longer.",
    Brake.TOO_MUCH: "A session this week was a lot, so it will be {less} min.",
}
OFFERS: Final[Mapping[Pace, str]] = {
    Pace.BRISK: "You have been at the goal for {weeks} weeks. If you like, walk some parts faster, so that you can "
    "talk in short sentences.",
    Pace.HILLS: "You have been at the goal for {weeks} weeks. If you like, walk some parts faster, or take a hill.",
}
EASY: Final = (
    "In the first weeks of a spell there is no plan: an easy walk, up to {minutes} min, on most days."
)
NOT_YET: Final = "Your walking plan begins with your first session."
PARTS: Final = "Short parts on a day add up."
TWO_SHORT: Final = "Two short walks on a day count as much as a long one."


# --- the session's line and the day's line ----------------------------------------------------------------------


def outing_words(outing: Outing) -> str:
    """What goes with a session outside of it, in a sentence or two."""
    row = outing.exercise
    parts = f" in {outing.parts} parts" if outing.parts > 1 else ""
    words = f"{_before(outing)}: {row.name}, {_minutes(outing.minutes)}{parts}"
    if row.position is Position.OUTDOORS and not outing.instead:
        words += _PACES[outing.pace]
    if outing.done:
        done = _days_done(outing.done, outing.days_per_week)
        words += f". {done[0].upper()}{done[1:]}"
    return f"{words}."


def _before(outing: Outing) -> str:
    if outing.instead:
        wish = " if you like" if Feature.IMPACT in outing.exercise.hazards else " instead"
        return f"One walk of the week{wish}"
    return "Outside today" if outing.exercise.position is Position.OUTDOORS else "Later today"


def day_walk_lines(walk: DaysWalk | None) -> list[str]:
    """The walk of the day, as long as the week has days left for it."""
    if walk is None or not walk.due:
        return []
    what = "Moving on a chair" if walk.seated else "Walk"
    less = walk.plan is not None and walk.minutes < walk.plan.minutes
    how = ", half as much today, in parts" if walk.relief else ", a shorter one today" if less else ""
    lines = [f"{what}: {walk.minutes} min{how}, {_days_done(walk.done, walk.days)}"]
    if not walk.today:
        lines.append(
            f"When you have done it: backmove log --walk {walk.minutes}" if walk.seated else _after(walk)
        )
    return lines


def _after(walk: DaysWalk) -> str:
    return f"After the walk: backmove log --walk {walk.minutes}"


def day_walk_json(walk: DaysWalk | None) -> dict[str, Any] | None:
    """The same for scripts."""
    if walk is None:
        return None
    return {
        "minutes": walk.minutes,
        "days_per_week": walk.days,
        "done": walk.done,
        "due": walk.due,
        "walked_today": walk.today,
        "relief": walk.relief,
    }


# --- the week's screen ------------------------------------------------------------------------------------------


def walk_page(
    walk: DaysWalk | None,
    held: Standing,
    indoors: Sequence[Exercise],
    pace: Pace,
    *,
    today: str,
    width: int,
    plain: bool,
) -> Page:
    """This week, what is left, what next week brings. ``indoors``: rows for bad weather; ``pace``: what is on offer."""
    page = Page(width, plain)
    plan = walk.plan if walk else None
    title = "Moving on a chair" if walk and walk.seated else "Walking"
    page.both_ends(title, f"week {plan.week}" if plan else "", "head")
    page.blank()
    if walk is None:
        _without(page, held)
        return page
    if plan is None:
        page.prose(EASY.format(minutes=walk.minutes))
        _fact(page, "This week", f"walked on {_days(walk.done)}")
    else:
        _week(page, walk, plan)
        _plan(page, plan, today)
        _remarks(page, walk, plan, pace)
    if indoors:
        page.blank()
        names = " or ".join(row.name[:1].lower() + row.name[1:] for row in indoors)
        page.prose(f"Bad weather: {names}, for the same minutes, in parts.")
    page.blank()
    after = "Next, when it is done:" if walk.seated else "Next, after the walk:"
    page.command(after, f"backmove log --walk {walk.minutes}", "strong")
    return page


def _without(page: Page, held: Standing) -> None:
    if held.reasons:
        page.prose(held.reasons[0].text)
        page.blank()
        page.command("Next:", "backmove triage", "strong")
        return
    page.prose(NOT_YET)
    page.blank()
    page.command("Next:", "backmove session", "strong")


def _week(page: Page, walk: DaysWalk, plan: WalkPlan) -> None:
    _fact(
        page,
        "This week",
        f"{plan.walked} of {plan.week_minutes} min, {plan.walked_days} of {_days(plan.days)}",
    )
    each = "day" if walk.seated else "walk"
    _fact(page, f"Each {each}", f"{plan.minutes} min. {_turn(plan)}")
    _fact(page, "Left", _left(plan, each))
    if walk.relief:
        _fact(page, "Today", f"{walk.minutes} min, half as much in a flare-up, in parts")
    elif walk.minutes < plan.minutes:
        _fact(page, "Today", f"{walk.minutes} min, a shorter one on a sore day")
    _fact(page, "Next week", next_words(plan))


def _left(plan: WalkPlan, each: str) -> str:
    if not plan.minutes_left:
        return "nothing, the week is full"
    if plan.minutes_left == plan.days_left * plan.minutes and plan.days_left > 1:
        return f"{plan.minutes_left} min: {plan.days_left} {each}s of {plan.minutes}"
    return f"{plan.minutes_left} min" + (f" on {_days(plan.days_left)}" if plan.days_left else "")


def _plan(page: Page, plan: WalkPlan, today: str) -> None:
    page.blank()
    minutes, days = plan.goal
    _fact(page, "Goal", f"{minutes} min on {_days(days)}" + (": you are there" if plan.at_goal else ""))
    began = say_day(date.fromisoformat(plan.began), date.fromisoformat(today))
    _fact(page, "Began", f"{began}, {plan.start} min on {_days(plan.start_days)}")
    if plan.weeks:
        so_far = [week.minutes for week in plan.weeks][-_LAST_WEEKS:]
        _fact(page, "So far", ", ".join(map(str, [*so_far, plan.minutes])) + " min")


def _remarks(page: Page, walk: DaysWalk, plan: WalkPlan, pace: Pace) -> None:
    page.blank()
    if plan.limb:
        page.prose(SORE_LEG)
    if pace in OFFERS:
        page.prose(OFFERS[pace].format(weeks=plan.goal_met_weeks))
    page.prose(PARTS if walk.seated else TWO_SHORT)


def next_words(plan: WalkPlan) -> str:
    """Next week's rule in one line."""
    coming = plan.next
    if plan.brake is not None:
        return BRAKES[plan.brake].format(less=coming.less)
    if plan.at_goal:
        return "It stays as it is."
    more = f"{coming.minutes} min on {_days(coming.days)}"
    if plan.walked >= coming.enough:
        return f"{more}. This week has enough for it."
    return f"{coming.enough} min or more: {more}. {coming.half} or more: as now."


def _turn(plan: WalkPlan) -> str:
    last = plan.weeks[-1] if plan.weeks else None
    return TURNS[plan.turn].format(
        walked=last.walked if last else 0,
        asked=last.minutes * last.days if last else 0,
        before=plan.before,
        what="walk" if plan.gap_of_walks else "session",
    )


def walk_json(walk: DaysWalk | None, held: Standing, pace: Pace, *, today: str) -> dict[str, Any]:
    """The screen for scripts. Its keys may only grow."""
    plan = walk.plan if walk else None
    return {
        "date": today,
        "reasons": [{"code": r.code, "text": r.text} for r in held.reasons],
        "today": day_walk_json(walk),
        "offer": None if pace is Pace.TALK else str(pace),
        "plan": None if plan is None else _plan_json(plan),
    }


def _plan_json(plan: WalkPlan) -> dict[str, Any]:
    return {
        "week": plan.week,
        "minutes": plan.minutes,
        "days_per_week": plan.days,
        "walked": {"minutes": plan.walked, "days": plan.walked_days},
        "left": {"minutes": plan.minutes_left, "days": plan.days_left},
        "turn": str(plan.turn),
        "before": plan.before,
        "gap_days": plan.gap,
        "sore_leg": plan.limb,
        "next": {
            "minutes": plan.next.minutes,
            "days_per_week": plan.next.days,
            "enough": plan.next.enough,
            "stays_from": plan.next.half,
            "less": plan.next.less,
            "held_by": str(plan.brake) if plan.brake else None,
        },
        "began": {"date": plan.began, "minutes": plan.start, "days_per_week": plan.start_days},
        "goal": {"minutes": plan.goal[0], "days_per_week": plan.goal[1], "met_weeks": plan.goal_met_weeks},
        "weeks": [
            {
                "monday": week.monday,
                "minutes": week.minutes,
                "days_per_week": week.days,
                "walked": {"minutes": week.walked, "days": week.walked_days},
                "turn": str(week.turn),
            }
            for week in plan.weeks
        ],
    }


def _fact(page: Page, label: str, text: str) -> None:
    if page.plain:
        page.line(f"{label}: {text}")
    else:
        page.prose(text, bullet=f"{label:<{_LABEL}}", hang=_LABEL)


def _minutes(count: int) -> str:
    return f"{count} minute{'' if count == 1 else 's'}"


def _days(count: int) -> str:
    return f"{count} day{'' if count == 1 else 's'}"


def _days_done(done: int, days: int) -> str:
    """How far a week is. More days than planned are not counted aloud."""
    if done >= days:
        return "done for this week" if days == 1 else f"all {days} days done this week"
    return f"{done} of {_days(days)} done this week" if done else f"{_days(days)} this week"
