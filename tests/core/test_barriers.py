"""What got in the way: when it is asked, once each, and the line that answers each word."""

from typing import Any, get_args

import msgspec
import pytest
from msgspec.structs import replace

import shipped
from backmove.core.barriers import IN_THE_WAY, answer_to, answered
from backmove.core.days import days_after
from backmove.core.plain_words import banned_words, grade
from backmove.core.plan import Plan
from backmove.core.prescription import plan_session
from backmove.core.record import Barrier, Done, Flare, Hurdle, Session
from backmove.store.now_and_then_file import load_now_and_then
from session_strategies import SEED, TODAY, Person, someone

CATALOG, PARAMETERS = shipped.library()
WORDS = get_args(Hurdle)


def stamp(back: int, name: str) -> dict[str, Any]:
    there = days_after(TODAY, -back)
    return {"v": 1, "id": f"{name}-{back}", "at": f"{there}T08:00:00+01:00", "day": there}


def plan(who: Person) -> Plan:
    found = plan_session(CATALOG, PARAMETERS, who.diary, who.standing, who.request, TODAY, SEED)
    assert isinstance(found, Plan)
    return found


def asks(who: Person) -> bool:
    return IN_THE_WAY in plan(who).notices


def back_after(days: int) -> Person:
    who = someone(pain=1)
    sessions = tuple(msgspec.structs.replace(s, day=days_after(s.day, 2 - days)) for s in who.diary.sessions)
    dones = tuple(msgspec.structs.replace(d, day=days_after(d.day, 2 - days)) for d in who.diary.dones)
    return replace(who, diary=replace(who.diary, sessions=sessions, dones=dones))


def given(who: Person, back: int, pain: int) -> Person:
    """The same person, to whom a session was given so many days ago."""
    last = who.diary.sessions[-1]
    shown: Session = msgspec.structs.replace(last, **stamp(back, "shown"), pain=pain)
    return replace(who, diary=replace(who.diary, sessions=(*who.diary.sessions, shown)))


def in_a_flare_up(day: int, pain: int) -> Person:
    """Usual pain 3; today is the n-th day of a flare-up; a relief session was done on its fifth."""
    who = someone(usual=3, pain=pain)
    kept = tuple(s for s in who.diary.sessions if s.day < days_after(TODAY, 1 - day))
    relief: Session = msgspec.structs.replace(kept[-1], **stamp(day - 5, "relief"), pain=6, zone="red")
    report = Done(**stamp(day - 5, "report"), session=relief.id)
    begun = Flare(**stamp(day - 1, "on"), on=True)
    diary = replace(who.diary, sessions=(*kept, relief), dones=(*who.diary.dones, report), flares=(begun,))
    return replace(who, diary=diary)


# --- when -----------------------------------------------------------------------------------------------------


def test_on_an_ordinary_day_nothing_is_asked() -> None:
    assert not asks(someone(pain=1))


def test_g3_it_is_asked_at_the_first_session_after_more_than_a_week() -> None:
    assert not asks(back_after(7))
    assert asks(back_after(8))
    assert asks(back_after(40))


def test_who_was_asked_and_did_not_do_the_session_is_not_asked_again() -> None:
    assert not asks(given(back_after(9), 1, 1))


def test_e6_it_is_asked_on_the_seventh_day_of_a_flare_up_while_pain_is_up() -> None:
    assert not asks(in_a_flare_up(6, 6))
    assert asks(in_a_flare_up(7, 6))
    assert asks(in_a_flare_up(7, 5))
    assert not asks(in_a_flare_up(7, 4))


def test_e6_it_is_asked_once_in_a_flare_up() -> None:
    assert asks(in_a_flare_up(9, 6))
    assert not asks(given(in_a_flare_up(9, 6), 1, 6))
    assert asks(given(in_a_flare_up(9, 6), 1, 4))
    assert asks(given(in_a_flare_up(9, 6), 4, 6))


def test_the_review_says_that_short_and_easy_counts() -> None:
    assert "flare-review" in [notice.code for notice in plan(in_a_flare_up(7, 6)).notices]
    assert "flare-review" not in [notice.code for notice in plan(in_a_flare_up(6, 6)).notices]


# --- the answer -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("word", WORDS)
def test_the_word_of_today_is_answered_and_nothing_is_asked(word: Hurdle) -> None:
    who = back_after(10)
    told = replace(who, diary=replace(who.diary, barriers=(Barrier(**stamp(0, "word"), word=word),)))
    assert answer_to(word) in plan(told).notices
    assert not asks(told)


def test_a_word_of_another_day_is_not_answered_again() -> None:
    who = back_after(10)
    told = replace(who, diary=replace(who.diary, barriers=(Barrier(**stamp(1, "word"), word="time"),)))
    assert asks(told)


def test_the_answer_stands_where_the_question_stood() -> None:
    asked = plan(back_after(10))
    place = asked.notices.index(IN_THE_WAY)
    assert answered(asked, "ill").notices[place] == answer_to("ill")
    assert answered(asked, None).notices == tuple(n for n in asked.notices if n != IN_THE_WAY)
    assert answered(asked, "time").items == asked.items


def test_no_answer_changes_the_plan() -> None:
    who = back_after(10)
    plans = [plan(who)]
    for word in WORDS:
        barriers = (Barrier(**stamp(0, "word"), word=word),)
        plans.append(plan(replace(who, diary=replace(who.diary, barriers=barriers))))
    assert all(replace(other, notices=()) == replace(plans[0], notices=()) for other in plans)


# --- the words ------------------------------------------------------------------------------------------------


def test_every_word_has_its_key_and_its_answer_and_one_choice_skips() -> None:
    question = load_now_and_then().barrier
    assert [choice.word for choice in question.choices] == [*WORDS, None]
    assert len({choice.key for choice in question.choices}) == len(WORDS) + 1
    assert len({answer_to(word).code for word in WORDS}) == len(WORDS)


def test_illness_with_fever_waits_for_a_day_without_it() -> None:
    assert "After a fever wait" in answer_to("ill").text


def test_the_words_are_plain_and_blame_nobody() -> None:
    file = load_now_and_then()
    asked = [
        file.barrier.ask,
        file.barrier.why,
        *(q.ask for q in file.flare_plan),
        *(q.why for q in file.flare_plan),
    ]
    texts = [*asked, IN_THE_WAY.text, *(answer_to(word).text for word in WORDS)]
    labels = [choice.label for choice in file.barrier.choices]
    assert [text for text in (*texts, *labels) if banned_words(text)] == []
    assert grade(" ".join(text if text[-1] in ".?" else f"{text}." for text in texts)) <= 6
