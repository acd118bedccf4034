"""The guide from the keyboard, with a clock of the test's own: what is pressed, what is shown, what is written down."""

import shutil
from collections.abc import Callable
from typing import Any

import pytest

from backmove.core.record import Check, Done, Guided, Session, Triage
from backmove.store.guide_file import read_kept
from conftest import World
from guided import CALM, Hands, opened


@pytest.fixture
def given(world: World) -> World:
    """Somebody whose session of today, five minutes long, is in the journal."""
    opened(world)
    world.run("session", "--minutes", "5", "--answers", "-", stdin=CALM)
    return world


def session(world: World) -> Session:
    found = world.diary.session_on("2026-03-02")
    assert found is not None
    return found


def guide(world: World, *strokes: str | float, expect: int = 0, plain: bool = False, **how: Any) -> str:
    args = ["session", "--minutes", "5", "--guide", *(["--plain"] if plain else [])]
    return world.run(*args, keys=Hands(*strokes, **how), tty=True, expect=expect).out


def through(world: World, go: str = " ") -> list[str | float]:
    """The keys of a whole session: "go on" at every row, then as long as it lasts and a little more."""
    strokes: list[str | float] = [2.0]
    for item in session(world).items:
        strokes += [go, float(item.seconds + 3)]
    return strokes


def written(world: World) -> tuple[list[Guided], list[Done]]:
    records = world.records
    return [r for r in records if isinstance(r, Guided)], [r for r in records if isinstance(r, Done)]


def statuses(done: Done) -> list[str]:
    return [row.status for row in done.rows]


# --- a whole session ----------------------------------------------------------------------------------------


def test_a_whole_session_is_written_row_by_row_and_then_reported(given: World) -> None:
    out = guide(given, *through(given), "d", "r")
    marks, (done,) = written(given)
    count = len(session(given).items)
    assert [len(mark.rows) for mark in marks] == list(range(1, count + 1))
    assert [mark.row for mark in marks] == list(range(1, count + 1))
    assert (done.status, done.effort, done.session) == ("done", 5, session(given).id)
    assert statuses(done) == ["completed"] * count
    assert "Saved: session done, effort 5" in out and "Next session:" in out


def test_the_line_by_line_run_leaves_the_same_records(given: World, tmp_path: Any) -> None:
    other = World(tmp_path / "other")
    other.folder.mkdir()
    shutil.copy(given.journal_file, other.journal_file)
    guide(given, *through(given), "p", "t")
    guide(other, *through(other, "1\n"), "2\n", "3\n", plain=True)

    def told(world: World) -> list[tuple[Any, ...]]:
        marks, dones = written(world)
        return [(m.row, m.seconds, m.rows, m.easier, m.hurt) for m in marks] + [
            (d.status, d.reason, d.effort, d.peak, d.leg, d.rows) for d in dones
        ]

    assert told(given) == told(other)
    assert [i.exercise for i in session(given).items] == [i.exercise for i in session(other).items]


def test_undo_takes_the_report_and_its_steps_back_together(given: World) -> None:
    guide(given, *through(given), "d", "r")
    given.run("undo")
    assert given.diary.dones == ()
    assert not [r for r in given.diary.entries if isinstance(r, Guided)]
    assert session(given)


def test_a_reported_session_is_not_offered_again(given: World) -> None:
    guide(given, *through(given), "d", "r")
    out = given.run("session", keys=Hands("\n"), tty=True).out
    assert "Start the guide?" not in out


# --- wishes -------------------------------------------------------------------------------------------------


def test_too_much_twice_leaves_the_row_out_and_says_that_it_hurt(given: World) -> None:
    first = session(given).items[0]
    guide(given, 2.0, " ", 12.0, "x", 3.0, " ", 6.0, "x", 3.0, "q", 2.0, "f", 3.0, "s", "p", "t")
    _, (done,) = written(given)
    assert done.status == "stopped" and done.reason == "pain" and done.effort == 8
    assert (done.rows[0].exercise, done.rows[0].status, done.rows[0].hurt) == (
        first.exercise,
        "skipped",
        True,
    )


def test_easier_is_written_as_easier(given: World) -> None:
    item = session(given).items[0]
    guide(
        given, 2.0, " ", 12.0, "e", 3.0, " ", float(item.seconds), "q", 2.0, "f", 3.0, "p", "r"
    )  # fmt: skip
    _, (done,) = written(given)
    assert statuses(done)[0] == "easier" and set(statuses(done)[1:]) == {"skipped"}


def test_more_can_be_said_before_the_second_key_decides(given: World) -> None:
    guide(given, 2.0, " ", 15.0, "q", 2.0, "f", 3.0, "p", "m", "4\n", "y", "u", "e")
    _, (done,) = written(given)
    assert (done.status, done.peak, done.soreness, done.leg, done.effort) == ("partly", 4, True, "usual", 3)


