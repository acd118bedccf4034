"""What the numbers mean that count days and weeks: recovery, walking, days away, the look back, cards."""

from typing import Any, Final

import msgspec
from msgspec.structs import replace

from backmove.core.card import Occasion, card_of
from backmove.core.checkin import flags_due, is_due
from backmove.core.checkin_news import notices_of
from backmove.core.days import days_after
from backmove.core.diary import Diary
from backmove.core.exercise import Stage
from backmove.core.maintenance import recovered_on
from backmove.core.missed import Gap, gap_of
from backmove.core.parameters import Parameters
from backmove.core.placement import usual_start
from backmove.core.plan import Pace
from backmove.core.profile import Job, Profile
from backmove.core.record import Checkin, Pain
from backmove.core.walking_plan import WalkPlan
from backmove.core.walking_today import EASY, STEADY, WHOLE, eased, pace_of
from backmove.core.walking_weeks import after_gap, fallen, risen, walking_plan
from backmove.core.zone import Zone
from backmove.store.checkin_file import load_checkin
from meaning import CATALOG, about, looked_back, said
from session_strategies import TODAY, someone
from walking_strategies import FIRST, Walker

QUESTIONS: Final = load_checkin()


# --- recovery --------------------------------------------------------------------------------------------------


def recovered(p: Parameters, *words: Pain | Checkin) -> list[int]:
    """The days from 20 to 45 on which somebody with these words about pain has recovered."""
    pains = tuple(word for word in words if isinstance(word, Pain))
    diary = Diary(pains=pains, checkins=tuple(word for word in words if isinstance(word, Checkin)))
    return [day for day in range(20, 46) if recovered_on(diary, days_after(TODAY, day), p) is not None]


@about("stage.recovered_days", "stage.recovered_pain_max", "stage.recovered_gap_max")
def recovered_is_28_days_at_1_or_less_with_a_word_every_week(p: Parameters) -> None:
    assert recovered(p, *(said(day, 1) for day in range(0, 42, 7))) == list(range(28, 43))
    assert recovered(p, *(said(day, 2) for day in range(0, 42, 7))) == []
    assert recovered(p, *(said(day, 1) for day in (0, 7, 14, 22, 29, 36))) == []
    assert recovered(p, said(0, 2), *(said(day, 0) for day in range(7, 42, 7))) == list(range(35, 43))


@about("checkin.poor")
def an_own_activity_at_3_of_10_is_a_limit_and_at_4_it_is_none(p: Parameters) -> None:
    good = [said(day, 1) for day in range(0, 42, 7)]
    assert 28 not in recovered(p, *good, looked_back(5, activities={"garden": 3}))
    assert 28 in recovered(p, *good, looked_back(5, activities={"garden": 4}))
    assert 28 not in recovered(p, *good, looked_back(5, activity=7))
    assert 28 in recovered(p, *good, looked_back(5, activity=6))


# --- walking ---------------------------------------------------------------------------------------------------


def plan_after(p: Parameters, walker: Walker, day: int) -> WalkPlan:
    plan = walking_plan(walker.diary_on(day), days_after(FIRST, day), p)
    assert plan is not None
    return plan


def after_a_week(p: Parameters, *walks: int, comfortable: int | None = None) -> tuple[int, int]:
    """Minutes and days after a first week with such walks."""
    walker = Walker().triage(0)
    if comfortable is not None:
        walker.comfortable(comfortable)
    walker.session(0, 2, 4)
    for day, minutes in enumerate(walks):
        walker.walk(minutes, day)
    plan = plan_after(p, walker, 7)
    return plan.minutes, plan.days


@about("walk.start", "walk.start_share", "walk.most", "walk.easy_least", "walk.days")
def walking_starts_at_10_minutes_on_4_days_or_at_70_per_cent_of_what_is_comfortable(p: Parameters) -> None:
    assert usual_start(None, p.walk) == 10
    assert [usual_start(minutes, p.walk) for minutes in (27, 30)] == [18, 21]
    assert usual_start(60, p.walk) == 30
    assert usual_start(2, p.walk) == 3
    plan = plan_after(p, Walker().triage(0).session(0), 0)
    assert (plan.minutes, plan.days, plan.goal) == (10, 4, (30, 5))


