"""The invariants that a life is held against, each by its id. One function yields what breaks it, in words.

``found_in`` runs them all over one story in one pass. ``PLAIN`` ones compare sessions with each other and so need a
life that keeps its profile, place and minutes (``life_of(..., plain=True)``).
"""

from collections.abc import Callable, Iterator, Mapping

from holds_day import (
    i2_refused_for_a_reason_and_only_then,
    i3_nothing_forbidden,
    i6_caps,
    i6_first_weeks_are_easy,
    i7_impact_and_level_four,
    i12_time,
    i18_few_to_learn,
    i24_one_exposure,
)
from holds_progress import (
    i25_one_notch,
    i26_step_ups,
    i27_no_up_after,
    i27_ups_are_earned,
    i28_down_after_overload,
    i28_never_nothing,
    i29_one_step_down,
    i30_fill_repeats_the_start,
    i30_holds,
)
from holds_text import (
    i39_ends_differ,
    i40_no_dislike,
    i42_cards,
    i43_words,
    i44_texts,
    i45_changes_are_told,
    i46_one_question,
)
from holds_week import i33_hard_rows_rest, i34_walking, i36_missed_work_is_not_added, i38_the_block_stays
from one_day import Finding, one_session_holds

from story import Story

ANY: Mapping[str, tuple[Callable[[Story], Finding], ...]] = {
    "I2": (i2_refused_for_a_reason_and_only_then,),
    "B3": (),
    "I3": (i3_nothing_forbidden,),
    "I6": (i6_caps, i6_first_weeks_are_easy),
    "I7": (i7_impact_and_level_four,),
    "I12": (i12_time,),
    "I18": (i18_few_to_learn,),
    "I24": (i24_one_exposure,),
    "I28": (i28_never_nothing,),
    "I30": (i30_holds, i30_fill_repeats_the_start),
    "I33": (i33_hard_rows_rest,),
    "I39": (i39_ends_differ,),
    "I40": (i40_no_dislike,),
    "I42": (i42_cards,),
    "I43": (i43_words,),
    "I44": (i44_texts,),
    "I45": (i45_changes_are_told,),
    "I46": (i46_one_question,),
}
PLAIN: Mapping[str, tuple[Callable[[Story], Finding], ...]] = {
    "I25": (i25_one_notch,),
    "I26": (i26_step_ups,),
    "I27": (i27_no_up_after, i27_ups_are_earned),
    "I28": (i28_down_after_overload,),
    "I29": (i29_one_step_down,),
    "I34": (i34_walking,),
    "I38": (i38_the_block_stays,),
    "I36": (i36_missed_work_is_not_added,),
}


def found_in(story: Story, *, plain: bool) -> Iterator[tuple[str, str]]:
    """Every invariant that the life breaks: its id, and the finding in full."""
    for rule, day, words in one_session_holds(story):
        yield rule, story.tell(rule, day, words)
    for table in (ANY, PLAIN) if plain else (ANY,):
        for rule, checks in table.items():
            for check in checks:
                for day, words in check(story):
                    yield rule, story.tell(rule, day, words)
