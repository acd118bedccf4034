"""``backmove session``: what opens it, what it writes, and that the same day gives the same session."""

import json
from typing import Any

import pytest

from backmove.core.record import RULES_VERSION, Check, Pain, Refusal, Session, Triage
from conftest import World
from fingers import Fingers

NO = {"dc1": "n", "dc2": "n", "dc3": "n", "dc4": "n", "dc5": "n", "dc3_signs": []}


def opened(world: World, **fields: Any) -> None:
    """A clear triage of an hour ago, so that today's check is not needed unless ``days`` says otherwise."""
    days = fields.pop("days", 1)
    app = world.app()
    now = world.now
    world.sleep_days(-days)
    stamp = world.app().stamp()
    world.now = now
    given: dict[str, Any] = {
        "disposition": "SELF_CARE", "result": "SELF_CARE", "ended": "finished", "complete": True, "unlocked": True,
        "rules_version": RULES_VERSION, "valid_until": "2026-03-20", "age": 45,
        "episode_start": "2025-06-01", "pain_usual": 3,
    }  # fmt: skip
    assert app.paths
    world.write(Triage(**stamp, **given | fields))


def answers(pain: int | None = 3, **said: Any) -> str:
    return json.dumps({"daily_check": NO | said} | ({} if pain is None else {"pain": pain}))


def ask(world: World, *args: str, expect: int = 0, pain: int | None = 3, **said: Any) -> Any:
    return world.run(
        "session", "--answers", "-", "--json", *args, expect=expect, stdin=answers(pain, **said)
    ).data


def test_without_a_triage_it_is_locked_and_says_how_to_start(world: World) -> None:
    result = world.run("session", expect=5)
    assert "backmove triage" in result.out and "Get emergency help" in result.out
    assert [type(r) for r in world.records] == [Refusal]


def test_five_times_no_opens(world: World) -> None:
    opened(world)
    data = ask(world)
    assert data["outcome"] == "session" and data["refusal"] is None
    assert sum(item["seconds"] for item in data["items"]) == data["minutes"]["estimated_s"]
    assert [type(r) for r in world.records] == [Triage, Check, Pain, Session]


def test_the_same_call_gives_the_same_bytes_and_writes_nothing(world: World) -> None:
    opened(world)
    first = world.run("session", "--answers", "-", "--json", stdin=answers())
    before = world.journal_file.read_bytes()
    assert world.run("session", "--answers", "-", "--json", stdin=answers()).out == first.out
    assert world.run("session", "--json").out == first.out
    assert world.journal_file.read_bytes() == before


def test_a_missing_answer_is_not_a_no(world: World) -> None:
    opened(world)
    text = json.dumps({"daily_check": {q: "n" for q in NO if q not in ("dc4", "dc3_signs")}, "pain": 3})
    data = world.run("session", "--answers", "-", "--json", stdin=text, expect=5).data
    assert data["outcome"] == "refused" and data["refusal"]["code"] == "check-incomplete"
    assert world.run("session", "--json", expect=5).data["refusal"]["code"] == "check-incomplete"


def test_without_answers_and_terminal_nothing_is_assumed(world: World) -> None:
    opened(world)
    assert world.run("session", "--json", expect=5).data["refusal"]["code"] == "check-incomplete"


@pytest.mark.parametrize("word", ["y", "u"])
def test_dc1_is_an_emergency_and_stays_one(world: World, word: str) -> None:
    opened(world)
    data = ask(world, expect=7, dc1=word)
    assert data["refusal"]["code"] == "new-red-flag"
    assert ask(world, expect=7)["outcome"] == "refused"
    assert world.run("session", expect=7).out
    assert world.diary.last_triage is not None and world.diary.last_triage.disposition == "EMERGENCY"


def test_chest_pain_in_dc3_is_an_emergency(world: World) -> None:
    opened(world)
    assert ask(world, expect=7, dc3="y", dc3_signs=["chest-or-faint"])["refusal"]["code"] == "new-red-flag"


@pytest.mark.parametrize("question", ["dc2", "dc3", "dc4"])
def test_a_yes_locks_and_a_second_no_opens_nothing(world: World, question: str) -> None:
    opened(world)
    assert ask(world, expect=5, pain=3, **{question: "y"})["refusal"]["code"] == "new-red-flag"
    assert ask(world, expect=5)["refusal"]["code"] == "new-red-flag"
    world.sleep_days(1)
    assert ask(world, expect=5)["refusal"]["code"] == "new-red-flag"