@about("walk.baseline")
def the_last_three_walks_before_the_plan_are_its_measure(p: Parameters) -> None:
    walker = Walker().triage(0)
    for day, minutes in enumerate((40, 40, 20, 20, 20)):
        walker.walk(minutes, day)
    assert plan_after(p, walker.session(6), 6).minutes == 14
    walker = Walker().triage(0)
    for day, minutes in enumerate((35, 20, 20)):
        walker.walk(minutes, day)
    assert plan_after(p, walker.session(6), 6).minutes == 17


@about("walk.enough", "walk.half", "walk.step_share", "walk.back_share")
def four_fifths_of_a_week_are_enough_and_less_than_half_goes_down(p: Parameters) -> None:
    assert after_a_week(p, 8, 8, 8, 8) == (12, 4)
    assert after_a_week(p, 8, 8, 8, 7) == (10, 4)
    assert after_a_week(p, 24, 24, 24, 24, comfortable=43) == (30, 5)
    assert after_a_week(p, 24, 24, 24, 23, comfortable=43) == (30, 4)
    assert after_a_week(p, 30, 30, comfortable=43) == (30, 4)
    assert after_a_week(p, 30, 29, comfortable=43) == (24, 4)


@about("walk.step_share", "walk.step_least", "walk.step_most", "walk.more_days_from", "walk.goal_days")
def a_good_week_adds_15_per_cent_at_least_1_and_at_most_5_minutes(p: Parameters) -> None:
    assert [risen(minutes, 4, p.walk)[0] for minutes in (3, 10, 14, 22, 29)] == [4, 12, 16, 25, 30]
    assert risen(12, 4, p.walk) == (14, 4)
    assert risen(13, 4, p.walk) == (15, 5)
    an_hour = replace(p.walk, most=replace(p.walk.most, value=60))
    assert risen(40, 5, an_hour) == (45, 5)


@about("walk.back_share", "walk.easy_least")
def a_week_that_was_too_much_takes_20_per_cent_but_leaves_3_minutes(p: Parameters) -> None:
    assert [fallen(minutes, minutes, p.walk) for minutes in (13, 14, 22)] == [10, 11, 18]
    assert fallen(3, 3, p.walk) == 3
    assert fallen(4, 4, p.walk) == 3


@about("walk.flare_share", "walk.easy_least", "walk.easy_most", "walk.steady_most")
def a_flare_up_halves_the_walk_and_lighter_days_make_it_shorter(p: Parameters) -> None:
    assert [eased(minutes, EASY, relief=True, walk=p.walk) for minutes in (4, 20, 51)] == [3, 10, 25]
    assert eased(25, EASY, relief=False, walk=p.walk) == 10
    assert eased(25, STEADY, relief=False, walk=p.walk) == 20
    assert eased(25, WHOLE, relief=False, walk=p.walk) == 25


@about("walk.limb", "walk.goal_weeks", "walk.goal_days", "walk.most")
def brisk_parts_are_offered_after_two_weeks_of_half_an_hour_on_five_days_without_a_sore_leg(
    p: Parameters,
) -> None:
    walker = Walker().triage(0).comfortable(43)
    for week in range(6):
        walker.week(week, 30, 30, 30, 30, 30)
    paces = [pace_of(plan_after(p, walker, 7 * week), p.walk) for week in range(1, 6)]
    assert paces == [Pace.TALK, Pace.BRISK, Pace.BRISK, Pace.HILLS, Pace.HILLS]
    assert plan_after(p, walker.pain(1, 20, limb=2), 21).goal_met_weeks == 3
    assert plan_after(p, walker.pain(1, 20, limb=3), 21).goal_met_weeks == 0
    short = Walker().triage(0).comfortable(43).week(0, 30, 30, 30, 30, 29)
    assert plan_after(p, short, 7).goal_met_weeks == 0


# --- days away -------------------------------------------------------------------------------------------------


@about("gap.hold", "gap.rung", "gap.step", "gap.restart")
def four_days_hold_eight_take_a_rung_fifteen_a_step_and_29_start_anew(p: Parameters) -> None:
    begins = {gap: min(day for day in range(60) if gap_of(day, p.gap) is gap) for gap in Gap}
    assert begins == {Gap.NONE: 0, Gap.HOLD: 4, Gap.RUNG: 8, Gap.STEP: 15, Gap.RESTART: 29}


