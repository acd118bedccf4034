"""Pain to zone, age of the spell to stage, and what counts as usual."""

from itertools import pairwise, product

import pytest
from msgspec.structs import replace

import shipped
from backmove.core.days import days_after
from backmove.core.diary import Diary
from backmove.core.exercise import Stage
from backmove.core.profile import Profile
from backmove.core.record import Pain
from backmove.core.zone import Zone, stage_of, usual_pain, zone_of
from session_strategies import TODAY, someone, triage

PARAMETERS = shipped.library()[1]
HARDER = {Zone.GREEN: 0, Zone.AMBER: 1, Zone.RED: 2}


def pains(*scores: tuple[int, int], before_session: bool = True) -> tuple[Pain, ...]:
    return tuple(
        Pain(
            v=1,
            id=f"{number:012d}",
            at=f"{days_after(TODAY, back)}T08:00:00+01:00",
            day=days_after(TODAY, back),
            score=score,
            before_session=before_session,
        )
        for number, (back, score) in enumerate(scores)
    )


@pytest.mark.parametrize(
    ("pain", "usual", "stage", "zone"),
    [
        (0, 0, "acute", "green"),
        (2, 0, "acute", "green"),
        (3, 3, "acute", "amber"),
        (3, 3, "subacute", "amber"),
        (3, 2, "chronic", "green"),
        (3, 1.5, "chronic", "amber"),
        (5, 5, "chronic", "green"),
        (5, 4, "maintenance", "green"),
        (4, 2, "chronic", "amber"),
        (6, 6, "chronic", "amber"),
        (6, 5, "acute", "amber"),
        (6, 4, "chronic", "red"),
        (6, 4.5, "chronic", "red"),
        (7, 7, "chronic", "red"),
        (8, 8, "chronic", "red"),
        (10, 10, "chronic", "red"),
    ],
)
def test_the_zone_follows_the_table(pain: int, usual: float, stage: str, zone: str) -> None:
    assert zone_of(pain, usual, Stage(stage), PARAMETERS.zone) == zone


def test_more_pain_never_gives_a_lighter_zone() -> None:
    for stage, usual in product((Stage.ACUTE, Stage.SUBACUTE, Stage.CHRONIC, Stage.MAINTENANCE), range(21)):
        zones = [HARDER[zone_of(pain, usual / 2, stage, PARAMETERS.zone)] for pain in range(11)]
        assert zones == sorted(zones)


def test_a_lower_usual_never_gives_a_lighter_zone() -> None:
    for stage, pain in product(Stage, range(11)):
        zones = [HARDER[zone_of(pain, usual / 2, stage, PARAMETERS.zone)] for usual in range(20, -1, -1)]
        assert zones == sorted(zones)


@pytest.mark.parametrize(
    ("days", "stage"),
    [(-3, "acute"), (0, "acute"), (41, "acute"), (42, "subacute"), (84, "subacute"), (85, "chronic")],
)
def test_the_stage_follows_the_age_of_the_spell(days: int, stage: str) -> None:
    diary = Diary(triages=(triage(days_after(TODAY, -days)),))
    assert stage_of(diary, TODAY, PARAMETERS) == stage


def test_an_unknown_beginning_counts_as_acute() -> None:
    assert stage_of(Diary(triages=(triage(None),)), TODAY, PARAMETERS) is Stage.ACUTE


def test_the_profile_tells_the_beginning_only_when_no_triage_does() -> None:
    profile = Profile(episode_start="2015-01-01")
    assert stage_of(Diary(profile=profile), TODAY, PARAMETERS) is Stage.CHRONIC
    assert stage_of(Diary(profile=profile, triages=(triage(TODAY),)), TODAY, PARAMETERS) is Stage.ACUTE


def test_four_weeks_of_hardly_any_pain_told_weekly_is_maintenance() -> None:
    diary = Diary(triages=(triage("2015-01-01"),), pains=pains(*((-7 * week, 1) for week in range(5, 0, -1))))
    assert stage_of(diary, TODAY, PARAMETERS) is Stage.MAINTENANCE


@pytest.mark.parametrize(
    "scores",
    [
        [(-27, 1), (-20, 1), (-13, 1), (-6, 1)],
        [(-28, 1), (-21, 2), (-14, 1), (-7, 1)],
        [(-28, 1), (-20, 1), (-14, 1), (-7, 1)],
        [(-35, 1), (-21, 1), (-14, 1), (-7, 1)],
        [(-28, 1), (-21, 1), (-14, 1), (-8, 1)],
    ],
)
def test_too_short_too_sore_or_too_seldom_told_is_still_chronic(scores: list[tuple[int, int]]) -> None:
    diary = Diary(triages=(triage("2015-01-01"),), pains=pains(*scores))
    assert stage_of(diary, TODAY, PARAMETERS) is Stage.CHRONIC


def test_usual_is_the_median_of_what_was_said_before_sessions() -> None:
    diary = Diary(
        triages=(triage(None, pain_usual=9),), pains=pains((-15, 9), (-9, 2), (-5, 3), (-1, 7), (0, 9))
    )
    assert usual_pain(diary, TODAY, PARAMETERS) == 3


def test_a_day_counts_once_with_its_highest_and_other_entries_do_not_count() -> None:
    before = pains((-9, 2), (-9, 6), (-5, 4))
    other = pains((-3, 0), (-2, 0), before_session=False)
    diary = Diary(triages=(triage(None, pain_usual=5),), pains=(*before, *other))
    assert usual_pain(diary, TODAY, PARAMETERS) == 5
    third = replace(diary, pains=(*diary.pains, *pains((-1, 4))))
    assert usual_pain(third, TODAY, PARAMETERS) == 4


def test_without_entries_the_lower_of_profile_and_triage_counts_and_else_nought() -> None:
    both = Diary(profile=Profile(usual_pain=6), triages=(triage(None, pain_usual=4),))
    assert usual_pain(both, TODAY, PARAMETERS) == 4
    assert usual_pain(Diary(profile=Profile(usual_pain=6)), TODAY, PARAMETERS) == 6
    assert usual_pain(Diary(), TODAY, PARAMETERS) == 0


def test_sessions_carry_their_pain_into_the_usual() -> None:
    assert usual_pain(someone(usual=5).diary, TODAY, PARAMETERS) == 5


def test_zones_are_ordered_in_the_file_as_in_the_head() -> None:
    assert all(HARDER[a] < HARDER[b] for a, b in pairwise(Zone))
