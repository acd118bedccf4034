"""Pasts at random, heavy in what ``log`` has words about: pain near the triggers, long breaks, new spells, hard
sessions, and answers to the safety questions that run out soon. Times are whole seconds before ``NOW``."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any, Final

from backmove.core.record import (
    RULES_VERSION,
    Amend,
    AnyRecord,
    Check,
    Direction,
    Done,
    GivenDose,
    GivenItem,
    Pain,
    Profile,
    Retract,
    Session,
    Triage,
    Walk,
)
from backmove.core.when import day_of

NOW: Final = datetime(2026, 3, 4, 9, 30, 20, tzinfo=UTC)


class Past:
    """One journal; ``now`` is aware. ``rising``: how much pain grew each week, lately; ``sore``: of nothing but pain is
    written."""

    def __init__(self, rng: Random, now: datetime = NOW) -> None:
        self.rng, self.now = rng, now
        self.records: list[AnyRecord] = []
        self.base = rng.choice((0, 1, 1, 2, 3, 3, 4, 5, 6))
        self.rising = rng.choice((0, 0, 0, 1, 2, 3))
        self.still = rng.random() < 0.6
        self.sore = rng.random() < 0.5
        days = rng.choice((0, 3, 10, 30, 30, 45, 70, 100))
        if rng.random() < 0.2:
            self.tell(days + 1, episode_start=self._date(rng.choice((2, 20, 60, 400))))
        if rng.random() < 0.97:
            self.triage(days + 1)
        moments = sorted(
            (rng.uniform(0, days) for _ in range(rng.choice((0, 2, 6, 15, 30, 60)))), reverse=True
        )
        for ago in moments:
            self.something(ago)
        if rng.random() < 0.3:
            self.triage(rng.choice((0.1, 1, 5, 7, 8, 12)))
        if rng.random() < 0.3:
            for ago in (3, 2.5, 1.2):
                self.pain(ago)

    def head(self, ago: float) -> dict[str, Any]:
        at = (self.now - timedelta(days=ago)).replace(microsecond=0)
        number = f"{len(self.records):06d}past00"
        return {
            "v": 1,
            "id": number,
            "at": at.isoformat(timespec="seconds"),
            "day": day_of(at).isoformat(),
        }

    def _date(self, ago: float) -> str:
        return (self.now.date() - timedelta(days=int(ago))).isoformat()

    def tell(self, ago: float, **said: Any) -> None:
        self.records.append(Profile(**self.head(ago), set=said))

    def triage(self, ago: float) -> None:
        rng = self.rng
        opens = rng.random() < 0.96
        self.records.append(
            Triage(
                **self.head(ago),
                disposition="SELF_CARE" if opens else "CLINICIAN_FIRST",
                result="SELF_CARE" if opens else "CLINICIAN_FIRST",
                ended="finished",
                complete=True,
                rules_version=RULES_VERSION,
                unlocked=opens,
                valid_until=self._date(-rng.choice((0, 1, 4, 30, 90, 90, 90))),
                episode_start=self._date(ago + rng.choice((3, 50, 300))) if rng.random() < 0.7 else None,
                assessed=rng.random() < 0.3,
            )
        )

    def pain(self, ago: float) -> None:
        rng = self.rng
        drift = 0 if self.still else rng.choice((-2, -1, 0, 0, 0, 0, 1, 1, 2, 3))
        later = self.rising * max(0, 3 - int(ago // 7))
        self.records.append(
            Pain(
                **self.head(ago),
                score=min(10, max(0, self.base + drift + later)),
                morning=rng.random() < 0.1,
                leg=rng.choice((None, None, None, None, None, None, None, "usual", "closer", "further")),
            )
        )

    def something(self, ago: float) -> None:
        chance = self.rng.random()
        if self.sore or chance < 0.65:
            self.pain(ago)
        elif chance < 0.8:
            self.session(ago)
        elif chance < 0.85:
            self.records.append(Walk(**self.head(ago), minutes=10))
        elif chance < 0.88:
            self.records.append(Check(**self.head(ago), answers={"dc1": "n"}, outcome="open"))
        elif chance < 0.9:
            self.records.append(
                Direction(**self.head(ago), bending_leg=self.rng.choice(("usual", "further")))
            )
        elif chance < 0.95 and self.records:
            self.records.append(Retract(**self.head(ago), target=self.rng.choice(self.records).id))
        elif pains := [r for r in self.records if isinstance(r, Pain)]:
            about, score = self.rng.choice(pains), self.rng.randrange(11)
            self.records.append(Amend(**self.head(ago), target=about.id, set={"score": score}))

    def session(self, ago: float) -> None:
        rng = self.rng
        dose = GivenDose(kind="reps", counts=(8,))
        row = GivenItem("pelvic-tilt", block="main", dose=dose, seconds=60)
        given = Session(
            **self.head(ago),
            zone="green",
            stage="long",
            mode="steady",
            variant=0,
            place="floor",
            requested_min=20,
            effective_min=20,
            estimated_s=1200,
            pain=self.base,
            items=(row,),
        )
        self.records.append(given)
        if rng.random() < 0.8:
            stopped = rng.random() < 0.3
            self.records.append(
                Done(
                    **self.head(ago),
                    session=given.id,
                    status="stopped" if stopped else "done",
                    peak=rng.randrange(10),
                    reason="pain" if stopped else None,
                )
            )


def number_of(day: str) -> int:
    """Days since 1970."""
    return (date.fromisoformat(day) - date(1970, 1, 1)).days
