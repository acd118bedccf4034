"""One id, several contents: each stays, under a name that is the same wherever they meet."""

import json
from itertools import permutations

import pytest

from backmove.core.lines import read_line
from backmove.core.merging import Woven, woven
from backmove.core.record import Pain
from backmove.core.strand import strand_of
from backmove.errors import DataProblem

NAME = "aaaaaaaaaaaa"


def line(score: int, name: str = NAME, **more: object) -> bytes:
    stamp = {"kind": "pain", "v": 1, "id": name, "at": "2026-03-01T08:00:00+00:00", "day": "2026-03-01"}
    return json.dumps(stamp | {"score": score} | more, separators=(",", ":")).encode()


def loose(raw: bytes) -> bytes:
    return json.dumps(json.loads(raw)).encode()


def merged(*files: bytes) -> Woven:
    return woven([strand_of(data) for data in files])


def text(*files: bytes) -> bytes:
    return b"".join(merged(*files).chunks())


def file(*lines: bytes) -> bytes:
    return b"".join(one + b"\n" for one in lines)


def scores(data: bytes) -> list[int]:
    found = [read_line(raw) for raw in strand_of(data).raws]
    return sorted(one.score for one in found if isinstance(one, Pain))


def same_either_way(*files: bytes) -> bytes:
    """The merged file, which whoever merges whom gets."""
    every = {text(*order) for order in permutations(files)}
    assert len(every) == 1
    return every.pop()


def second_of(*two: bytes) -> bytes:
    """Two contents of one id merged: the line that got the longer name."""
    raws = strand_of(text(*map(file, two))).raws
    return max(raws, key=lambda raw: len(json.loads(raw)["id"]))


def test_three_contents_of_one_id_all_stay() -> None:
    found = same_either_way(file(line(3)), file(line(4)), file(line(5)))
    assert scores(found) == [3, 4, 5]
    assert len(set(strand_of(found).ids)) == 3


def test_another_spelling_of_a_content_that_is_here_is_no_third_record() -> None:
    found = same_either_way(file(line(3)), file(line(4)), file(loose(line(4))), file(loose(line(3))))
    assert scores(found) == [3, 4]


def test_a_record_that_stands_twice_in_a_file_under_two_spellings_stands_once() -> None:
    twice = file(line(3), loose(line(3)))
    assert text(twice) == text(file(loose(line(3)))) == file(loose(line(3)))


def test_what_was_named_anew_before_is_known_again_in_any_spelling() -> None:
    named = json.loads(second_of(line(3), line(4)))
    there = line(named["score"], named["id"])
    assert there > second_of(line(3), line(4)), "the spelling that it was given is the smaller one"
    found = same_either_way(file(line(3)), file(line(4)), file(there))
    assert found == text(file(line(3)), file(line(4)))


def test_a_record_that_stood_under_the_new_name_before_keeps_its_own_content() -> None:
    taken = json.loads(second_of(line(3), line(4)))["id"]
    found = same_either_way(file(line(3)), file(line(4)), file(line(9, taken)))
    assert scores(found) == [3, 4, 9]
    more = same_either_way(file(line(3)), file(line(4)), file(line(9, taken)), file(line(8, taken)))
    assert scores(more) == [3, 4, 8, 9]
    assert len(set(strand_of(more).ids)) == 4
    told = merged(file(line(3)), file(line(4)), file(line(9, taken)), file(line(8, taken))).changed
    assert len(set(told)) == len(told), "each new name is told once"


def test_two_lines_that_cannot_be_compared_are_refused_and_not_guessed_at() -> None:
    endless = [line(score).replace(b'"score"', b'"x":' + b"9" * 5000 + b',"score"') for score in (3, 4)]
    with pytest.raises(DataProblem, match=f"two different lines have the id '{NAME}'"):
        merged(file(endless[0]), file(endless[1]))
    assert scores(text(file(endless[0]), file(endless[0]))) == [3]
