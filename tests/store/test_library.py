"""The shipped library and files of one's own: what is wrong is told with file, line, field and remedy."""

import re
from pathlib import Path

import pytest

import shipped
from backmove.errors import DataProblem
from backmove.store.library import CACHED, load_emergency_numbers
from backmove.store.library_files import check_file, check_shipped, read_library
from backmove.store.resources import resource


def broken(name: str, *changes: tuple[str, str]) -> str:
    """The message when the first places of ``changes`` in one shipped file are put wrong."""
    text = shipped.contents()[name].decode()
    for old, new in changes:
        assert old in text, f"{name} has no {old!r} any more: mend this test"
        text = text.replace(old, new, 1)
    with pytest.raises(DataProblem) as refused:
        read_library({**shipped.contents(), name: text.encode()})
    return refused.value.message


def line_of(name: str, words: str) -> int:
    """The line in which ``words`` first stand in a shipped file."""
    text = shipped.contents()[name].decode()
    return text.count("\n", 0, text.index(words)) + 1


def test_the_shipped_files_have_nothing_to_mend() -> None:
    assert check_shipped() == []


def test_the_library_holds_what_the_files_hold() -> None:
    catalog, parameters = shipped.library()
    assert len(catalog.exercises) == 204
    assert next(iter(catalog.exercises)) == "rest-90-90"
    assert set(catalog.cards) == set(range(1, 25))
    assert catalog.stop_codes["S0"].urgent
    assert catalog.stop_codes["S4"].urgent
    assert parameters.zone.green_max.value == 2


@pytest.mark.parametrize(
    ("name", "old", "new", "field", "remedy"),
    [
        (
            "exercises.yaml",
            "position: floor-supine",
            "position: floor",
            "rest-90-90.position",
            "floor-supine",
        ),
        ("exercises.yaml", "minutes: [3, 10]", "minutes: 3:10", "rest-90-90.dose.minutes", "a list"),
        ("exercises.yaml", "    level: 1\n", "    level: 7\n", "rest-90-90.level", "less than or equal to 5"),
        ("exercises.yaml", "bed_ok: true", "bed_ok: yes", "rest-90-90.bed_ok", "true or false"),
        ("exercises.yaml", "    feel:", "    feell:", "rest-90-90.feell", "did you mean feel?"),
        ("exercises.yaml", "stop_if: [S1, S2]", "stop_if: [S1, S22]", "stop_if.1", "there are S0, S1"),
        ("exercises.yaml", "ref: PRAC", "ref: PRAX", "evidence.0.ref", "not a key of references.yaml"),
        (
            "precautions.yaml",
            "forbids: [heat]",
            "forbids: [heatt]",
            "reduced-sensation.forbids.0",
            "mean heat?",
        ),
        ("precautions.yaml", "clear_first: true", "clear_first: y", "clear_first", "true or false"),
        (
            "precautions.yaml",
            "sources: [PGP]",
            "sources: [PPG]",
            "pelvic-girdle-pain.sources",
            "references.yaml",
        ),
        ("stop_codes.yaml", "urgent: true", "urgent: 1", "S0.urgent", "true or false"),
        ("references.yaml", "seen: read, what", "sen: read, what", "COCH21.sen", "did you mean seen?"),
        (
            "cards.yaml",
            "source: NHS",
            "source: NSH",
            "most-back-pain-settles.source",
            "not a key of references.yaml",
        ),
        (
            "cards.yaml",
            "certainty: practice",
            "certainty: sure",
            "most-back-pain-settles.certainty",
            "very-low",
        ),
        ("parameters.yaml", "value: 2,", "value: two,", "zone.green_max.value", "a whole number"),
        (
            "parameters.yaml",
            "source: THOMEE97",
            "source: THOMEE98",
            "zone.green_max.source",
            "references.yaml",
        ),
    ],
)
def test_one_wrong_value_is_told_with_file_line_field_and_remedy(
    name: str, old: str, new: str, field: str, remedy: str
) -> None:
    place = f"{resource(name)}:{line_of(name, old)}:"
    told = [line for line in broken(name, (old, new)).splitlines() if line.startswith(place)]
    assert any(field in line and remedy in line for line in told), told


def test_faults_of_several_files_are_told_at_once() -> None:
    files = dict(shipped.contents())
    files["exercises.yaml"] = files["exercises.yaml"].replace(b"    level: 1", b"    level: 0", 1)
    files["cards.yaml"] = files["cards.yaml"].replace(b"number: 1", b"number: one", 1)
    files["stop_codes.yaml"] = files["stop_codes.yaml"].replace(b"code: S1", b"kode: S1", 1)
    with pytest.raises(DataProblem) as refused:
        read_library(files)
    for name in ("exercises.yaml", "cards.yaml", "stop_codes.yaml"):
        assert f"{name}:" in refused.value.message


@pytest.mark.parametrize("name", CACHED)
def test_an_empty_file_is_refused(name: str) -> None:
    with pytest.raises(DataProblem, match=re.escape(f"{name}:1:1")):
        read_library({**shipped.contents(), name: b""})


@pytest.mark.parametrize("name", CACHED)
def test_a_file_of_a_newer_format_is_refused(name: str) -> None:
    assert "schema_version: 2 is not known here" in broken(name, ("schema_version: 1", "schema_version: 2"))


# --- a file of one's own -----------------------------------------------------------------------------------

