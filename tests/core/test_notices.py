"""The lines beside a session."""

import msgspec
import pytest
from msgspec.structs import replace

import shipped
from backmove.core.days import days_after
from backmove.core.notices import ALREADY_DONE, NO_OTHER, is_rest_day
from backmove.core.plain_words import banned_words, grade
from backmove.core.plan import Plan
from backmove.core.prescription import plan_session
from backmove.core.record import Done, Flare, Session
from session_strategies import SEED, TODAY, Person, people_of_all_kinds, someone, triage

CATALOG, PARAMETERS = shipped.library()


def plan(who: Person) -> Plan:
    found = plan_session(CATALOG, PARAMETERS, who.diary, who.standing, who.request, TODAY, SEED)
    assert isinstance(found, Plan)
    return found


def codes(who: Person) -> list[str]:
    return [notice.code for notice in plan(who).notices]


def text(who: Person, code: str) -> str:
    return next(notice.text for notice in plan(who).notices if notice.code == code)


def test_an_ordinary_session_has_no_lines() -> None:
    assert codes(someone(pain=1)) == []


def test_a_shorter_session_says_which_cap_cut_it() -> None:
    assert "first sessions" in text(someone(sessions=0, minutes=45), "shorter")
    assert "bit more pain" in text(someone(usual=1, pain=4, minutes=45), "shorter")
    assert "sore day" in text(someone(pain=7, minutes=45), "shorter")
    assert "first weeks" in text(someone(onset=TODAY, minutes=45), "shorter")


def test_a_session_that_ends_early_says_that_it_is_enough() -> None:
    assert "enough-for-today" in codes(someone(pain=4, usual=1, minutes=20))
    assert "enough-for-today" not in codes(someone(pain=1, minutes=20))


def test_a_date_to_book_by_is_told() -> None:
    who = someone(pain=1)
    held = replace(who, standing=replace(who.standing, book_by="2026-03-10", careful=True))
    assert "2026-03-10" in text(held, "book-by")
    assert "careful" in codes(held)


def test_what_is_left_out_is_told_by_its_reasons() -> None:
    said = text(someone(pain=1, tags=("osteoporosis", "glaucoma")), "left-out")
    assert CATALOG.precautions["osteoporosis"].label in said
    assert CATALOG.precautions["glaucoma"].label in said


def test_warmth_is_offered_on_sore_days_unless_a_precaution_bars_it() -> None:
    assert "heat" in codes(someone(pain=7))
    assert "heat" not in codes(someone(pain=7, tags=("reduced-sensation",)))
    assert "heat" not in codes(someone(pain=1))


@pytest.mark.parametrize(
    ("days", "first_pain", "pain", "told"),
    [
        (20, 6, 6, True),
        (20, 6, 5, True),
        (20, 6, 4, False),
        (13, 6, 6, False),
        (20, 2, 2, True),
        (20, 2, 1, False),
    ],
)
def test_two_acute_weeks_without_a_real_change_suggest_a_visit(
    days: int, first_pain: int, pain: int, told: bool
) -> None:
    start = days_after(TODAY, -days)
    first = triage(start, days=-days)
    begun = msgspec.structs.replace(first, pain_now=first_pain)
    who = someone(onset=start, pain=pain, usual=pain, sessions=0)
    assert ("see-physio" in codes(replace(who, diary=replace(who.diary, triages=(begun,))))) is told


def test_pain_on_most_days_at_six_weeks_suggests_a_visit() -> None:
    start = days_after(TODAY, -50)
    assert "see-physio" in codes(someone(onset=start, usual=4, pain=3))
    assert "see-physio" not in codes(someone(onset=start, usual=1, pain=1))
    assert "see-physio" not in codes(someone(onset="2015-01-01", usual=4, pain=3))


def test_a_flare_up_of_two_weeks_suggests_a_visit() -> None:
    def flare(*words: tuple[int, bool]) -> Person:
        who = someone(pain=6)
        sore = tuple(
            msgspec.structs.replace(s, pain=6) if s.day >= days_after(TODAY, -14) else s
            for s in who.diary.sessions
        )
        flares = tuple(
            Flare(
                v=1,
                id=f"f{n}",
                at=f"{days_after(TODAY, -n)}T08:00:00+01:00",
                day=days_after(TODAY, -n),
                on=on,
            )
            for n, on in words
        )
        return replace(who, diary=replace(who.diary, flares=flares, sessions=sore))

    assert "see-physio" in codes(flare((14, True)))
    assert "see-physio" in codes(flare((14, True), (3, True)))
    assert "see-physio" not in codes(flare((13, True)))
    assert "see-physio" not in codes(flare((14, True), (5, False), (3, True)))


def test_a_rest_day_is_told_and_a_session_given_all_the_same() -> None:
    who = someone(days_per_week=2, pain=1)  # one of the two days of this week is done
    late = replace(who, diary=replace(who.diary, sessions=_a_day_later(who), dones=_a_day_later_done(who)))
    assert "rest-day" not in codes(who)
    assert "rest-day" in codes(late)
    assert "rest-day" not in codes(late.asking(pain=7))


def _a_day_later(who: Person) -> tuple[Session, ...]:
    last = who.diary.sessions[-1]
    return (*who.diary.sessions, msgspec.structs.replace(last, id="extra", day=days_after(TODAY, -1)))


def _a_day_later_done(who: Person) -> tuple[Done, ...]:
    last = who.diary.dones[-1]
    return (
        *who.diary.dones,
        msgspec.structs.replace(last, id="more", session="extra", day=days_after(TODAY, -1)),
    )


def test_a_rest_day_follows_a_full_week_or_six_days_in_a_row() -> None:
    six = [days_after(TODAY, -n) for n in range(6, 0, -1)]
    assert is_rest_day(six, TODAY, 5, PARAMETERS)
    assert not is_rest_day(six[1:], TODAY, 5, PARAMETERS)
    assert is_rest_day(["2026-03-02", "2026-03-03"], TODAY, 2, PARAMETERS)
    assert not is_rest_day(["2026-02-27", "2026-03-03"], TODAY, 2, PARAMETERS)
    assert not is_rest_day(["2026-03-02", TODAY], TODAY, 2, PARAMETERS)


def test_no_line_blames_threatens_or_is_hard_to_read() -> None:
    said = {NO_OTHER.text, ALREADY_DONE.text}
    for who in people_of_all_kinds(200):
        found = plan_session(CATALOG, PARAMETERS, who.diary, who.standing, who.request, TODAY, SEED)
        if isinstance(found, Plan):
            said |= {notice.text for notice in found.notices if notice.code != "left-out"}
            said |= {item.why for item in found.items}
    assert len(said) > 20
    assert [line for line in said if banned_words(line)] == []
    assert grade(" ".join(line if line[-1] in ".?" else f"{line}." for line in sorted(said))) <= 6
