"""A page for somebody else is whole, or not there."""

from pathlib import Path

import pytest

from backmove.errors import StorageProblem
from backmove.store.page_file import write_page


def test_a_page_is_written_with_the_signs_that_can_be_written(tmp_path: Path) -> None:
    write_page(tmp_path / "page.html", "back \ud800 pain ä")
    assert (tmp_path / "page.html").read_bytes() == "back ? pain ä".encode()
    assert (tmp_path / "page.html").stat().st_mode & 0o777 == 0o600


def test_a_page_that_is_there_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("mine")
    with pytest.raises(StorageProblem, match="there already"):
        write_page(tmp_path / "page.html", "new")
    assert (tmp_path / "page.html").read_text() == "mine"


@pytest.mark.parametrize("fault", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_no_half_page_stays(fault: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(fd: int, mode: str) -> None:
        raise fault

    monkeypatch.setattr("os.fdopen", refuses)
    with pytest.raises((StorageProblem, KeyboardInterrupt)):
        write_page(tmp_path / "page.html", "half")
    assert list(tmp_path.iterdir()) == []