def test_later_keeps_the_place_and_the_next_session_goes_on_there_to_the_second(given: World) -> None:
    guide(given, 2.0, " ", 21.0, "q", 2.0, "l")
    marks, dones = written(given)
    assert dones == [] and marks[-1].row == 0 and marks[-1].seconds == pytest.approx(21.0, abs=0.3)
    out = given.run(
        "session", "--minutes", "5", "--plain", keys=Hands("1\n", 3.0, "7\n", 2.0, "2\n"), tty=True
    ).out
    assert "You were at 1 of" in out and "21 seconds in" in out
    again, _ = written(given)
    assert again[-1].seconds == pytest.approx(marks[-1].seconds, abs=0.2)


def test_nothing_begun_is_nothing_written(given: World) -> None:
    guide(given, 2.0, "q", 2.0, "f")
    assert written(given)[1] == []


@pytest.mark.parametrize("how", ["<ctrl-c>", "<ctrl-d>"])
def test_broken_off_is_no_answer_and_what_was_done_is_kept(given: World, how: str) -> None:
    seconds = float(session(given).items[0].seconds)
    guide(given, 2.0, " ", seconds + 1, " ", 14.0, how, expect=130)
    marks, dones = written(given)
    assert dones == []
    assert marks[-1].row == 1 and [r.status for r in marks[-1].rows] == ["completed"]
    assert marks[-1].seconds > 10


def test_the_end_of_input_at_the_questions_reports_nothing_and_they_come_again(given: World) -> None:
    guide(given, *through(given), "<ctrl-d>", expect=130)
    assert written(given)[1] == []
    out = given.run("session", "--minutes", "5", keys=Hands("d", "e"), tty=True).out
    assert "Saved: session done, effort 3" in out
    assert statuses(written(given)[1][0]) == ["completed"] * len(session(given).items)


# --- what is no answer --------------------------------------------------------------------------------------


def test_enter_and_junk_start_nothing(given: World) -> None:
    guide(given, "\n", "z", "ä", "<left>", "<up>", "\x7f", "\n", 3.0, "<ctrl-d>", expect=130)
    marks, dones = written(given)
    assert dones == [] and [m.rows for m in marks] in ([], [()])


def test_a_typed_word_is_one_key_at_most(given: World) -> None:
    guide(given, 2.0, " ", 12.0, "next", 3.0, "<ctrl-d>", expect=130)
    marks, _ = written(given)
    assert [row.status for row in marks[-1].rows] == ["skipped"], "n counted, e, x and t did not"
    assert not marks[-1].easier and not marks[-1].hurt


def test_something_pasted_counts_for_nothing(given: World) -> None:
    guide(given, 2.0, " ", 12.0, "nxeq", 3.0, "<ctrl-d>", gap=0.001, expect=130)
    marks, _ = written(given)
    assert marks[-1].rows == ()


def test_a_key_that_is_held_down_counts_once(given: World) -> None:
    guide(given, 2.0, " ", 12.0, "n" * 60, 3.0, "<ctrl-d>", gap=0.03, expect=130)
    marks, _ = written(given)
    assert len(marks[-1].rows) == 1


def test_a_key_that_repeats_after_a_while_counts_once(given: World) -> None:
    guide(given, 2.0, " ", 12.0, "n", 0.4, "n" * 40, 3.0, "<ctrl-d>", gap=0.05, expect=130)
    marks, _ = written(given)
    assert len(marks[-1].rows) == 1


def test_only_the_first_letter_of_a_word_counts(given: World) -> None:
    guide(given, 2.0, " ", 12.0, "be", 3.0, "<ctrl-d>", expect=130)
    marks, _ = written(given)
    assert not marks[-1].easier and not marks[-1].hurt


def test_a_key_typed_before_the_guide_began_starts_nothing(given: World) -> None:
    out = guide(given, 0.0, " ", 3.0, "<ctrl-d>", expect=130)
    assert "Get ready" not in out


def test_a_key_meant_for_a_row_that_just_ended_does_not_skip_the_next(given: World) -> None:
    seconds = float(session(given).items[0].seconds)
    guide(given, 2.0, " ", seconds + 0.2, "n", 3.0, "<ctrl-d>", expect=130)
    marks, _ = written(given)
    assert [row.status for row in marks[-1].rows] == ["completed"]


def test_a_number_begun_before_a_row_ended_does_not_skip_the_next(given: World) -> None:
    seconds = float(session(given).items[0].seconds)
    out = guide(given, 2.0, "1\n", seconds - 0.5, "2", 1.5, "\n", 3.0, "<ctrl-d>", plain=True, expect=130)
    marks, _ = written(given)
    assert [row.status for row in marks[-1].rows] == ["completed"]
    assert "just over" in out


