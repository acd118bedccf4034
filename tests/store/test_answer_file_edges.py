"""How long an answer file may be, and the line in which a sign stands that YAML does not have."""

from io import StringIO
from pathlib import Path

import pytest

from backmove.errors import DataProblem, UsageProblem
from backmove.store.answer_file import LIMIT, read_answer_file
from backmove.store.yaml_text import parse_yaml


def text(length: int) -> str:
    return '"' + "x" * (length - 2) + '"'


@pytest.mark.parametrize("piped", [True, False])
def test_answers_may_be_as_long_as_the_limit_and_not_longer(piped: bool, tmp_path: Path) -> None:
    def read(length: int) -> str:
        file = tmp_path / "answers.json"
        file.write_text(text(length))
        return str(read_answer_file("-" if piped else str(file), StringIO(text(length))))

    assert len(read(LIMIT)) == LIMIT - 2
    with pytest.raises(UsageProblem, match="too long"):
        read(LIMIT + 1)


def test_a_sign_that_yaml_does_not_have_is_told_with_its_line_and_column(tmp_path: Path) -> None:
    with pytest.raises(DataProblem, match=r"plan\.yaml:2:4: "):
        parse_yaml(b"a: 1\nb: \x07\n", tmp_path / "plan.yaml")


@pytest.mark.parametrize(
    ("raw", "place"), [(b"\xff", "1:1"), (b"\n\xff", "2:1"), (b"a: 1\nb: \xff", "2:4"), (b"\n\x07", "2:1")]
)
def test_a_byte_that_is_no_text_is_told_with_its_line_and_column(
    raw: bytes, place: str, tmp_path: Path
) -> None:
    with pytest.raises(DataProblem, match=rf"plan\.yaml:{place}: "):
        parse_yaml(raw, tmp_path / "plan.yaml")