OWN = """\
schema_version: 1
exercises:
  - id: cup-reach
    name: Cup reach
    status: active
    category: balance
    tradition: general
    targets: [balance-system]
    position: standing
    bed_ok: false
    equipment: [chair]
    equipment_optional: []
    spine: {direction: neutral, range: none, load: 0}
    features: []
    level: 1
    dose:
      kind: reps
      sets: [1, 2]
      reps: [5, 8]
      sides: 2
      rest_s: 10
      tempo_s: 4
      effort: [1, 2]
    slots: [main]
    stages: [chronic]
    mechanisms: [neuromuscular]
    setup: ["Stand behind a firm chair and hold its back with one hand."]
    cues: ["Reach your free hand to a cup on the shelf.", "Bring it back slowly, then change hands."]
    mistakes: ["The shoulder creeps up to the ear."]
    feel: "You should feel your feet work a little."
    breathing: "Breathe out as you reach."
    easier: "Reach only half as far."
    harder: "Reach a little further."
    stop_if: [S2]
    evidence:
      - {ref: PRAC, certainty: practice}
"""


def own(tmp_path: Path, *changes: tuple[str, str]) -> list[str]:
    """What is wrong in the file above after some changes, without the path."""
    text = OWN
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    file = tmp_path / "mine.yaml"
    file.write_text(text)
    return [str(problem).removeprefix(f"{file}:") for problem in check_file(file)]


def test_a_good_file_of_ones_own_has_nothing_to_mend(tmp_path: Path) -> None:
    assert own(tmp_path) == []


def test_a_file_may_name_rows_of_the_library(tmp_path: Path) -> None:
    assert own(tmp_path, ("level: 1\n", "level: 1\n    regressions: [weight-shift]\n")) == []


def test_a_row_with_a_shipped_id_takes_its_place(tmp_path: Path) -> None:
    assert own(tmp_path, ("id: cup-reach", "id: weight-shift"), ("name: Cup", "name: My cup")) == []


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (("id: cup-reach", "id: Cup_Reach"), 3, "small letters, digits and single hyphens"),
        (("name: Cup reach", "name: Bird dog"), 4, "'Bird dog' already stands for bird-dog"),
        (("bed_ok: false", "bed_ok: true"), 10, "only lying rows can be done on a bed"),
        (("position: standing", "position: quadruped"), 14, "position quadruped needs the feature kneel"),
        (("range: none", "range: end"), 14, "to the end of its range needs"),
        (("features: []", "features: [ext-any]"), 14, "ext-any follows from spine"),
        (("level: 1", "level: 1\n    chain: {id: balance, step: 9}"), 16, "chain balance has no step 7"),
        (("level: 1", "level: 1\n    chain: {id: balance, step: 2}"), 16, "chain balance has step 2 twice"),
        (("sets: [1, 2]", "sets: [2, 1]"), 18, "the first number is the smaller one"),
        (("rest_s: 10", "rest_s: 10\n      minutes: [1, 2]"), 22, "kind reps has no minutes"),
        (("      tempo_s: 4\n", ""), 17, "kind reps needs tempo_s"),
        (
            ("stages: [chronic]", "stages: [flare]\n    regressions: [gone]"),
            26,
            "no other exercise has the id gone",
        ),
        (("status: active", "status: merged"), 3, "a merged row names the active exercise"),
        (("stop_if: [S2]", "stop_if: [S0]"), 34, "S0 always holds"),
        (("Reach only half as far.", "Stand on one leg and reach half as far."), 32, "leads into one leg"),
        (("Reach a little further.", "Reach further without the hand."), 33, "leads into no hand hold"),
        (("Breathe out as you reach.", "Breathe out as you reach"), 31, "ends with a full stop"),
        (("feet work a little", "feet work in a safe way"), 30, "'safe' is not used here"),
    ],
)
def test_what_does_not_agree_is_told_at_its_line(
    tmp_path: Path, change: tuple[str, str], line: int, words: str
) -> None:
    found = own(tmp_path, change)
    assert any(problem.startswith(f"{line}:") and words in problem for problem in found), found


def test_levels_never_fall_along_a_chain(tmp_path: Path) -> None:
    found = own(tmp_path, ("level: 1", "level: 1\n    chain: {id: balance, step: 7}"))
    assert any("level 1 after level 5" in problem for problem in found)


def test_words_and_shape_are_told_together(tmp_path: Path) -> None:
    found = own(
        tmp_path,
        ("level: 1", "level: 4"),
        ("stages: [chronic]", "stages: [acute]"),
        ("Breathe out", "please breathe"),
    )
    assert len(found) == 3


def test_a_file_of_something_else_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "shopping.yaml"
    file.write_text("bread: 2\n")
    assert "no part of the library" in str(check_file(file)[0])


# --- emergency numbers -------------------------------------------------------------------------------------


def test_the_numbers_of_a_region_are_found_by_any_of_its_words() -> None:
    numbers = load_emergency_numbers()
    for word in ("uk", "GB", "England"):
        assert numbers.find(word) is numbers.find("uk")
    found = numbers.find("nz")
    assert found is not None
    assert found.emergency == "111"


def test_an_unknown_region_gets_no_number_of_its_own() -> None:
    numbers = load_emergency_numbers()
    assert numbers.find("atlantis") is None
    assert numbers.find(None) is None
    assert "112" in numbers.unknown
    assert "911" in numbers.unknown


def test_no_two_regions_share_a_word() -> None:
    words = load_emergency_numbers().words()
    assert len(words) == len(set(words))
