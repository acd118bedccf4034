"""YAML in: the core scalars only, every fault at once, each at its own line."""

import json
import math
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta, Struct

from backmove.errors import DataProblem, ExitCode
from backmove.store.yaml_file import SIZE_LIMIT, load_yaml, validate
from backmove.store.yaml_text import Document, parse_yaml
from conftest import World

HERE = Path("mine.yaml")


def read(text: str) -> Document:
    return parse_yaml(text.encode(), HERE)


def refusal(text: str | bytes) -> str:
    with pytest.raises(DataProblem) as refused:
        parse_yaml(text.encode() if isinstance(text, str) else text, HERE)
    assert refused.value.exit_code is ExitCode.DATA
    return refused.value.message


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        ("null", None),
        ("~", None),
        ("", None),
        ("12", 12),
        ("-3", -3),
        ("007", 7),
        ("1.5", 1.5),
        ("1e3", 1000.0),
    ],
)
def test_core_scalars_are_values(text: str, value: Any) -> None:
    found = read(f"a: {text}").data["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "yes",
        "on",
        "off",
        "y",
        "N",
        "1:30",
        "0o17",
        "0x1F",
        "1_000",
        "2026-03-01",
        ".inf",
        ".nan",
        "1e999",
        "<<",
    ],
)
def test_words_that_yaml_1_1_would_turn_into_something_else_stay_words(word: str) -> None:
    assert read(f"a: {word}").data["a"] == word


@pytest.mark.parametrize("text", ["'12'", '"true"', "|-\n  12", ">-\n  null", '""'])
def test_quoted_and_block_scalars_are_text(text: str) -> None:
    assert isinstance(read(f"a: {text}").data["a"], str)


def test_a_number_that_would_be_infinite_stays_text() -> None:
    assert not isinstance(read("a: 9e999").data["a"], float)
    assert math.isfinite(read("a: 9e99").data["a"])


def test_a_key_that_stands_twice_is_refused_with_both_lines() -> None:
    message = refusal("a: 1\nb: 2\na: 3\n")
    assert "mine.yaml:3:1: 'a' stands twice (first in line 1)" in message


def test_a_number_and_its_text_are_the_same_key() -> None:
    assert "stands twice" in refusal("1: a\n'1': b\n")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: &x 1", 1, "anchors (&) and aliases (*)"),
        ("a: 1\nb: *x", 2, "anchors (&) and aliases (*)"),
        ("a: !!python/object:os.system x", 1, "tags such as"),
        ("a: 1\n---\nb: 2", 2, "a second document"),
        ("? [1]\n: 2", 1, "a key is a word"),
        ("1.5: 2", 1, "a key is a word"),
        ("a: b: c", 1, "put text that holds a colon in quotes"),
        ("a:\n\tb: 1", 2, "indent with spaces"),
        ("a: 1\nb: \x01", 2, "control characters"),
        ("a: [1, 2", 2, "flow sequence (begun in line 1)"),
        ("a: " + "[" * 60, 1, "nested deeper"),
        ("a:\n  " + "- " * 60 + "x", 2, "nested deeper"),
    ],
)
def test_what_these_files_never_need_is_refused_at_its_line(text: str, line: int, words: str) -> None:
    message = refusal(text)
    assert words in message
    assert f"mine.yaml:{line}:" in message


def test_text_that_is_not_utf_8_is_refused_at_its_line() -> None:
    assert "mine.yaml:2:4: this is not UTF-8 text" in refusal(b"a: 1\nb: \xff")


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert parse_yaml(b"\xef\xbb\xbfa: 1", HERE).data == {"a": 1}


def test_all_faults_of_the_text_come_at_once_in_file_order() -> None:
    message = refusal("a: 1\na: 2\nb: &x 1\nc: !!int 3\n")
    lines = [line.split(":")[1] for line in message.splitlines()[1:]]
    assert lines == ["2", "3", "4"]


def test_a_deep_file_does_not_exhaust_the_stack() -> None:
    assert "nested deeper" in refusal("- " * 200_000 + "x")


def test_a_file_of_many_parts_is_refused_before_its_faults_take_all_memory() -> None:
    assert f"{HERE}:60000:3: more than 60,000 keys and values" in refusal("- 1\n" * 70_000)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    large = tmp_path / "large.yaml"
    large.write_bytes(b"# " + b"x" * SIZE_LIMIT)
    with pytest.raises(DataProblem, match="larger than 4 MB"):
        load_yaml(large)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataProblem, match=r"cannot read .*nowhere\.yaml: No such file"):
        load_yaml(tmp_path / "nowhere.yaml")


letters = st.text(
    st.characters(min_codepoint=32, max_codepoint=0x17F, exclude_categories=["Cc"]), max_size=12
)
scalars = st.none() | st.booleans() | st.integers(-(10**17), 10**17) | st.floats(-1e9, 1e9) | letters
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(letters, inner, max_size=3),
    max_leaves=12,
)


@given(values)
def test_json_is_read_as_json_reads_it(value: Any) -> None:
    assert read(json.dumps(value, ensure_ascii=False)).data == value


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_and_nothing_else(raw: bytes) -> None:
    try:
        document = parse_yaml(raw, HERE)
    except DataProblem as refused:
        assert "mine.yaml:" in refused.message
    else:
        assert document.where(("a", 0, "b")) >= (1, 1)


