"""``backmove report``: where the page goes, who may read it, and what never happens to a file that is there."""

import json
import shutil
import stat
from datetime import datetime
from pathlib import Path

import pytest

from backmove.cli.app import app as typer_app
from conftest import World
from consulted import LIFT, TODAY, records, triage
from course import day_of

NIGHT = datetime.fromisoformat(f"{TODAY}T21:30:00+01:00")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of somebody with twelve weeks behind them. Made once: nothing here writes to it."""
    world = World(tmp_path_factory.mktemp("home") / "backmove", now=NIGHT)
    world.write(*records())
    return world.folder


@pytest.fixture
def patient(home: Path) -> World:
    return World(home, now=NIGHT)


@pytest.fixture
def locked(home: Path, tmp_path: Path) -> World:
    """The same person after an answer that needs advice the same day."""
    world = World(tmp_path / "locked", now=NIGHT)
    shutil.copytree(home, world.folder)
    world.write(triage(83, 1, "SAME_DAY", ["U5c"]))
    return world


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# --- on the screen ---------------------------------------------------------------------------------------------------


def test_the_page_is_text_on_the_screen_when_nothing_else_is_asked(patient: World) -> None:
    shown = patient.run("report", tty=True)
    assert "Low back pain: a page for a consultation" in shown.out.splitlines()[0]
    assert f"{LIFT}: now 7 of 10, was 2" in shown.out
    assert "my wrist" not in shown.out
    assert "after a long drive" not in shown.out
    assert shown.err == 'To put your own questions on it:  backmove report --question "..."\n'


def test_questions_name_and_notes_are_on_it_when_given(patient: World) -> None:
    asked = ("--question", "May I run?", "--question", "How long?", "--name", "A. Jones", "--include-notes")
    shown = patient.run("report", *asked)
    for words in ("- May I run?", "- How long?", "A. Jones", "after a long drive", "(my wrist)"):
        assert words in shown.out
    assert shown.err == ""


def test_the_days_can_be_chosen(patient: World) -> None:
    data = patient.run("report", "--from", day_of(10), "--to", day_of(20), "--json").data
    assert data["period"] == {"first": day_of(10), "last": day_of(20), "days": 11}
    assert data["trend"]["first_day"] == day_of(10)


def test_days_that_cannot_be_are_refused(patient: World) -> None:
    assert "there is no day" in patient.run("report", "--from", "today", "--to", "yesterday", expect=2).err
    assert "not a day" in patient.run("report", "--from", "soon", expect=2).err
    patient.run("report", "--format", "pdf", expect=2)


def test_json_has_the_facts_and_writes_no_file(
    patient: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    shown = patient.run("report", "--json", "--format", "html", "--question", "why\x1b[2J")
    assert shown.out.isascii()
    assert shown.data["questions"] == ["why\x1b[2J"]
    assert shown.data["file"] is None
    assert [a["item"] for a in shown.data["trend"]["activities"]] == [LIFT, "sit through a meeting"]
    assert sorted(tmp_path.iterdir()) == before


def test_an_empty_diary_gives_a_page_that_says_so(world: World) -> None:
    shown = world.run("report").out
    assert "Sessions: none in these days." in shown
    assert "The safety questions come first." in shown


def test_the_page_is_there_while_sessions_are_locked_and_says_first_what_cannot_wait(locked: World) -> None:
    shown = locked.run("report").out
    assert "needs medical advice the same day: signs of a bone that may be weak" in shown
    assert shown.index("get medical advice today") < shown.index("Warning signs")


# --- into a file -----------------------------------------------------------------------------------------------------


def test_a_file_is_for_the_person_alone(patient: World, tmp_path: Path) -> None:
    for name, beginning in (("page.html", "<!doctype html>"), ("page.txt", "Low back pain")):
        told = patient.run("report", "--out", str(tmp_path / name))
        assert told.out == f"Written: {tmp_path / name}\n"
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(beginning)
        assert mode(tmp_path / name) == 0o600


def test_the_format_goes_before_the_name(patient: World, tmp_path: Path) -> None:
    patient.run("report", "--out", str(tmp_path / "page.html"), "--format", "text")
    assert (tmp_path / "page.html").read_text().startswith("Low back pain")


def test_a_file_that_is_there_stays_as_it_is(patient: World, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("mine")
    told = patient.run("report", "--out", str(page), expect=1)
    assert "is there already; it was left as it is" in told.err
    assert page.read_text() == "mine"
    link = tmp_path / "link.html"
    link.symlink_to(tmp_path / "elsewhere.html")
    patient.run("report", "--out", str(link), expect=1)
    assert not (tmp_path / "elsewhere.html").exists()


def test_a_folder_that_is_not_there_is_said(patient: World, tmp_path: Path) -> None:
    assert "cannot write" in patient.run("report", "--out", str(tmp_path / "no" / "page.html"), expect=1).err


def test_html_without_a_place_gets_a_new_name_here(
    patient: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = patient.run("report", "--format", "html")
    name = f"backmove-report-{TODAY}-213000.html"
    assert told.out == f"Written: {tmp_path / name}\n"
    assert mode(tmp_path / name) == 0o600


def test_what_cannot_wait_is_said_beside_the_name_of_the_file(locked: World, tmp_path: Path) -> None:
    told = locked.run("report", "--out", str(tmp_path / "page.html")).out
    assert "get medical advice today" in told


def test_a_dash_is_standard_output(patient: World) -> None:
    html = patient.run("report", "--out", "-", "--format", "html", "--question", "Ünï 日本").out
    assert html.startswith("<!doctype html>")
    assert html.isascii()
    assert "&#26085;" in html
    text = patient.run("report", "--out", "-", tty=True).out
    assert max(map(len, text.splitlines())) <= 80
    assert "  Sessions: 36 done of 36 given" in text


def test_a_dash_goes_with_neither_json_nor_the_browser(patient: World) -> None:
    assert json.loads(patient.run("report", "--out", "-", "--json", expect=2).out)["error"]["code"] == "usage"
    assert "--out -" in patient.run("report", "--out", "-", "--open", expect=2).err


# --- in the browser --------------------------------------------------------------------------------------------------


def opened(patient: World, *args: str, starts: bool = True) -> tuple[list[str], str, str]:
    """The addresses that were opened, and what was told. ``starts``: there is a browser."""
    addresses: list[str] = []
    fake = patient.app(argv=("report", *args))
    fake.browse = lambda address: addresses.append(address) or starts  # type: ignore[func-returns-value]
    with pytest.raises(SystemExit) as end:
        typer_app(["report", *args], obj=fake)
    assert not end.value.code
    return addresses, fake.stdout.getvalue(), fake.stderr.getvalue()  # type: ignore[attr-defined]


def test_open_shows_the_page_in_the_browser(patient: World, tmp_path: Path) -> None:
    page = tmp_path / "a page & more.html"
    addresses, out, _ = opened(patient, "--open", "--out", str(page))
    assert addresses == [page.as_uri()]
    assert out == f"Written: {page}\n"


def test_open_alone_makes_the_page_in_html(
    patient: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    addresses, _, _ = opened(patient, "--open")
    assert addresses[0].endswith(f"backmove-report-{TODAY}-213000.html")
    assert (
        "--open is for the page in html" in patient.run("report", "--open", "--format", "text", expect=2).err
    )


def test_without_a_browser_it_says_where_the_page_is(patient: World, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    _, _, err = opened(patient, "--open", "--out", str(page), starts=False)
    assert err == f"No browser could be started. The page is here: {page}\n"
