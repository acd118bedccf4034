"""Finding exercises: by what they are, by name, and by what a precaution leaves."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from backmove.core.body_parts import BODY, POSITIONS
from backmove.core.choices import Category, Equipment, Goal
from backmove.core.exercise import Catalog, Exercise, Precaution, Status
from backmove.core.searching import Part, Search, search
from backmove.core.typed import near
from backmove.errors import NotFound, UsageProblem

NOTHING = "none"
"""The word for "needs nothing" where a piece of equipment is asked for."""


class Wanted(Struct, frozen=True):
    """What a list is narrowed to. Empty words and None do not narrow; ``tags`` are precautions.

    Raises UsageProblem, on being made by ``wanted``, for a word that does not exist.
    """

    category: str = ""
    body: str = ""
    position: str = ""
    equipment: str = ""
    goal: str = ""
    level: int | None = None
    tags: tuple[str, ...] = ()
    kit: frozenset[Equipment] | None = None
    """All that is at hand; None: whatever it needs."""

    def fits(self, row: Exercise) -> bool:
        """The row is what was asked for, precautions aside."""
        kit = (*row.equipment, *row.equipment_optional)
        return (
            self.category in ("", row.category)
            and (not self.body or not BODY[self.body].isdisjoint(row.targets))
            and (not self.position or row.position in POSITIONS[self.position])
            and (self.equipment in ("", *kit) or (self.equipment == NOTHING and not row.equipment))
            and (not self.goal or self.goal in row.goals)
            and self.level in (None, row.level)
            and (self.kit is None or self.kit.issuperset(row.equipment))
        )


def wanted(
    catalog: Catalog,
    *,
    category: str = "",
    body: str = "",
    position: str = "",
    equipment: str = "",
    goal: str = "",
    level: int | None = None,
    tags: Sequence[str] = (),
    kit: Iterable[Equipment] | None = None,
) -> Wanted:
    """The words typed, each checked against what exists. Raises UsageProblem that lists what is allowed."""
    return Wanted(
        category=_known("--category", category, Category),
        body=_known("--body", body, BODY),
        position=_known("--position", position, POSITIONS),
        equipment=_known("--equipment", equipment, (*Equipment, NOTHING)),
        goal=_known("--goal", goal, Goal),
        level=level,
        tags=tuple(_known("--tag", tag, catalog.precautions) for tag in tags),
        kit=None if kit is None else frozenset(kit),
    )


class Found(Struct, frozen=True):
    """The rows, in file order, and how many more the precautions took out."""

    rows: tuple[Exercise, ...]
    left_out: int


def find(catalog: Catalog, what: Wanted) -> Found:
    """Active rows that fit and that none of the tags bars."""
    fitting = [row for row in catalog.exercises.values() if row.status is Status.ACTIVE and what.fits(row)]
    tags = [catalog.precautions[tag] for tag in what.tags]
    rows = tuple(row for row in fitting if not any(tag.bars(row) for tag in tags))
    return Found(rows, len(fitting) - len(rows))


def search_rows(rows: Iterable[Exercise], typed: str) -> Search[Exercise]:
    """Rows whose name, id, other names or cues say the words, the best first. Raises UsageProblem without a word."""
    return search(
        typed,
        {
            place: (
                row,
                (
                    Part(f"{row.name} {row.id}", 4),
                    *(Part(name, 3) for name in row.aliases),
                    *(Part(cue, 1) for cue in row.cues),
                ),
            )
            for place, row in enumerate(rows)
        },
        lines=1,
    )


def named(catalog: Catalog, word: str) -> Exercise:
    """The exercise with this id, name or other name. Raises NotFound with a guess."""
    sought = _plain(word)
    names = {
        _plain(name): row for row in catalog.exercises.values() for name in (*row.aliases, row.name, row.id)
    }
    if sought in names:
        row = names[sought]
        return catalog.exercises.get(row.merged_into or "", row)
    close = list(dict.fromkeys(names[name].id for name in near(sought, names, 3)))
    guess = f" Did you mean {' or '.join(close)}?" if close else ""
    raise NotFound(f"there is no exercise {word!r}.{guess}", hint="All of them:  backmove exercises list")


def barred_by(catalog: Catalog, row: Exercise, tags: Iterable[str]) -> tuple[Precaution, ...]:
    """Those of the tags that rule the row out; tags that do not exist are passed over."""
    entries = (catalog.precautions[tag] for tag in tags if tag in catalog.precautions)
    return tuple(entry for entry in entries if entry.bars(row))


def _plain(word: str) -> str:
    """Capitals, spaces and hyphens do not count: "Birddog" is ``bird-dog``."""
    return "".join(letter for letter in word.casefold() if letter.isalnum())


def _known(option: str, word: str, values: Iterable[str]) -> str:
    allowed = [str(value) for value in values]
    word = word.strip().lower()
    if not word or word in allowed:
        return word
    begun = [value for value in allowed if value.startswith(word)]
    close = near(word, allowed) or begun
    guess = f" Did you mean {close[0]}?" if close else ""
    raise UsageProblem(f"{option}: {word!r} is not known.{guess} Allowed: {', '.join(allowed)}.")
