"""How much walking a day asks for, and what is said after a walk."""

import pytest
from msgspec.structs import replace

from backmove.core.clearance import Standing
from backmove.core.days import days_after
from backmove.core.notice import Notice
from backmove.core.parameters import Parameters
from backmove.core.plain_words import banned_words, grade
from backmove.core.plan import Pace
from backmove.core.reason import Reason
from backmove.core.record import Profile
from backmove.core.walking_today import SORE_LEG, DaysWalk, after_walk, eased, pace_today, walk_today
from walking_strategies import FIRST, PARAMETERS, Walker

OPEN = Standing(disposition="SELF_CARE")


def on(one: Walker, day: int, held: Standing = OPEN, parameters: Parameters = PARAMETERS) -> DaysWalk | None:
    return walk_today(one.diary_on(day), held, days_after(FIRST, day), parameters)


def minutes(one: Walker, day: int, held: Standing = OPEN) -> tuple[int, bool]:
    walk = on(one, day, held)
    assert walk is not None
    return walk.minutes, walk.relief


def steady() -> Walker:
    """At 30 minutes on 5 days, from the third week on."""
    one = Walker().comfortable(300).triage(0)
    return one.week(0, *[30] * 5).week(1, *[30] * 5)


def test_there_is_no_walk_before_the_first_session() -> None:
    assert on(Walker().triage(0), 0) is None


@pytest.mark.parametrize(
    ("disposition", "named"),
    [
        ("EMERGENCY", False),
        ("SAME_DAY", False),
        ("CLINICIAN_FIRST", True),
        ("CAREFUL", True),
        ("INCOMPLETE", True),
    ],
)
def test_nobody_is_sent_for_a_walk_with_an_emergency_or_a_sign_of_the_day(
    disposition: str, named: bool
) -> None:
    assert (on(steady(), 14, Standing(disposition=disposition)) is not None) is named


@pytest.mark.parametrize(
    ("code", "named"),
    [("new-red-flag", False), ("pain-too-high", False), ("triage-stale", True), ("leg-further", True)],
)
def test_nor_while_something_new_waits_for_the_questions(code: str, named: bool) -> None:
    assert (on(steady(), 14, replace(OPEN, reasons=(Reason(code, ""),))) is not None) is named


def test_an_ordinary_day_has_the_plan() -> None:
    walk = on(steady().walk(12, 14, 14), 14)
    assert walk is not None and walk.plan is not None
    assert (walk.minutes, walk.days, walk.done, walk.today, walk.due) == (30, 5, 1, 24, True)


def test_the_walk_is_due_until_the_days_are_done() -> None:
    one = steady().walk(30, 14, 15, 16, 17, 18)
    assert [w.due for day in (17, 18, 20, 21) if (w := on(one, day))] == [True, False, False, True]


def test_sore_days_and_care_have_less() -> None:
    assert minutes(steady().pain(2, 14), 14) == (30, False)
    assert minutes(steady().pain(4, 14), 14) == (20, False)
    assert minutes(steady().pain(6, 14), 14) == (10, False)
    assert minutes(steady(), 14, replace(OPEN, careful=True)) == (20, False)
    assert minutes(steady(), 14, replace(OPEN, gentle=True)) == (10, False)
    assert minutes(steady().session(14, zone="amber"), 14) == (20, False)
    assert minutes(steady().session(14).pain(6, 14), 14) == (10, False)


def test_a_flare_up_halves_it() -> None:
    assert minutes(steady().flare(14), 14) == (15, True)
    assert minutes(steady().session(14, zone="red", mode="flare"), 14)[1] is True
    assert minutes(steady().flare(13).flare(14, on=False), 15) == (30, False)


def test_the_first_weeks_have_an_easy_walk_and_no_plan() -> None:
    one = Walker().comfortable(60).triage(0, onset=FIRST).session(0, 2, stage="acute")
    walk = on(one, 3)
    assert walk is not None and (walk.minutes, walk.days, walk.plan) == (10, 4, None)
    again = steady().triage(14, onset=days_after(FIRST, 13)).session(14, stage="acute")
    walk = on(again, 14)
    assert walk is not None and (walk.minutes, walk.days, walk.plan) == (10, 4, None)


def test_a_person_who_sits_is_not_sent_for_a_walk() -> None:
    walk = on(steady().add(Profile, 13, 9, set={"place": "chair"}), 14)
    assert walk is not None and walk.seated


def test_half_a_walk_is_never_less_than_the_shortest() -> None:
    figures = PARAMETERS.walk
    assert [eased(n, 3, relief=True, walk=figures) for n in (3, 5, 6, 7, 30)] == [3, 3, 3, 3, 15]
    assert [eased(30, level, relief=False, walk=figures) for level in (1, 2, 3, 5)] == [10, 20, 30, 30]
    assert eased(5, 1, relief=False, walk=figures) == 5


def test_more_than_easy_is_offered_only_on_an_ordinary_day() -> None:
    def offered(one: Walker, held: Standing = OPEN) -> Pace:
        return pace_today(on(one, 14, held), held, PARAMETERS.walk)

    assert offered(steady()) is Pace.BRISK
    assert offered(steady().pain(4, 14)) is Pace.TALK
    assert offered(steady(), replace(OPEN, careful=True)) is Pace.TALK
    assert offered(steady().walk(1, 14, limb=3)) is Pace.TALK
    assert offered(steady().flare(14)) is Pace.TALK
    assert pace_today(None, OPEN, PARAMETERS.walk) is Pace.TALK


# --- after a walk -------------------------------------------------------------------------------------------------


def told(one: Walker, day: int, held: Standing = OPEN) -> list[Notice]:
    diary = one.diary_on(day)
    return list(after_walk(diary.entries[-1:], diary, held, days_after(FIRST, day), PARAMETERS))


def test_after_a_walk_one_line_says_where_the_week_stands() -> None:
    assert told(steady().walk(30, 14), 14) == [
        Notice("walk-week", "This week: 30 of 150 min walked, 1 of 5 days.")
    ]
    full = steady().walk(40, 14, 15, 16, 17)
    assert told(full, 17)[0].text.endswith("160 of 150 min walked, 4 of 5 days. This week's walking is done.")


def test_a_walk_of_another_week_says_nothing_and_no_plan_neither() -> None:
    assert told(steady().walk(30, 13), 14) == []
    assert told(Walker().walk(30, 14), 14) == []
    assert told(steady().pain(3, 14), 14) == []


def test_a_sore_leg_is_answered_with_shoes_ground_and_something_else() -> None:
    assert Notice("sore-leg", SORE_LEG) in told(steady().walk(30, 14, limb=3), 14)
    assert told(steady().pain(3, 14, limb=3), 14) == [Notice("sore-leg", SORE_LEG)]
    assert len(told(steady().walk(30, 14, limb=2), 14)) == 1
    assert grade(SORE_LEG) <= 6 and banned_words(SORE_LEG) == []


def test_a_lock_comes_first() -> None:
    assert told(steady().walk(30, 14, limb=3), 14, Standing(disposition="EMERGENCY")) == []
