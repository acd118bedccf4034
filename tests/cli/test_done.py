"""``backmove done``: a session is reported in one line or two taps."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import pytest

from backmove.core.plain_words import banned_words
from backmove.core.record import Done, DoneRow, Exposure, GivenDose, GivenItem, Session
from fingers import Fingers
from given import clear_answers, row, session

if TYPE_CHECKING:
    from conftest import World

Stamp = Callable[..., Mapping[str, Any]]


@pytest.fixture
def today(world: "World", stamp: Stamp) -> "World":
    """A triage that opens, and a session given today and one yesterday."""

    def session(days: float, name: str) -> Session:
        return Session(
            **stamp(days=days, id=name),
            zone="green",
            stage="chronic",
            mode="normal",
            pain=3,
            variant=1,
            requested_min=20,
            effective_min=20,
            estimated_s=900,
            place="upright",
            items=tuple(GivenItem(i, "main", GivenDose("reps", (8,)), 60) for i in ("bird-dog", "bridge")),
        )

    world.write(
        clear_answers(
            stamp(days=-2),
            valid_until="2026-03-28",
            age=45,
        ),
        session(-1, "former000000"),
        session(0, "today0000000"),
    )
    return world


def report(world: "World") -> Done:
    last: Done = world.diary.dones[-1]
    return last


def test_a_plain_done_needs_nothing_more(today: "World") -> None:
    out = today.run("done").out
    assert out == (
        "Saved: session done today at 09:00.\nTo take it back: backmove undo\nNext session: Wednesday 4 March.\n"
    )
    done = report(today)
    assert (done.session, done.status, done.effort) == ("today0000000", "done", None)
    assert done.rows == (DoneRow("bird-dog"), DoneRow("bridge"))


def test_every_word_reaches_the_record(today: "World") -> None:
    today.run(
        *("done", "--partly", "--effort", "6", "--peak", "4", "--leg", "closer", "--soreness"),
        *(
            "--exercise",
            "bridge=4",
            "--exercise",
            "bird-dog=7",
            "--hurt",
            "bird-dog",
            "--easier-used",
            "bridge",
        ),
        *("--prediction", "8", "--found", "3", "--note", "kitchen [floor]"),
    )
    done = report(today)
    assert (done.status, done.effort, done.peak, done.leg, done.soreness) == ("partly", 6, 4, "closer", True)
    assert (done.prediction, done.found, done.note) == (8, 3, "kitchen [floor]")
    assert done.rows == (
        DoneRow("bird-dog", effort=7, hurt=True),
        DoneRow("bridge", status="easier", effort=4),
    )


def test_at_finds_the_session_of_that_day(today: "World") -> None:
    out = today.run("done", "--stopped", "time", "--skipped", "bridge", "--at", "yesterday 20:00").out
    assert out.startswith(
        "Saved: session stopped: no time, skipped: bridge, yesterday (Sunday 1 March) at 20:00."
    )
    done = report(today)
    assert (done.session, done.status, done.reason, done.day) == (
        "former000000",
        "stopped",
        "time",
        "2026-03-01",
    )


@pytest.mark.parametrize("at", [[], ["--at", "3 days ago"]])
def test_without_a_session_that_day_it_says_how(world: "World", at: list[str]) -> None:
    err = world.run("done", *at, expect=1).err
    assert "no session was given" in err
    assert "backmove session" in err
    assert world.run("done", *at, "--json", expect=1).error["code"] == "no-session"
    assert world.records == ()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--hurt", "bridg"), "Did you mean bridge?"),
        (("--skipped", "plank"), "It had: bird-dog, bridge."),
        (("--exercise", "bridge"), "ID=EFFORT"),
        (("--exercise", "bridge=12"), "outside 0 to 10"),
        (("--partly", "--stopped", "pain"), "choose one"),
        (("--stopped", "tired"), "Allowed: pain, leg, dizzy, unwell, time, other"),
        (("--leg", "left"), "Allowed: none, usual, closer, further, new"),
        (("--effort", "11"), "not in the range"),
        (("--at", "tomorrow"), "not a date or time"),
    ],
    ids=lambda a: " ".join(a),
)
def test_wrong_usage_writes_nothing(today: "World", args: tuple[str, ...], said: str) -> None:
    size = len(today.records)
    assert said in today.run("done", *args, expect=2).err
    assert len(today.records) == size


# --- two taps -------------------------------------------------------------------------------------------------


def test_two_taps_are_enough_and_enter_is_no_answer(today: "World") -> None:
    ran = today.run("done", tty=True, keys=Fingers("\n", "p\n", "\n", "e\n"))
    assert ran.out.count("Enter alone is not an answer") == 2
    assert (report(today).status, report(today).effort) == ("partly", 3)


@pytest.mark.parametrize(("tap", "effort"), [("e\n", 3), ("about right\n", 5), ("3\n", 8)])
def test_how_it_felt_is_an_effort(today: "World", tap: str, effort: int) -> None:
    today.run("done", tty=True, keys=Fingers("done\n", tap))
    assert (report(today).status, report(today).effort) == ("done", effort)


def test_who_stopped_is_asked_why(today: "World") -> None:
    today.run("done", tty=True, keys=Fingers("s\n", "time\n", "t\n"))
    assert (report(today).status, report(today).reason) == ("stopped", "time")


def test_who_stopped_for_the_leg_is_asked_about_the_leg(today: "World") -> None:
    today.run("done", tty=True, keys=Fingers("s\n", "leg\n", "t\n", "weak\n"))
    assert (report(today).reason, report(today).leg) == ("leg", "new")
    assert today.run("session", expect=5).out


def test_pain_further_down_the_leg_is_laid_at_one_row_or_none(today: "World") -> None:
    today.run("done", tty=True, keys=Fingers("s\n", "leg\n", "t\n", "further\n", "2\n"))
    assert report(today).leg == "further"
    assert [row.exercise for row in report(today).rows if row.hurt] == ["bridge"]
    today.run("done", tty=True, keys=Fingers("s\n", "leg\n", "t\n", "further\n", "3\n"))
    assert not report(today).rows


@pytest.mark.parametrize("strokes", [(), ("d\n",), ("d\n", "<ctrl-c>"), ("s\n", "<ctrl-d>")])
def test_the_end_of_input_saves_nothing(today: "World", strokes: tuple[str, ...]) -> None:
    size = len(today.records)
    today.run("done", tty=True, keys=Fingers(*strokes), expect=130)
    assert len(today.records) == size


def test_who_types_an_option_is_not_asked(today: "World") -> None:
    keys = Fingers("d\n")
    today.run("done", "--effort", "5", tty=True, keys=keys)
    assert keys.seen == 0


# --- afterwards -----------------------------------------------------------------------------------------------


def test_too_much_is_answered_with_one_line(today: "World") -> None:
    out = today.run("done", "--peak", "6").out
    assert "Ease off today; the next session will be lighter." in out
    assert "Next session:" in out


def test_a_new_sign_in_a_leg_locks_and_says_what_to_do(today: "World") -> None:
    out = today.run("done", "--leg", "new").out
    assert "A leg that is newly weak or numb comes first." in out
    assert "Get emergency help now: 112" in out
    assert "Next: backmove triage" in out
    assert "Next session:" not in out


def test_two_reports_of_one_session_both_stand(today: "World") -> None:
    today.run("done", "--peak", "7")
    today.run("done", "--peak", "2")
    merged = today.diary.done_of("today0000000")
    assert merged is not None
    assert merged.peak == 7


def test_json_has_the_entry_and_what_follows(today: "World") -> None:
    data = today.run("done", "--effort", "4", "--json").data
    assert (data["entry"]["kind"], data["entry"]["session"]) == ("done", "today0000000")
    assert data["notices"] == [{"code": "next", "text": "Next session: Wednesday 4 March."}]


def test_json_never_asks(today: "World") -> None:
    keys = Fingers("d\n")
    today.run("done", "--json", tty=True, keys=keys)
    assert keys.seen == 0


@pytest.mark.parametrize("width", ["40", "80", "120"])
def test_no_line_is_wider_than_the_screen_and_no_word_is_banned(today: "World", width: str) -> None:
    today.env["COLUMNS"] = width
    out = today.run("done", "--leg", "new", "--peak", "9", "--hurt", "bird-dog", "--soreness", tty=True).out
    assert max(map(len, out.splitlines())) <= int(width)
    assert banned_words(out) == []


# --- a feared row -------------------------------------------------------------------------------------------


def feared(world: "World", stamp: Stamp) -> None:
    """Today's session holds a row that is there because it is feared."""
    items = (row("bridge"), row("wall-hinge", rule="O4"))
    world.write(session(stamp, *items), Exposure(**stamp(), exercise="wall-hinge", prediction=8))


