"""Data files are found in a wheel and in a checkout."""

from pathlib import Path

import pytest

from backmove.errors import DataProblem
from backmove.store import resources
from backmove.store.resources import resource


def test_a_checkout_has_its_data_beside_the_source() -> None:
    found = resource("exercises.yaml")
    assert found == Path(__file__).parents[2] / "data" / "exercises.yaml"


def test_a_wheel_has_its_data_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "lib" / "site" / "backmove"
    for folder in (package / "_data", tmp_path / "lib" / "data"):
        folder.mkdir(parents=True)
        (folder / "cards.yaml").write_text("schema_version: 1\n")
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert resource("cards.yaml") == package / "_data" / "cards.yaml"


def test_a_missing_file_is_told_by_name() -> None:
    with pytest.raises(DataProblem, match=r"has no unheard-of\.yaml"):
        resource("unheard-of.yaml")
