"""Several calls of ``session`` on one day."""

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.days import days_after
from backmove.core.notices import ALREADY_DONE
from backmove.core.plan import Block, Plan, Refused
from backmove.core.record import Done, Flare, Pain, Session
from backmove.core.same_day import Offer, before_first_session, joined, offer, recalled_items
from backmove.core.todays_session import session_now
from backmove.core.zone import Mode, Zone
from session_strategies import SEED, TODAY, Person, someone

CATALOG, PARAMETERS = shipped.library()


def now(who: Person) -> Plan:
    found = session_now(CATALOG, PARAMETERS, who.diary, who.standing, who.request, TODAY, SEED)
    assert isinstance(found, Plan), found
    return found


def writing(who: Person, *records: Session | Done | Pain | Flare) -> Person:
    """The person after these records were written."""
    diary = who.diary
    for record in records:
        diary = replace(diary, entries=(*diary.entries, record))
        if isinstance(record, Session):
            diary = replace(diary, sessions=(*diary.sessions, record))
        elif isinstance(record, Done):
            diary = replace(diary, dones=(*diary.dones, record))
        elif isinstance(record, Pain):
            diary = replace(diary, pains=(*diary.pains, record))
        else:
            diary = replace(diary, flares=(*diary.flares, record))
    return replace(who, diary=diary)


def given(plan: Plan, number: int, hour: int = 9) -> Session:
    return Session(
        v=1,
        id=f"today{number}",
        at=f"{TODAY}T{hour:02d}:00:00+01:00",
        day=TODAY,
        zone=str(plan.zone),
        stage=plan.stage,
        mode=str(plan.mode),
        pain=plan.pain,
        variant=plan.variant,
        requested_min=plan.requested,
        effective_min=plan.effective,
        estimated_s=plan.estimated_s,
        place=str(plan.place),
        items=tuple(item.given for item in plan.items),
        outings=tuple(outing.exercise.id for outing in plan.outings),
        card=plan.card,
    )


def done(number: int) -> Done:
    return Done(v=1, id=f"done{number}", at=f"{TODAY}T10:00:00+01:00", day=TODAY, session=f"today{number}")


def test_asking_again_gives_the_same_session_and_nothing_to_write() -> None:
    who = someone(pain=2)
    first = now(who)
    again = now(writing(who, given(first, 1)).asking(minute_of_day=20 * 60))
    assert again == first
    assert again.is_what_was_given(given(first, 1))


def test_what_came_after_the_first_session_does_not_change_the_plan() -> None:
    who = someone(pain=2)
    first = now(who)
    later = writing(who, given(first, 1), Pain(v=1, id="p", at=f"{TODAY}T09:30:00+01:00", day=TODAY, score=1))
    assert before_first_session(later.diary, TODAY).sessions == who.diary.sessions
    assert before_first_session(later.diary, TODAY).pains == ()
    assert before_first_session(who.diary, TODAY) is who.diary
    assert now(later) == first


def test_a_higher_pain_plans_again_and_a_lower_one_never_loosens() -> None:
    who = someone(usual=2, pain=2)
    green = now(who)
    after_green = writing(who, given(green, 1))
    red = now(after_green.asking(pain=7))
    after_red = writing(after_green, given(red, 2))
    assert (green.zone, red.zone) == (Zone.GREEN, Zone.RED)
    assert now(after_red.asking(pain=0)) == red


def test_gentle_stays_gentle_for_the_day() -> None:
    who = someone(pain=1)
    gentle = now(who.asking(gentle=True))
    assert now(writing(who, given(gentle, 1))).mode is Mode.GENTLE


def test_the_morning_rule_does_not_lapse_within_the_day() -> None:
    who = someone(pain=1, morning_rule=True)
    early = now(who.asking(minute_of_day=7 * 60))
    request = joined(
        who.asking(minute_of_day=15 * 60).request, writing(who, given(early, 1, hour=7)).diary, TODAY
    )
    assert request.minute_of_day == 7 * 60


def test_other_minutes_or_another_place_plan_again() -> None:
    who = someone(pain=2)
    after = writing(who, given(now(who), 1))
    assert now(after.asking(minutes=5)).effective == 5


def test_a_done_session_is_shown_as_it_was_with_a_notice() -> None:
    who = someone(pain=2)
    first = now(who)
    after = writing(who, given(first, 1), done(1))
    shown = now(after.asking(pain=6, minutes=60))
    assert shown.notices == (ALREADY_DONE,)
    assert replace(shown, notices=(), next_date=first.next_date) == replace(first, changes=())


def test_a_done_session_is_not_shown_while_something_holds_a_session_back() -> None:
    who = someone(pain=2)
    after = writing(who, given(now(who), 1), done(1))
    found = session_now(
        CATALOG, PARAMETERS, after.diary, after.standing, after.asking(pain=9).request, TODAY, SEED
    )
    assert isinstance(found, Refused)


@pytest.mark.parametrize("why", ["acute", "flare"])
def test_bad_days_have_up_to_three_short_ones_with_one_card(why: str) -> None:
    who = someone(onset=days_after(TODAY, -3), sessions=0, pain=4) if why == "acute" else someone(pain=3)
    if why == "flare":
        who = writing(who, Flare(v=1, id="f", at=f"{TODAY}T07:00:00+01:00", day=TODAY, on=True))
    plans = []
    for number in range(1, 4):
        plans.append(now(who))
        who = writing(who, given(plans[-1], number))
        assert now(who) == plans[-1]
        who = writing(who, done(number))
    first, second, third = plans
    assert first.mode is (Mode.NORMAL if why == "acute" else Mode.FLARE)
    assert (second.mode, second.zone, second.effective) == (Mode.RELIEF, Zone.RED, 10)
    assert third.mode is Mode.RELIEF
    assert {plan.card for plan in plans} == {first.card}
    assert now(who).notices == (ALREADY_DONE,)


@pytest.mark.parametrize(
    ("given_modes", "reported", "may_repeat", "expected"),
    [
        ([], 0, False, Offer.PLAN),
        (["normal"], 0, True, Offer.PLAN),
        (["normal"], 1, False, Offer.DONE),
        (["normal"], 1, True, Offer.RELIEF),
        (["normal", "relief"], 1, True, Offer.RELIEF),
        (["normal", "relief", "relief"], 3, True, Offer.DONE),
    ],
)
def test_what_a_call_offers(given_modes: list[str], reported: int, may_repeat: bool, expected: Offer) -> None:
    who = someone(pain=2)
    plan = now(who)
    for number, mode in enumerate(given_modes):
        who = writing(who, given(replace(plan, mode=Mode(mode)), number))
    who = writing(who, *(done(number) for number in range(reported)))
    assert offer(who.diary, TODAY, may_repeat=may_repeat, a_day=3) is expected


def test_yesterdays_session_is_not_todays() -> None:
    assert offer(someone().diary, TODAY, may_repeat=True, a_day=3) is Offer.PLAN


def test_a_recalled_session_has_its_rows_and_passes_over_those_that_are_gone() -> None:
    plan = now(someone(pain=2))
    session = given(plan, 1)
    assert recalled_items(session, CATALOG) == plan.items
    gone = plan.block(Block.MAIN)[0].exercise.id
    few = replace(CATALOG, exercises={k: v for k, v in CATALOG.exercises.items() if k != gone})
    assert [i.exercise.id for i in recalled_items(session, few)] == [
        i.exercise.id for i in plan.items if i.exercise.id != gone
    ]
