"""Simulated people: small campaigns in every run, a thousand people for half a year in the long one."""

import sys
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "bench"))

from backmove.core.plan import Block, Plan, PlannedItem  # noqa: E402
from backmove.core.record import GivenDose  # noqa: E402
from backmove.core.reporting import Report  # noqa: E402
from backmove.core.zone import Zone  # noqa: E402
from campaign import size  # noqa: E402
from cohort.answering import daily  # noqa: E402
from cohort.body import Body  # noqa: E402
from cohort.life import Life, live  # noqa: E402
from cohort.limits import Moment, faults  # noqa: E402
from cohort.models import PEOPLE, models  # noqa: E402
from cohort.notebook import shelf  # noqa: E402
from cohort.report import goals, markdown  # noqa: E402
from cohort.run import campaign, crowd  # noqa: E402
from cohort.watch import Watch  # noqa: E402

KNOWN = {model.name: model for model in models(shelf().catalog.precautions)}


def test_there_is_a_model_for_every_precaution() -> None:
    assert {f"tag:{tag}" for tag in shelf().catalog.precautions} <= set(KNOWN)


def test_the_same_seed_gives_the_same_life() -> None:
    assert live(PEOPLE[0], 3, 4) == live(PEOPLE[0], 3, 4)
    assert live(PEOPLE[0], 3, 4) != live(PEOPLE[0], 4, 4)


def test_nobody_of_any_model_breaks_a_rule_in_three_weeks() -> None:
    people = campaign(crowd(len(KNOWN)), 3, 100, 1)
    assert not [words for one in people for words in one.breaks]


def test_the_page_names_its_command_and_every_model() -> None:
    people = campaign(crowd(4), 2, 1, 1)
    page = markdown(people, KNOWN, 2, "python bench/cohort --people 4")
    assert "python bench/cohort --people 4" in page
    assert all(f"**{one.model}**" in page for one in people)


# --- the watch sees what it should see ----------------------------------------------------------------------


def a_session() -> tuple[Plan, Moment, Life]:
    """A green session on the floor, of somebody whose rules are known."""
    life = Life(KNOWN["the-plan"], 5, 1)
    life.book.hour = 12.0
    life._answers(0)
    plan = life.book.session(daily(life.body, 0))
    assert isinstance(plan, Plan) and plan.zone == "green"
    return plan, Moment(life.book.diary.profile, life.book.standing(), life.age, 720, 0, 0), life


def with_first_main(plan: Plan, change: Callable[[PlannedItem], PlannedItem]) -> Plan:
    counted = [i.block is Block.MAIN and i.exercise.dose.kind in ("reps", "holds") for i in plan.items]
    place = counted.index(True)
    items = (*plan.items[:place], change(plan.items[place]), *plan.items[place + 1 :])
    return replace(plan, items=items)


def test_a_whole_session_has_no_fault() -> None:
    plan, moment, _ = a_session()
    assert not [*faults(plan, moment)]


@pytest.mark.parametrize(
    ("word", "spoil"),
    [
        ("I1", lambda p: replace(p, items=p.items[:1])),
        ("I4", lambda p: replace(p, place="chair")),
        ("I6", lambda p: replace(p, zone=Zone.RED)),
        ("I12", lambda p: replace(p, estimated_s=p.estimated_s + 1)),
        ("B1", lambda p: replace(p, effective=45, requested=60)),
        ("I17", lambda p: replace(p, items=(*p.items, p.items[-1]))),
        ("I28", lambda p: with_first_main(p, lambda i: replace(i, dose=GivenDose(kind="reps")))),
        (
            "I30",
            lambda p: with_first_main(p, lambda i: replace(i, dose=GivenDose(kind="reps", counts=(99,)))),
        ),
    ],
)
def test_a_spoilt_session_is_seen(word: str, spoil: Callable[[Plan], Plan]) -> None:
    plan, moment, _ = a_session()
    assert any(fault.startswith(word) for fault in faults(spoil(plan), moment))


def test_a_forbidden_feature_is_seen() -> None:
    plan, moment, _ = a_session()
    row = plan.block(Block.MAIN)[0].exercise
    for tag in shelf().catalog.precautions.values():
        held = replace(moment, standing=replace(moment.standing, tags=frozenset({tag.tag})))
        seen = any(f.startswith("I3") and f.endswith(row.id) for f in faults(plan, held))
        assert seen == tag.bars(row)


def watched(*changes: Callable[[PlannedItem], PlannedItem], days: int = 2, pain: int = 0) -> list[str]:
    """The same session some days later, with its first main row changed."""
    plan, _, life = a_session()
    watch = Watch(life.age, Body(life.model, Random(1), 60))
    diary, held = life.book.diary, life.book.standing()
    assert not watch.session(plan, diary, held, 0)
    watch.reported(life.book.done(Report(effort=4, peak=pain)), 0)
    for change in changes:
        plan = with_first_main(plan, change)
    return watch.session(plan, diary, held, days)


def test_the_same_again_is_no_fault() -> None:
    assert not watched()


def test_one_rung_up_is_no_fault_and_two_are() -> None:
    assert not watched(lambda i: replace(i, rung=1))
    assert any("I25" in fault for fault in watched(lambda i: replace(i, rung=2)))


def test_a_rung_up_after_too_much_or_after_missed_days_is_seen() -> None:
    assert any("I27" in fault for fault in watched(lambda i: replace(i, rung=1), pain=7))
    assert any("I27" in fault for fault in watched(lambda i: replace(i, rung=1), days=5))


def test_too_much_and_then_the_same_dose_is_seen() -> None:
    assert any("I28" in fault for fault in watched(pain=7))


# --- the campaign -------------------------------------------------------------------------------------------


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_thousand_people_for_half_a_year_break_no_rule_and_reach_the_goals() -> None:
    people = campaign(crowd(size(1000, 2 * len(KNOWN))), size(26, 16), 1, 2)
    assert not [words for one in people for words in one.breaks]
    assert not [goal for goal in goals(people, KNOWN) if not goal.met]