@about("gap.walk_rung", "gap.walk_step", "gap.walk_restart", "gap.walk_least")
def days_away_take_10_per_cent_of_the_walk_then_30_then_half_but_leave_5_minutes(p: Parameters) -> None:
    assert [after_gap(minutes, 10, p.gap) for minutes in (14, 16, 20)] == [13, 14, 18]
    assert [after_gap(minutes, 20, p.gap) for minutes in (20, 23)] == [14, 17]
    assert [after_gap(minutes, 40, p.gap) for minutes in (8, 20, 21, 50)] == [5, 10, 11, 25]
    assert after_gap(4, 40, p.gap) == 4


# --- the look back ---------------------------------------------------------------------------------------------


@about("checkin.poor_items", "checkin.poor")
def three_poor_answers_are_a_reason_to_see_somebody(p: Parameters) -> None:
    def advised(**words: int) -> bool:
        found = notices_of(looked_back(0, **words), QUESTIONS, p.checkin, number=str, support=str)
        return "see-physio" in [notice.code for notice in found]

    assert advised(sleep=3, fear=7, tension=7)
    assert not advised(sleep=4, fear=7, tension=7)
    assert not advised(sleep=3, fear=7)


@about("checkin.every", "checkin.flags_every")
def a_look_back_comes_every_7_days_and_asks_more_every_28(p: Parameters) -> None:
    diary = Diary(checkins=(looked_back(0, fear=2, pain=2),))
    assert min(day for day in range(60) if is_due(diary, days_after(TODAY, day), p.checkin)) == 7
    assert min(day for day in range(60) if flags_due(diary, days_after(TODAY, day), p.checkin)) == 28


# --- cards -----------------------------------------------------------------------------------------------------


PLAIN: Final = Occasion(
    today=TODAY,
    pain=1,
    zone=Zone.GREEN,
    stage=Stage.CHRONIC,
    episode_start=None,
    flare_since=None,
    sessions=0,
    poor_nights=False,
    main_chains=frozenset(),
    exposure=False,
    walks=False,
    runs=False,
)
"""A day that asks for no card."""


@about("cards.sequence")
def to_begin_with_the_cards_come_from_1_to_14(p: Parameters) -> None:
    seen = [24]
    for _ in range(14):
        card = card_of(CATALOG.cards, shown_yesterday(*seen), PLAIN, p)
        assert card is not None
        seen.append(card)
    assert seen[1:] == list(range(1, 15))


def shown_yesterday(*cards: int) -> Diary:
    """A diary with a session for each of these cards, all of yesterday."""
    given = someone(sessions=1).diary.sessions[0]
    day = days_after(TODAY, -1)
    sessions = [
        msgspec.structs.replace(given, id=f"s{card}", day=day, at=f"{day}T09:00:00+01:00", card=card)
        for card in cards
    ]
    return Diary(sessions=tuple(sessions), entries=tuple(sessions))


@about("cards.taste", "cards.tastes", "cards.lifting", "cards.lifting_chains", "cards.posture")
def what_somebody_likes_does_or_lifts_brings_its_card(p: Parameters) -> None:
    for taste in ("yoga", "pilates", "tai-chi", "water", "mind-body"):
        assert card_of(CATALOG.cards, liking(likes=(taste,)), PLAIN, p) == 24
    assert card_of(CATALOG.cards, liking(job=Job.SITTING), PLAIN, p) == 8
    assert card_of(CATALOG.cards, liking(), replace(PLAIN, main_chains=frozenset({"hinge"})), p) == 9


def liking(**profile: Any) -> Diary:
    return replace(shown_yesterday(23), profile=Profile(**profile))


@about(
    "cards.staying_well",
    "cards.outlook",
    "cards.hurt",
    "cards.heat",
    "cards.sleep",
    "cards.running",
    "cards.scans",
)
def a_day_brings_its_card(p: Parameters) -> None:
    assert card_on(p) == 1
    assert card_on(p, stage=Stage.MAINTENANCE) == 18
    assert card_on(p, stage=Stage.ACUTE) == 1
    assert card_on(p, zone=Zone.AMBER) == 3
    assert card_on(p, zone=Zone.RED) == 14
    assert card_on(p, poor_nights=True) == 11
    assert card_on(p, runs=True) == 19
    first = someone(sessions=1).diary.triages[0]
    assessed = msgspec.structs.replace(first, assessed=True)
    assert card_of(CATALOG.cards, replace(shown_yesterday(24), triages=(assessed,)), PLAIN, p) == 20


def card_on(p: Parameters, **day: Any) -> int | None:
    """The card of an ordinary day, but for this, after one session."""
    return card_of(CATALOG.cards, shown_yesterday(24), replace(PLAIN, **day), p)
