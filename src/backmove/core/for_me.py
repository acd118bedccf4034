"""What the person told us that keeps an exercise out of their sessions, whatever the day is like."""

from collections.abc import Iterable

from msgspec import Struct

from backmove.core.choices import Equipment
from backmove.core.diary import Diary
from backmove.core.exercise import Catalog, Exercise
from backmove.core.finding import barred_by


class ForMe(Struct, frozen=True):
    """One row beside a person. ``by_me``: they left it out by name. ``because``: labels of the precautions that rule
    it out, and dislikes, in words. ``lacking``: kit it needs that the profile does not have."""

    row: Exercise
    by_me: bool
    because: tuple[str, ...]
    lacking: tuple[Equipment, ...]

    @property
    def open(self) -> bool:
        """Nothing that was told keeps it out. Level, pain and the day still count."""
        return not (self.by_me or self.because or self.lacking)


def for_me(
    rows: Iterable[Exercise], catalog: Catalog, diary: Diary, tags: Iterable[str]
) -> tuple[ForMe, ...]:
    """Each row beside this person. ``tags``: every precaution that holds today, from profile and triage."""
    profile, held, excluded = diary.profile, sorted(tags), diary.excluded
    found = []
    for row in rows:
        barred = [entry.label for entry in barred_by(catalog, row, held)]
        tastes = [
            f"you do not like {w}" for w in profile.dislikes if w in (row.id, row.category, row.tradition)
        ]
        lacking = tuple(thing for thing in row.equipment if thing not in profile.equipment)
        found.append(ForMe(row, row.id in excluded, (*barred, *tastes), lacking))
    return tuple(found)
