"""A physiotherapist's plan as a YAML file: its shape, what is wrong in it (every fault at once, with its line), the
record of one that is sound, its JSON Schema, and an example to start from."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Struct
from pydantic import Field, ValidationError

from backmove.core.exercise import Catalog
from backmove.core.plan_lint import DraftRow, plan_faults
from backmove.core.record import PlanRow, TherapistPlan
from backmove.core.therapist_plan import MOST_ROWS, Amount, digest_of, dose_for
from backmove.errors import DataProblem
from backmove.store.library_files import check_file
from backmove.store.resources import resource
from backmove.store.schema import schema_of
from backmove.store.twin import reader
from backmove.store.yaml_file import check, load_yaml
from backmove.store.yaml_text import Document, Problem

Count = Annotated[int, msgspec.Meta(ge=1, le=1000)]
Name = Annotated[str, msgspec.Meta(max_length=80)]
Words = Annotated[str, msgspec.Meta(max_length=200)]

EXAMPLE: Final = "plan_example.yaml"
_EXAMPLE_WEEKS: Final = 6


class FileRow(Struct, frozen=True):
    """One exercise. ``reps`` are repeats, holds or times, by the exercise; ``hold_s`` the seconds of each."""

    exercise: str
    sets: Count | None = None
    reps: Count | None = None
    hold_s: Count | None = None
    minutes: Count | None = None
    pyramid: Annotated[tuple[Count, ...], msgspec.Meta(min_length=1, max_length=5)] | None = None
    note: Words = ""
    instead_of: str | None = None

    @property
    def amount(self) -> Amount:
        return Amount(self.sets, self.reps, self.hold_s, self.minutes, self.pyramid)


class PlanFile(Struct, frozen=True):
    """The whole file. ``until`` is the last day on which it holds."""

    schema_version: Literal[1]
    until: date
    rows: Annotated[tuple[FileRow, ...], msgspec.Meta(min_length=1, max_length=MOST_ROWS)]
    by: Name = ""
    for_: Annotated[Name, Field(alias="for")] = ""
    days_per_week: Annotated[int, msgspec.Meta(ge=1, le=7)] | None = None
    note: Words = ""


def is_plan(document: Document) -> bool:
    """Whether a file means to be a plan: it has rows, and no part of the library."""
    return isinstance(document.data, dict) and "rows" in document.data


def check_plan(path: Path, catalog: Catalog, today: str) -> list[Problem]:
    """Everything that is wrong in a plan, in the order of its lines. Raises DataProblem when it is no YAML."""
    return _read(load_yaml(path), catalog, today)[1]


def check_any(path: Path, catalog: Catalog, today: str) -> list[Problem]:
    """Everything that is wrong in a file of one's own, be it a plan or a part of the library."""
    return check_plan(path, catalog, today) if is_plan(load_yaml(path)) else check_file(path)


def read_plan(path: Path, catalog: Catalog, stamp: Mapping[str, Any]) -> TherapistPlan:
    """The plan in a file as a record, with ``stamp``. Raises one DataProblem with every fault and its line."""
    file, problems = _read(load_yaml(path), catalog, str(stamp["day"]))
    if file is None or problems:
        count = "1 thing is" if len(problems) == 1 else f"{len(problems)} things are"
        raise DataProblem(
            "\n".join([f"{count} wrong in this plan; nothing was taken up:", *map(str, problems)]),
            hint=f"Mend these lines, then check again:  backmove plan check {path}",
        )
    rows = tuple(
        PlanRow(
            row.exercise,
            dose_for(catalog.exercises[row.exercise], row.amount),
            row.note.strip(),
            row.instead_of,
        )
        for row in file.rows
    )
    plan = TherapistPlan(
        **stamp,
        by=file.by.strip(),
        whom=file.for_.strip(),
        note=file.note.strip(),
        until=file.until.isoformat(),
        days_per_week=file.days_per_week,
        rows=rows,
    )
    return msgspec.structs.replace(plan, digest=digest_of(plan))


def _read(document: Document, catalog: Catalog, today: str) -> tuple[PlanFile | None, list[Problem]]:
    file, problems = check(document, PlanFile)
    until = file.until if file is not None else _day(document.data)
    faults = plan_faults(_drafts(document.data), until, catalog, today)
    problems += [document.problem(fault.loc, fault.what) for fault in faults]
    return file, sorted(set(problems), key=lambda one: (one.line, one.column, one.what))


def _drafts(data: Any) -> list[DraftRow | None]:
    """The rows that have their shape, in their places, so that a slip in one does not hide what is wrong in another."""
    rows = data.get("rows") if isinstance(data, dict) else None
    return [_draft(row) for row in rows] if isinstance(rows, list) else []


def _draft(row: Any) -> DraftRow | None:
    try:
        one: FileRow = reader(FileRow).validate_json(json.dumps([row]))[0]
    except ValidationError:
        name = row.get("exercise") if isinstance(row, dict) else None
        return DraftRow(name, None) if isinstance(name, str) else None
    return DraftRow(one.exercise, one.amount, one.instead_of)


def _day(data: Any) -> date | None:
    try:
        return date.fromisoformat(data["until"])
    except (KeyError, TypeError, ValueError):
        return None


def plan_schema() -> dict[str, Any]:
    """The JSON Schema of a plan, for an editor (draft 7)."""
    return schema_of(PlanFile, "backmove plan of a physiotherapist")


def example(today: str) -> str:
    """A plan with a word on every line of it, that can be taken up as it is on ``today``."""
    until = date.fromisoformat(today) + timedelta(weeks=_EXAMPLE_WEEKS)
    return resource(EXAMPLE).read_text(encoding="utf-8").replace("UNTIL", until.isoformat())
