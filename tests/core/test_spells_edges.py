"""The figures of a spell that stand in code, for what may not read the parameters."""

import shipped
from backmove.core.spells import SHIPPED, SpellFigures

_, PARAMETERS = shipped.library()


def test_the_figures_of_a_spell_are_those_of_the_parameters() -> None:
    flare = PARAMETERS.flare
    assert (
        SHIPPED
        == SpellFigures()
        == SpellFigures(
            red_days=flare.red_days.value,
            amber_max=PARAMETERS.zone.amber_max.value,
            over_rise=flare.over_rise.value,
            over_entries=flare.over_entries.value,
            silence=PARAMETERS.gap.restart.value,
        )
    )
