"""The small file that knows the second: written often, lost without harm."""

from pathlib import Path

import pytest

from backmove.core.guide_report import Kept
from backmove.core.record import DoneRow
from backmove.store.guide_file import NAME, forget_kept, read_kept, write_kept

KEPT = Kept("session00001", 2, 1, 42.5, (DoneRow("bridge", status="easier", hurt=True),), True, False)


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    write_kept(tmp_path / "cache", KEPT)
    assert read_kept(tmp_path / "cache") == KEPT
    assert (tmp_path / "cache" / NAME).stat().st_mode & 0o777 == 0o600
    assert [file.name for file in (tmp_path / "cache").iterdir()] == [NAME]


@pytest.mark.parametrize(
    "text",
    [b"", b"{", b"null", b"[]", b'{"session":1}', b"\xff\xfe", b'{"session":"a","marks":0,"row":"x"}'],
)
def test_a_file_that_cannot_be_read_is_as_if_it_were_not_there(tmp_path: Path, text: bytes) -> None:
    (tmp_path / NAME).write_bytes(text)
    assert read_kept(tmp_path) is None


def test_no_file_and_no_folder_are_no_error(tmp_path: Path) -> None:
    assert read_kept(tmp_path / "nowhere") is None
    forget_kept(tmp_path / "nowhere")


def test_a_folder_that_refuses_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    write_kept(tmp_path / "cache", KEPT)
    assert read_kept(tmp_path / "cache") is None


def test_forgotten_is_gone(tmp_path: Path) -> None:
    write_kept(tmp_path, KEPT)
    forget_kept(tmp_path)
    assert read_kept(tmp_path) is None