def test_dc5_yes_is_no_session_and_not_sure_is_a_gentle_one(world: World) -> None:
    opened(world)
    data = ask(world, dc5="u")
    assert data["mode"] == "gentle" and data["zone"] == "red"
    assert ask(world, expect=5, dc5="y")["refusal"]["code"] == "pain-too-high"


@pytest.mark.parametrize("pain", [8, 9, 10])
def test_high_pain_is_refused(world: World, pain: int) -> None:
    opened(world, days=2)
    assert ask(world, expect=5, pain=pain)["refusal"]["code"] == "pain-too-high"


def test_a_higher_pain_plans_again_and_a_lower_one_never_loosens(world: World) -> None:
    opened(world)
    assert ask(world, pain=3)["zone"] == "green"
    assert ask(world, pain=6)["zone"] == "red"
    assert ask(world, pain=1)["zone"] == "red"


def test_another_is_a_different_session_and_stays(world: World) -> None:
    opened(world)
    first = ask(world)
    second = world.run("session", "--another", "--json").data
    ids = [item["exercise"] for item in first["items"]]
    assert second["variant"] == 1 and [item["exercise"] for item in second["items"]] != ids
    assert world.run("session", "--json").data == second


def test_minutes_outside_5_to_60_are_a_usage_error(world: World) -> None:
    opened(world)
    for minutes in ("4", "61"):
        result = world.run(
            "session", "--minutes", minutes, "--answers", "-", "--json", stdin=answers(), expect=2
        )
        assert result.error["code"] == "usage"


def test_an_unknown_place_lists_the_places(world: World) -> None:
    opened(world)
    assert "upright" in world.run("session", "--place", "florr", "--json", expect=2).error["message"]


def test_done_today_shows_the_same_session_with_a_notice(world: World) -> None:
    opened(world)
    first = ask(world)
    world.run("done", "--effort", "4")
    again = world.run("session", "--json").data
    assert again["items"] == first["items"]
    assert "already-done" in [notice["code"] for notice in again["notices"]]


def test_wrong_answer_files_say_all_that_is_wrong_and_write_nothing(world: World) -> None:
    opened(world)
    before = world.journal_file.read_bytes()
    bad = json.dumps({"daily_check": {"dc1": "yes"}, "mood": 1})
    assert "mood" in world.run("session", "--answers", "-", "--json", stdin=bad, expect=2).error["message"]
    world.run("session", "--answers", "-", "--json", stdin="{", expect=2)
    world.run("session", "--answers", "nowhere.json", expect=1)
    twice = '{"pain": 2, "pain": 3}'
    assert (
        "pain twice"
        in world.run("session", "--answers", "-", "--json", stdin=twice, expect=2).error["message"]
    )
    assert world.journal_file.read_bytes() == before


def test_a_session_can_be_followed_from_the_screen_alone(world: World) -> None:
    opened(world)
    data = ask(world)
    for width in ("40", "80", "120"):
        world.env["COLUMNS"] = width
        text = world.run("session", tty=True).out
        words = " ".join(text.split())
        for item in data["items"]:
            assert item["name"] in words and item["easier"] in words
            assert all(cue in words for cue in item["cues"])
        assert max(len(line) for line in strip(text).splitlines()) <= max(40, min(int(width), 88))


def strip(text: str) -> str:
    import re

    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_plain_mode_has_no_escape_codes_and_no_rules(world: World) -> None:
    opened(world)
    ask(world)
    text = world.run("session", "--plain", tty=True).out
    assert "\x1b" not in text and "─" not in text and "\n\n" not in text


def test_the_emergency_text_stands_before_anything_is_written(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(world)

    def no_disk(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("backmove.store.journal.Journal.append", no_disk)
    text = world.run("session", "--answers", "-", stdin=answers(dc1="y"), expect=130).out
    assert "emergency" in text and "112" in text


def test_the_emergency_screen_holds_only_what_to_do(world: World) -> None:
    opened(world)
    text = world.run("session", "--answers", "-", stdin=answers(dc1="y"), expect=7).out
    assert "Say: I have back pain" in text and "backmove" not in text


def test_the_first_session_asks_what_the_profile_needs_also_on_the_day_of_the_questions(
    world: World,
) -> None:
    opened(world, days=0, pain_now=3)
    shown = world.run("session", tty=True, keys=Fingers("q"))
    assert "Where will you do your exercises?" in shown.out + shown.err


def test_who_breaks_the_check_off_is_asked_nothing_more(world: World) -> None:
    opened(world)
    shown = world.run("session", tty=True, keys=Fingers("q"), expect=5)
    assert "Where will you do your exercises?" not in shown.out + shown.err
