"""The walk that goes with the day."""

from dataclasses import replace

import shipped
from backmove.core.choices import Equipment
from backmove.core.days import days_after
from backmove.core.plan import Outing, Plan
from backmove.core.prescription import plan_session
from backmove.core.profile import Place
from backmove.core.record import Walk
from session_strategies import SEED, TODAY, Person, someone

CATALOG, PARAMETERS = shipped.library()


def walk(who: Person) -> tuple[Outing, ...]:
    found = plan_session(CATALOG, PARAMETERS, who.diary, who.standing, who.request, TODAY, SEED)
    assert isinstance(found, Plan)
    return found.outings


def said(who: Person) -> tuple[str, int, int]:
    (outing,) = walk(who)
    return outing.exercise.id, outing.minutes, outing.days_per_week


def test_walking_starts_at_ten_minutes_on_four_days() -> None:
    assert said(someone()) == ("walk-easy", 10, 4)


def test_it_starts_with_seventy_per_cent_of_what_is_comfortable() -> None:
    assert said(someone(walk_minutes=20)) == ("walk-steady", 14, 4)
    assert said(someone(walk_minutes=8)) == ("walk-easy", 5, 4)


def test_nothing_above_level_two_and_never_less_than_the_row_has() -> None:
    assert said(someone(walk_minutes=200)) == ("walk-steady", 20, 4)
    assert said(someone(walk_minutes=0)) == ("walk-easy", 3, 4)


def test_acute_and_red_days_have_the_easy_walk() -> None:
    assert said(someone(walk_minutes=60, onset=TODAY, sessions=0)) == ("walk-easy", 10, 4)
    assert said(someone(walk_minutes=60, pain=7)) == ("walk-easy", 10, 4)


def test_a_flare_up_halves_the_walk() -> None:
    assert said(someone(walk_minutes=20).asking(flare=True)) == ("walk-easy", 7, 4)


def test_a_person_who_sits_has_minutes_on_a_chair() -> None:
    assert said(someone(place=Place.CHAIR))[0] == "seated-march"
    assert said(someone().asking(place=Place.CHAIR))[0] == "seated-march"


def test_disliked_walks_are_left_out() -> None:
    assert walk(someone(dislikes=("aerobic",), sessions=0)) == ()


def test_days_of_this_week_count_as_done() -> None:
    def walked(*days: int) -> Person:
        who = someone(equipment=tuple(Equipment))
        walks = tuple(
            Walk(
                v=1,
                id=f"w{n}",
                at=f"{days_after(TODAY, n)}T09:00:00+01:00",
                day=days_after(TODAY, n),
                minutes=9,
            )
            for n in days
        )
        return replace(who, diary=replace(who.diary, walks=walks))

    (outing,) = walk(walked(-5, -2, -2, -1))
    assert (outing.done, outing.due) == (2, True)
    (outing,) = walk(replace(walked(), diary=replace(walked().diary, walks=())))
    assert (outing.done, outing.due) == (0, True)
