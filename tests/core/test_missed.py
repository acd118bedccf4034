"""Days without a session: how many, what they mean, and what is said (R-G)."""

import msgspec
import pytest
from msgspec.structs import replace

import shipped
from backmove.core.days import days_after
from backmove.core.missed import Gap, days_away, gap_of, welcome
from backmove.core.plain_words import banned_words, grade
from backmove.core.plan import Plan
from backmove.core.prescription import plan_session
from backmove.core.record import Session
from session_strategies import SEED, TODAY, Person, someone

CATALOG, PARAMETERS = shipped.library()


def back_after(days: int, **settings: object) -> Person:
    """The person of the worked examples, whose last session was so many days ago."""
    who = someone(**{"pain": 1, **settings})  # type: ignore[arg-type]
    earlier = 2 - days  # the last of the ten was two days ago
    sessions = tuple(msgspec.structs.replace(s, day=days_after(s.day, earlier)) for s in who.diary.sessions)
    dones = tuple(msgspec.structs.replace(d, day=days_after(d.day, earlier)) for d in who.diary.dones)
    return replace(who, diary=replace(who.diary, sessions=sessions, dones=dones))


def plan(who: Person) -> Plan:
    found = plan_session(CATALOG, PARAMETERS, who.diary, who.standing, who.request, TODAY, SEED)
    assert isinstance(found, Plan)
    return found


def said(who: Person, code: str = "welcome-back") -> list[str]:
    return [notice.text for notice in plan(who).notices if notice.code == code]


@pytest.mark.parametrize(
    ("days", "gap"),
    [
        (None, Gap.NONE),
        (0, Gap.NONE),
        (3, Gap.NONE),
        (4, Gap.HOLD),
        (7, Gap.HOLD),
        (8, Gap.RUNG),
        (14, Gap.RUNG),
        (15, Gap.STEP),
        (28, Gap.STEP),
        (29, Gap.RESTART),
        (400, Gap.RESTART),
    ],
)
def test_days_are_read_as_the_rule_says(days: int | None, gap: Gap) -> None:
    assert gap_of(days, PARAMETERS.gap) is gap


def test_days_count_from_the_last_session_done_or_partly_done() -> None:
    who = back_after(6)
    assert days_away(who.diary, TODAY) == 6
    last = msgspec.structs.replace(who.diary.dones[-1], status="stopped", reason="time")
    assert days_away(replace(who.diary, dones=(*who.diary.dones[:-1], last)), TODAY) == 9
    assert days_away(replace(who.diary, dones=(*who.diary.dones, last)), TODAY) == 9
    assert days_away(replace(who.diary, dones=who.diary.dones[:-1]), TODAY) == 9
    assert days_away(replace(who.diary, dones=()), TODAY) is None


@pytest.mark.parametrize("days", [8, 10, 20, 40])
def test_g2_the_first_session_after_more_than_a_week_is_short(days: int) -> None:
    first = plan(back_after(days, minutes=45))
    assert first.effective == 15
    assert "15 minutes are enough for a start" in " ".join(notice.text for notice in first.notices)
    assert plan(back_after(7, minutes=45)).effective == 45
    assert plan(back_after(days, minutes=10)).effective == 10


def test_no_gap_makes_a_sore_day_longer() -> None:
    assert plan(back_after(10, minutes=45, pain=7)).effective == 10


@pytest.mark.parametrize("days", [4, 7, 8, 15, 40])
def test_who_was_away_is_welcome_and_nothing_is_counted(days: int) -> None:
    (hello,) = said(back_after(days))
    assert hello.startswith("Good to see you again.")
    assert not any(sign.isdigit() for sign in hello)
    assert said(back_after(3)) == []


def test_on_a_light_day_the_welcome_promises_nothing() -> None:
    assert said(back_after(5, pain=7)) == ["Good to see you again."]


def test_two_days_a_week_are_no_absence() -> None:
    assert said(back_after(4, days_per_week=2)) == []
    assert said(back_after(5, days_per_week=2)) != []


def test_the_second_session_is_as_long_as_ever_and_has_no_welcome() -> None:
    who = back_after(20, minutes=45)
    yesterday = days_after(TODAY, -1)
    again: Session = msgspec.structs.replace(who.diary.sessions[-1], id="again", day=yesterday)
    report = msgspec.structs.replace(who.diary.dones[-1], id="report", session="again", day=yesterday)
    then = replace(who.diary, sessions=(*who.diary.sessions, again), dones=(*who.diary.dones, report))
    second = plan(replace(who, diary=then))
    assert second.effective == 45
    assert "welcome-back" not in [notice.code for notice in second.notices]


def test_the_words_are_plain_and_blame_nobody() -> None:
    texts = [notice.text for gap in Gap if (notice := welcome(gap, easy=False))]
    assert len(texts) == 4
    assert grade(" ".join(texts)) <= 6
    assert [text for text in texts if banned_words(text) or "miss" in text] == []
