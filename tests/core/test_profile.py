"""The profile: closed keys, closed values, and a refusal that says what is allowed."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backmove.core.choices import Equipment, Fear, Goal
from backmove.core.profile import KEYS, Job, Place, Profile, change, read_value
from backmove.errors import UsageProblem

TAGS = ("osteoporosis", "knee-problem")
IDS = ("bridge", "bird-dog")
REGIONS = ("uk", "eu")


def read(key: str, *values: str) -> object:
    return read_value(key, list(values), tags=TAGS, ids=IDS, regions=REGIONS)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("age_band 65-74", "65-74"),
        ("episode_start 2026-02-01", "2026-02-01"),
        ("episode_start 20260201", "2026-02-01"),
        ("usual_pain 0", 0),
        ("worst_pain 10", 10),
        ("place bed", "bed"),
        ("equipment chair,wall band", ["chair", "wall", "band"]),
        ("equipment none", []),
        ("equipment chair chair", ["chair"]),
        ("minutes 5", 5),
        ("minutes 60", 60),
        ("days_per_week 2", 2),
        ("precautions osteoporosis knee-problem", ["osteoporosis", "knee-problem"]),
        ("precautions none", []),
        ("goals " + str(next(iter(Goal))), [str(next(iter(Goal)))]),
        ("likes bridge yoga strength", ["bridge", "yoga", "strength"]),
        ("dislikes tai-chi", ["tai-chi"]),
        ("confidence 7", 7),
        ("feared " + str(next(iter(Fear))), str(next(iter(Fear)))),
        ("job lifting", "lifting"),
        ("region uk", "uk"),
        ("day_ends 4:30", "04:30"),
        ("gets_up 06:15", "06:15"),
        ("morning_rule yes", True),
        ("stand_no_hands no", False),
        ("one_leg_5s y", True),
        ("floor_and_up n", False),
        ("walk_minutes 25", 25),
        ("counter_plank_10s true", True),
    ],
)
def test_words_become_the_value_that_is_kept(typed: str, kept: object) -> None:
    key, *values = typed.split()
    assert read(key, *values) == kept


def test_activities_are_own_words_up_to_three() -> None:
    assert read("activities", "lift the shopping", "  ", "sit: at a desk") == [
        "lift the shopping",
        "sit: at a desk",
    ]
    assert read("activities", "lift the shopping; sit;", "walk") == ["lift the shopping", "sit", "walk"]
    for wrong in ((), ("",), (";",), ("a", "b", "c", "d"), ("a;b", "c;d")):
        with pytest.raises(UsageProblem, match="one to three"):
            read("activities", *wrong)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("plase floor", "Did you mean place? Allowed: age_band, episode_start"),
        ("place flor", "Did you mean floor? Allowed: floor, bed, upright, chair"),
        ("place floor bed", "exactly one value"),
        ("place", "exactly one value"),
        ("precautions ostoporosis", "Did you mean osteoporosis? Allowed: osteoporosis, knee-problem"),
        ("precautions none osteoporosis", "'none' is not known"),
        ("precautions", "at least one value, or none"),
        ("equipment sofa", "Allowed: wall, chair"),
        ("minutes 4", "outside 5 to 60"),
        ("minutes 61", "outside 5 to 60"),
        ("minutes ten", "not a whole number"),
        ("minutes 9999999999999999", "outside 5 to 60"),
        ("minutes ٢٠", "not a whole number"),
        ("days_per_week 6", "outside 2 to 5"),
        ("usual_pain -1", "outside 0 to 10"),
        ("usual_pain 4.5", "not a whole number"),
        ("day_ends 24:00", "not a time"),
        ("day_ends 3", "not a time"),
        ("day_ends 3:5", "not a time"),
        ("episode_start yesterday", "not a date"),
        ("region mars", "Allowed: uk, eu"),
        ("likes cartwheels", "'cartwheels' is not known"),
        ("morning_rule maybe", "Allowed: yes, no"),
        ("age_band 30", "Allowed: 18-39"),
        ("known x", "profile: 'known' is not known"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is_allowed(typed: str, said: str) -> None:
    key, *values = typed.split()
    with pytest.raises(UsageProblem) as refused:
        read(key, *values)
    assert said in refused.value.message


def test_every_key_of_the_profile_can_be_read() -> None:
    for key in KEYS:
        with pytest.raises(UsageProblem, match=f"^{key}: "):
            read(key)


def test_an_empty_profile_has_the_defaults_of_the_rulings() -> None:
    blank = Profile()
    assert (blank.place, blank.minutes, blank.days_per_week) == (Place.UPRIGHT, 20, 3)
    assert blank.equipment == (Equipment.CHAIR, Equipment.WALL)
    assert (blank.day_ends, blank.gets_up, blank.known) == ("03:00", "07:00", frozenset())


def test_set_is_known_and_unset_is_the_default_again() -> None:
    chosen = change(Profile(), {"place": "floor", "job": "mixed"})
    assert (chosen.place, chosen.job) == (Place.FLOOR, Job.MIXED)
    assert chosen.known == {"place", "job"}
    back = change(chosen, {}, ("place",))
    assert back.place is Place.UPRIGHT
    assert back.known == {"job"}


def test_an_empty_list_is_an_answer() -> None:
    assert change(Profile(), {"equipment": []}).equipment == ()


VALUES = st.sampled_from(
    [
        ("place", "floor"),
        ("equipment", "none"),
        ("equipment", "ball"),
        ("precautions", "osteoporosis"),
        ("minutes", "30"),
        ("day_ends", "02:00"),
        ("morning_rule", "no"),
        ("likes", "yoga"),
        ("activities", "walk the dog"),
        ("episode_start", "2026-01-01"),
    ]
)


@given(st.lists(VALUES, max_size=8))
def test_what_was_read_survives_the_journal(typed: list[tuple[str, str]]) -> None:
    profile = Profile()
    for key, word in typed:
        value = read(key, word)
        assert msgspec.json.decode(msgspec.json.encode(value)) == value
        profile = change(profile, {key: value})
    assert profile.known == {key for key, _ in typed}


@given(st.sampled_from(KEYS), st.lists(st.text(max_size=8), max_size=3))
def test_whatever_is_typed_is_a_value_or_a_refusal(key: str, words: list[str]) -> None:
    try:
        value = read(key, *words)
    except UsageProblem:
        return
    assert key in change(Profile(), {key: value}).known