def test_keys_pressed_too_early_do_not_answer_the_question_whether_to_stop(given: World) -> None:
    out = guide(given, 2.0, " ", 12.0, "q", 0.28, "f", 3.0, "<ctrl-d>", expect=130)
    assert "Stop here?" in out and "Done, partly, or stopped?" not in out


def test_a_key_meant_for_the_last_row_does_not_answer_the_first_question(given: World) -> None:
    last = float(session(given).items[-1].seconds)
    out = guide(given, *through(given)[:-1], last + 0.8, "d", 3.0, "<ctrl-d>", expect=130)
    assert "Done, partly, or stopped?" in out and "Easy, about right" not in out


def test_the_question_whether_to_stop_has_no_default(given: World) -> None:
    guide(given, 2.0, " ", 12.0, "q", 2.0, "\n", 2.0, "y", 2.0, " ", 2.0, "g", 3.0, "<ctrl-d>", expect=130)
    assert written(given)[1] == []


# --- the offer ----------------------------------------------------------------------------------------------


def test_enter_may_start_the_guide_and_l_is_later(given: World) -> None:
    out = given.run("session", "--minutes", "5", keys=Hands("l"), tty=True).out
    assert "Start the guide?" in out and written(given) == ([], [])
    given.run("session", "--minutes", "5", keys=Hands("\n", 3.0, " ", 12.0, "<ctrl-d>"), tty=True, expect=130)
    assert written(given)[0]


def test_the_end_of_input_at_the_offer_is_later(given: World) -> None:
    given.run("session", "--minutes", "5", keys=Hands(), tty=True)
    assert written(given) == ([], [])


def test_what_was_typed_before_the_offer_starts_nothing(given: World) -> None:
    given.run("session", "--minutes", "5", keys=Hands(0.0, "\n", 0.1, "\n"), tty=True)
    assert written(given) == ([], [])


def test_another_and_easier_give_another_session_and_ask_again(given: World) -> None:
    before = session(given)
    out = given.run("session", "--minutes", "5", keys=Hands("a", "l"), tty=True).out
    assert out.count("Start the guide?") == 2
    assert session(given).variant == before.variant + 1
    given.run("session", "--minutes", "5", keys=Hands("e", "l"), tty=True)
    assert session(given).mode == "gentle"


def test_the_offer_by_line(given: World) -> None:
    out = given.run("session", "--minutes", "5", "--plain", keys=Hands("x\n", "4\n"), tty=True).out
    assert "Type 1, 2, 3 or 4" in out and written(given) == ([], [])


def test_show_and_answers_offer_nothing(given: World) -> None:
    assert "Start the guide?" not in given.run("session", "--show", keys=Hands(), tty=True).out


# --- another day --------------------------------------------------------------------------------------------


def test_what_was_done_of_a_session_that_was_never_gone_on_with_counts_on_the_next_day(given: World) -> None:
    seconds = float(session(given).items[0].seconds)
    guide(given, 2.0, " ", seconds + 1, " ", 14.0, "<ctrl-c>", expect=130)
    first = session(given)
    given.sleep_days(1)
    given.run("session", "--answers", "-", stdin=CALM)
    _, (done,) = written(given)
    assert (done.session, done.status, done.day) == (first.id, "partly", first.day)
    assert statuses(done)[0] == "completed" and set(statuses(done)[1:]) == {"skipped"}
    assert done.effort is None and done.reason is None, "nothing that nobody said"
    given.run("session", "--answers", "-", stdin=CALM)
    assert len(written(given)[1]) == 1


def test_a_session_that_was_only_looked_at_is_not_reported_by_itself(given: World) -> None:
    guide(given, 2.0, "q", 2.0, "l")
    given.sleep_days(1)
    given.run("session", "--answers", "-", stdin=CALM)
    assert written(given)[1] == []


# --- stop signs ---------------------------------------------------------------------------------------------


def sign(world: World, key: str, expect: int) -> str:
    return guide(world, 2.0, " ", 15.0, "q", 2.0, "w", 3.0, key, expect=expect)


def test_a_sign_of_an_emergency_says_what_to_do_and_locks(given: World) -> None:
    out = sign(given, "p", 7)
    assert "Get emergency help now" in out
    records = given.records
    assert [c.outcome for c in records if isinstance(c, Check)][-1] == "emergency"
    assert [t.disposition for t in records if isinstance(t, Triage)][-1] == "EMERGENCY"
    assert written(given)[1][0].status == "stopped"
    assert given.run("session", "--json", expect=7).data["outcome"] == "refused"


@pytest.mark.parametrize(
    ("key", "words"), [("l", "has to be looked at"), ("h", "help now"), ("s", "medical advice")]
)
def test_other_signs_lock_until_all_questions_were_answered(given: World, key: str, words: str) -> None:
    out = sign(given, key, 5)
    assert words in " ".join(out.split())
    assert given.run("session", "--json", expect=5).data["outcome"] == "refused"


