"""What kind of session comes next, in a few words beside the day at a glance. Nothing is asked for twice."""

from backmove.core.diary import Diary
from backmove.core.flare import FlareUp, Phase, flare_of
from backmove.core.missed import Gap, days_away, gap_of
from backmove.core.notice import Notice
from backmove.core.parameters import Parameters


def reminder(diary: Diary, today: str, parameters: Parameters) -> Notice | None:
    """A line on the session that comes next; None on an ordinary day, and when enough was done today.

    ``diary``: the whole of it. A flare-up day stays one until today's pain says otherwise.
    """
    flare = flare_of(diary, today, None, parameters)
    a_day = parameters.relief.a_day.value if flare is not None and flare.phase is Phase.RELIEF else 1
    if _reported_on(diary, today) >= a_day:
        return None
    if flare is not None and flare.on:
        return _on_a_flare_day(flare, parameters)
    if gap_of(days_away(diary, today), parameters.gap) not in (Gap.NONE, Gap.HOLD):
        return Notice("begin-again", "Next comes a shorter session to begin again.")
    if flare is not None and flare.phase is Phase.BACK:
        return Notice("flare-over", "Next comes a session that begins a bit lower, as the flare-up is over.")
    return None


def _on_a_flare_day(flare: FlareUp, parameters: Parameters) -> Notice:
    if flare.phase is Phase.AMBER:
        return Notice("flare-easing", "The flare-up is easing: a lighter session today.")
    often = parameters.relief.a_day.value
    return Notice("flare", f"A flare-up day: a short relief session, up to {often} of them today.")


def _reported_on(diary: Diary, day: str) -> int:
    given = {session.id for session in diary.sessions if session.day == day}
    return len(given & {done.session for done in diary.dones})
