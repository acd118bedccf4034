"""Flare-ups of the past, as the records of single days show them; for weeks that are over (R-E4).

Whether one is on today is decided in ``core/flare.py``, from the usual pain of each day. For the weeks behind, one pass
over the records is enough: a session on a day of a flare-up is never green. A spell may seem longer than it was, never
shorter, and nothing that is noted later changes the days before it. Days are ISO dates, pain is 0-10.
"""

from backmove.core.diary import Diary
from backmove.core.parameters import Parameters
from backmove.core.spells import FlareSpell, SpellFigures, spells_until


def flare_spells(diary: Diary, today: str, parameters: Parameters) -> tuple[FlareSpell, ...]:
    """Flare-ups up to today, in order, by the numbers of the parameters (``core/spells.py`` has the rules)."""
    return diary.once(("flare-spells", today), lambda: _lived(diary, today, parameters), parameters)


def _lived(diary: Diary, today: str, parameters: Parameters) -> tuple[FlareSpell, ...]:
    flare = parameters.flare
    figures = SpellFigures(
        red_days=flare.red_days.value,
        amber_max=parameters.zone.amber_max.value,
        over_rise=flare.over_rise.value,
        over_entries=flare.over_entries.value,
        silence=parameters.gap.restart.value,
    )
    return spells_until(diary, today, figures)
