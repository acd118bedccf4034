"""What is locked today, for the commands that only have to say so."""

from typing import TYPE_CHECKING

from backmove.cli.context import App

if TYPE_CHECKING:
    from backmove.core.clearance import Standing

ANYWHERE = "112 (most of Europe and many mobiles), 911 (North America), 999 (UK), 000 (Australia)"
"""What is said while the region is not known: ``unknown`` of the numbers file, without opening it."""

_NO_LOCK = ("SELF_CARE", "CAREFUL", "INCOMPLETE")


def standing_of(app: App) -> "Standing":
    """What the records say about today. The library is opened only when a precaution was added since the
    triage, the questionnaire only when an import brought answers to it."""
    from backmove.core.clearance import standing
    from backmove.core.record import Profile

    changes = [r for r in app.diary.since_triage if isinstance(r, Profile) and r.set.get("precautions")]
    tags = [p.tag for p in app.catalog.precautions.values() if p.clear_first] if changes else []
    return standing(app.diary, now=app.now(), today=app.today(), clear_first=tags, locks=_locks(app))


def _locks(app: App) -> tuple[str, ...]:
    """The locks of all results together, where two journals were put together; else the last result knows them."""
    if not (app.diary.mixed and any(t.result not in _NO_LOCK for t in app.diary.triages)):
        return ()
    from backmove.core.locks import standing_locks

    return tuple(lock.disposition for lock in standing_locks(app.questionnaire, app.diary.triages))


def emergency_number(app: App) -> str:
    """The number of the person's region; until they say which, those of the large ones."""
    if app.diary.profile.region is None:
        return ANYWHERE
    from backmove.store.library import load_emergency_numbers

    region = load_emergency_numbers().find(app.diary.profile.region)
    return region.emergency if region else ANYWHERE