def test_after_a_feared_row_it_is_asked_how_bad_it_was(today: "World", stamp: Stamp) -> None:
    feared(today, stamp)
    result = today.run("done", tty=True, keys=Fingers("d\n", "r\n", "3\n"))
    assert (report(today).found, report(today).prediction) == (3, None)
    assert "You feared 8 and found 3." in result.out
    assert banned_words(result.out) == []


def test_it_can_be_skipped_and_other_sessions_do_not_ask(today: "World", stamp: Stamp) -> None:
    today.run("done", tty=True, keys=Fingers("d\n", "r\n"))
    feared(today, stamp)
    today.run("done", tty=True, keys=Fingers("d\n", "r\n", "s\n"))
    assert report(today).found is None


@pytest.mark.parametrize(
    ("said", "line"), [(("--found", "9"), False), (("--found", "2", "--prediction", "6"), True)]
)
def test_without_a_terminal_options_tell_it(
    today: "World", stamp: Stamp, said: tuple[str, ...], line: bool
) -> None:
    feared(today, stamp)
    notices = today.run("done", *said, "--json").data["notices"]
    assert [n["text"] for n in notices if n["code"] == "found"] == (
        ["You feared 6 and found 2. Good to know for the next time."] if line else []
    )


def test_with_leg_symptoms_the_leg_is_asked_about(today: "World", stamp: Stamp) -> None:
    today.run("profile", "set", "precautions", "leg-symptoms-settled")
    today.run("done", tty=True, keys=Fingers("d\n", "r\n", "closer\n"))
    assert report(today).leg == "closer"