def test_dizzy_alone_stops_the_session_and_locks_nothing(given: World) -> None:
    sign(given, "d", 0)
    assert written(given)[1][0].reason == "dizzy"
    given.sleep_days(1)
    given.run("session", "--answers", "-", stdin=CALM)


def test_none_of_these_keeps_the_place(given: World) -> None:
    out = sign(given, "n", 0)
    assert "Go on there" in out and written(given)[1] == []


# --- where it cannot run ------------------------------------------------------------------------------------


def test_without_a_terminal_there_is_no_guide(given: World) -> None:
    assert "needs a terminal" in given.run("session", "--guide", expect=2).err
    assert given.run("session", "--guide", "--json", expect=2).error["code"] == "usage"


def test_a_locked_session_is_not_guided(world: World) -> None:
    world.run("session", "--guide", keys=Hands("\n", " "), tty=True, expect=5)


def test_a_sound_that_is_not_there_is_told(given: World) -> None:
    assert "Allowed: off, bell, voice" in given.run("session", "--sound", "drums", expect=2).err
    assert "no voice" in given.run("session", "--sound", "voice", expect=2).err


def test_the_bell_rings_only_when_it_was_asked_for(given: World) -> None:
    assert "\a" not in guide(given, 2.0, " ", 20.0, "<ctrl-d>", expect=130)
    args = ("session", "--minutes", "5", "--guide", "--sound", "bell")
    out = given.run(*args, keys=Hands("g", 2.0, " ", 20.0, "<ctrl-d>"), tty=True, expect=130).out
    assert "\a" in out


class Words:
    """A voice that writes down what it says."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def say(self, words: str) -> None:
        self.said.append(words)

    def hush(self) -> None:
        self.said.append("-")


def test_the_voice_says_what_is_shown_and_is_killed_on_skip(given: World, monkeypatch: Any) -> None:
    voice = Words()
    app: Callable[..., Any] = given.app

    def speaking(**how: Any) -> Any:
        made = app(**how)
        made.__dict__["voice"] = voice
        return made

    monkeypatch.setattr(given, "app", speaking)
    args = ("session", "--minutes", "5", "--guide", "--sound", "voice")
    given.run(*args, keys=Hands(2.0, " ", 13.0, "n", 3.0, "<ctrl-d>"), tty=True, expect=130)
    assert {"3", "2", "1"} <= set(voice.said)
    name = given.app().catalog.exercises[session(given).items[1].exercise].name
    after = next(n for n, words in enumerate(voice.said) if words.startswith(name))
    assert "-" in voice.said[after - 2 : after], (
        "what was being said stopped before the next exercise was named"
    )
    assert voice.said[-1] == "-"


def test_plain_reads_as_instructions(given: World) -> None:
    out = guide(given, *through(given, "1\n"), "1\n", "2\n", plain=True)
    assert "\x1b" not in out
    lines = out.splitlines()
    first = given.app().catalog.exercises[session(given).items[0].exercise]
    place = next(n for n, line in enumerate(lines) if line.startswith(f"1 of {len(session(given).items)}."))
    assert first.name in lines[place]
    assert lines[place + 1 : place + 1 + len(first.setup)] == list(first.setup)
    for words in (
        "Type 1, then Enter, to go on.",
        "Begin in 3",
        "Before the main part:",
        f"{first.name}: done.",
    ):
        assert any(words in line for line in lines), words
    assert "Stop at once and get help for: Chest pain" in out


# --- kept to the second -------------------------------------------------------------------------------------


def test_the_second_is_kept_while_it_runs(given: World) -> None:
    kept: list[tuple[float, float]] = []

    class Watched(Hands):
        def key(self, timeout_s: float | None = None) -> str | None:
            file = read_kept(given.app().paths.cache)
            if file is not None:
                kept.append((self.now(), file.seconds))
            return super().key(timeout_s)

    args = ("session", "--minutes", "5", "--guide")
    given.run(*args, keys=Watched(2.0, " ", 40.0, "<ctrl-c>"), tty=True, expect=130)
    begun = 2.0
    assert len(kept) > 80
    assert all(0 <= now - begun - seconds <= 1.5 for now, seconds in kept if now > begun + 1)


def test_a_session_that_was_done_is_not_guided_again(given: World) -> None:
    guide(given, *through(given), "d", "r")
    out = guide(given, " ", "n", "q")
    assert "was done" in out or "done" in out
    assert len(written(given)[1]) == 1


def test_a_look_at_the_first_seconds_is_no_session_in_the_middle(given: World) -> None:
    guide(given, 2.0, " ", 3.0, "q", 2.0, "l")
    out = given.run("session", "--minutes", "5", keys=Hands("l"), tty=True).out
    assert "Start the guide?" in out and "Go on there?" not in out
