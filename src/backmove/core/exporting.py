"""What an export was asked for: the format, the days, what goes along; and what does not fit together.

JSON is the whole journal, line by line, and loses nothing. CSV and FHIR are made for others: they show the entries as
they stand after corrections, and leave the person's own notes out unless asked.
"""

from datetime import date
from typing import Final, Literal, cast, get_args

from msgspec import Struct

from backmove.core.choices import Category
from backmove.core.exercise import Catalog
from backmove.core.selection import Selection, selection
from backmove.core.typed import choice
from backmove.errors import UsageProblem

Format = Literal["json", "csv", "fhir"]
FORMATS: Final = get_args(Format)
_STRENGTHENING: Final = (Category.STRENGTH, Category.CORE)


class Wish(Struct, frozen=True):
    """``days`` narrows CSV and FHIR. ``mark``: a byte order mark at the beginning of a CSV; ``semicolon``: ``;``
    between its cells. ``snomed``: the code for the low back, beside the words."""

    format: Format
    days: Selection
    notes: bool = False
    mark: bool = False
    semicolon: bool = False
    snomed: bool = False


def wish(
    format_: str,
    *,
    since: date | None,
    until: date | None,
    notes: bool,
    excel: bool,
    semicolon: bool,
    snomed: bool,
) -> Wish:
    """What was typed, if it fits together. Raises UsageProblem."""
    choice("--format", format_, FORMATS)
    if format_ == "json" and (since or until):
        raise UsageProblem("JSON is always the whole journal; --from and --to are for csv and fhir.")
    for option, given, fits in (
        ("--excel", excel, "csv"),
        ("--semicolon", semicolon, "csv"),
        ("--snomed", snomed, "fhir"),
    ):
        if given and format_ != fits:
            raise UsageProblem(f"{option} is for {fits}, not for {format_}.")
    return Wish(
        format=cast("Format", format_),
        days=selection(since=since, until=until, on=None, kind=None, count=None),
        notes=notes,
        mark=excel,
        semicolon=semicolon,
        snomed=snomed,
    )


def where_to(*, file: bool, encrypted: bool, json: bool, terminal: bool) -> None:
    """Raises UsageProblem where standard output cannot take what was asked for."""
    if file:
        return
    if json:
        raise UsageProblem(
            "--json tells what was written; name the file with --out, too.",
            hint="The journal itself as JSON:  backmove export --format json",
        )
    if encrypted and terminal:
        raise UsageProblem(
            "an encrypted export is not made for a screen; name a file.",
            hint="backmove export --encrypt age1... --out journal.json.age",
        )


def strengthening(catalog: Catalog) -> frozenset[str]:
    """Ids of the exercises that count as strengthening: those for strength and for the trunk."""
    return frozenset(row.id for row in catalog.exercises.values() if row.category in _STRENGTHENING)