# --- places ------------------------------------------------------------------------------------------------

BOOK = """\
title: x
chapters:
  - id: one
    pages: [3, 12]
  - id: two
    pages: {first: 1}
"""


@pytest.mark.parametrize(
    ("loc", "place"),
    [
        (("title",), (1, 8)),
        (("chapters", 0, "pages", 1), (4, 16)),
        (("chapters", 1, "pages", "first"), (6, 20)),
        (("chapters", 1, "missing"), (5, 5)),
        (("chapters", "Tag", 0, "id"), (3, 9)),
        (("nowhere",), (1, 1)),
    ],
)
def test_where_finds_the_value_or_its_nearest_parent(
    loc: tuple[str | int, ...], place: tuple[int, int]
) -> None:
    assert read(BOOK).where(loc) == place


def test_where_finds_keys_too() -> None:
    assert read(BOOK).where(("chapters", 0, "pages"), key=True) == (4, 5)


def test_entries_go_by_their_own_id() -> None:
    assert read(BOOK).name(("chapters", 1, "pages", "first")) == "chapters.two.pages.first"


# --- shapes ------------------------------------------------------------------------------------------------


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


class Part(Struct, frozen=True):
    id: str
    colour: Colour
    size: Annotated[tuple[int, ...], Meta(min_length=2, max_length=2)]
    on: bool = False
    weight: Annotated[int, Meta(ge=0, le=9)] | None = None
    share: float | None = None


class Whole(Struct, frozen=True):
    schema_version: Literal[1]
    parts: tuple[Part, ...]
    names: dict[int, str]


GOOD = """\
schema_version: 1
parts:
  - {id: a, colour: red, size: [1, 2], share: 1}
names: {1: one}
"""


def test_a_good_file_fills_the_classes() -> None:
    whole = validate(read(GOOD), Whole)
    assert whole.parts == (Part("a", Colour.RED, (1, 2), share=1.0),)
    assert whole.names == {1: "one"}


BAD = """\
schema_version: 2
parts:
  - id: a
    colour: gren
    size: [1, 1:30]
    on: no
    wieght: 3
  - id: b
    colour: red
    size: [1, 2, 3]
    weight: 12
  - colour: red
    size: [1, 2]
    id: 7
  - 9
names: {one: x}
"""


def test_every_fault_of_a_file_is_told_at_once_in_file_order() -> None:
    with pytest.raises(DataProblem) as refused:
        validate(read(BAD), Whole)
    first, *lines = refused.value.message.splitlines()
    assert first == "10 things are wrong in the data files:"
    assert [int(line.split(":")[1]) for line in lines] == [1, 4, 5, 6, 7, 10, 11, 14, 15, 16]


@pytest.mark.parametrize(
    "line",
    [
        "mine.yaml:1:17: schema_version: 2 is not known here (allowed: 1)",
        'mine.yaml:4:13: parts.a.colour: "gren" is not known here; did you mean green? (allowed: red, green)',
        'mine.yaml:5:15: parts.a.size.1: should be a whole number (got "1:30")',
        'mine.yaml:6:9: parts.a.on: should be true or false (got "no")',
        "mine.yaml:7:5: parts.a.wieght: unknown field; did you mean weight?"
        " (allowed: id, colour, size, on, weight, share)",
        "mine.yaml:10:11: parts.b.size: the list should have at most 2 items, not 3 (got [1, 2, 3])",
        "mine.yaml:11:13: parts.b.weight: should be less than or equal to 9 (got 12)",
        "mine.yaml:14:9: parts.7.id: should be text (in quotes, if it looks like a number) (got 7)",
        "mine.yaml:15:5: parts.3: should be a group of fields (got 9)",
    ],
)
def test_one_fault_reads_like_this(line: str) -> None:
    with pytest.raises(DataProblem) as refused:
        validate(read(BAD), Whole)
    assert line in refused.value.message.splitlines()


def test_a_missing_field_is_told_at_its_parent() -> None:
    with pytest.raises(DataProblem, match=r"mine.yaml:3:5: parts.a.size: this field is missing"):
        validate(read("schema_version: 1\nparts:\n  - {id: a, colour: red}\nnames: {}\n"), Whole)


def test_a_message_ends_with_a_hint() -> None:
    with pytest.raises(DataProblem) as refused:
        validate(read("parts: []"), Whole)
    assert "backmove exercises check" in refused.value.hint


@pytest.mark.parametrize("command", [("plan", "check"), ("exercises", "check"), ("plan", "use")])
def test_keys_and_names_of_a_file_cannot_steer_the_terminal(world: World, command: tuple[str, str]) -> None:
    file = world.folder.parent / "plan.yaml"
    file.write_text(
        'schema_version: 1\nuntil: 2026-05-30\n"\\e[2J\\u202ex": 1\n"a\\nb": 1\n'
        'rows:\n  - {exercise: "\\e]0;x\\a", sets: "\\x9b1m\\u202e", "\tk": 1}\n'
    )
    ran = world.run(*command, str(file), expect=4)
    said = (ran.out + ran.err).replace("\n", "")
    assert said.isprintable()
    assert "unknown field" in said
