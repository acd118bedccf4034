"""What kind of session comes next, in a few words."""

from typing import Any

import msgspec
from msgspec.structs import replace

import shipped
from backmove.core.days import days_after
from backmove.core.plain_words import banned_words
from backmove.core.record import Done, Flare, Pain, Session
from backmove.core.reminder import reminder
from session_strategies import TODAY, Person, someone

PARAMETERS = shipped.library()[1]
SAID: list[str] = []


def stamp(back: int, name: str) -> dict[str, Any]:
    there = days_after(TODAY, -back)
    return {"v": 1, "id": f"{name}-{back}", "at": f"{there}T08:00:00+01:00", "day": there}


def code(who: Person) -> str | None:
    found = reminder(who.diary, TODAY, PARAMETERS)
    if found is not None:
        SAID.append(found.text)
    return found.code if found else None


def flaring(*words: tuple[int, bool], today: int | None = None) -> Person:
    who = someone(usual=3)
    flares = tuple(Flare(**stamp(back, f"word{on}"), on=on) for back, on in words)
    pains = () if today is None else (Pain(**stamp(0, "pain"), score=today),)
    return replace(who, diary=replace(who.diary, flares=flares, pains=pains))


def done_today(who: Person, times: int) -> Person:
    last = who.diary.sessions[-1]
    given: list[Session] = [
        msgspec.structs.replace(last, **stamp(0, f"given{n}"), zone="red", mode="flare") for n in range(times)
    ]
    dones = [Done(**stamp(0, f"done{n}"), session=session.id) for n, session in enumerate(given)]
    diary = replace(who.diary, sessions=(*who.diary.sessions, *given), dones=(*who.diary.dones, *dones))
    return replace(who, diary=diary)


def away(days: int) -> Person:
    who = someone()
    dones = tuple(msgspec.structs.replace(d, day=days_after(d.day, 2 - days)) for d in who.diary.dones)
    sessions = tuple(msgspec.structs.replace(s, day=days_after(s.day, 2 - days)) for s in who.diary.sessions)
    return replace(who, diary=replace(who.diary, sessions=sessions, dones=dones))


def test_an_ordinary_day_needs_no_reminder() -> None:
    assert code(someone()) is None
    assert code(someone(sessions=0)) is None
    assert code(away(7)) is None


def test_a_flare_day_asks_for_a_short_relief_session_up_to_three() -> None:
    who = flaring((0, True))
    assert code(who) == "flare"
    assert code(done_today(who, 1)) == code(done_today(who, 2)) == "flare"
    assert code(done_today(who, 3)) is None


def test_until_todays_pain_is_known_a_flare_day_stays_one() -> None:
    assert code(flaring((3, True))) == "flare"
    assert code(flaring((3, True), today=5)) == "flare-easing"
    assert code(flaring((3, True), today=6)) == "flare"


def test_afterwards_a_session_begins_a_bit_lower() -> None:
    who = flaring((4, True), (1, False))
    assert code(who) == "flare-over"
    assert code(done_today(who, 1)) is None


def test_coming_back_is_a_shorter_session() -> None:
    assert code(away(8)) == code(away(60)) == "begin-again"


def test_no_reminder_counts_what_was_missed_or_blames() -> None:
    assert SAID
    assert [text for text in SAID if banned_words(text) or "miss" in text or "days" in text] == []
