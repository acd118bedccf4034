"""What is called wordless is wordless: held against the answers of ``log`` themselves."""

from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from backmove.core.clearance import standing
from backmove.core.diary import fold
from backmove.core.logbook import notices
from backmove.core.notice import Notice
from backmove.core.record import AnyRecord, Pain, Profile
from backmove.core.when import day_of
from backmove.core.wordless import Wordless, wordless
from backmove.quick_log import NONE_YET, Proof
from past import NOW, Past, number_of


def found(records: list[AnyRecord], now: datetime = NOW) -> Wordless | None:
    diary, today = fold(records), day_of(now).isoformat()
    return wordless(diary, now=now, today=today)


def proof_of(what: Wordless, now: datetime = NOW) -> Proof:
    facts = (int(now.timestamp()), number_of(what.first), number_of(what.last), 180, what.ceiling, NONE_YET)
    return Proof(0, 0, 0, 0, 0, 0, *facts)


def after(proof: Proof, score: int, day: int) -> Proof:
    return proof.after(score, day, Path().stat(), b"")


def said(records: list[AnyRecord], entry: Pain, now: datetime) -> tuple[Notice, ...]:
    """The answer of the ordinary ``log``; ``records`` are those before it."""
    before, diary, today = fold(records), fold([*records, entry]), day_of(now).isoformat()
    held = standing(diary, now=now, today=today)
    return notices((entry,), before, diary, held, today=today, number=lambda: "112")


def entered(records: list[AnyRecord], score: int, now: datetime) -> Pain:
    at, day = now.isoformat(timespec="seconds"), day_of(now).isoformat()
    return Pain(v=1, id=f"quick{len(records):07d}", at=at, day=day, score=score)


@given(seed=st.integers(0, 2**32), data=st.data())
@settings(max_examples=150)
def test_what_is_wordless_is_answered_without_a_word(seed: int, data: st.DataObject) -> None:
    records = Past(Random(seed)).records
    what = found(records)
    if what is None:
        return
    steps = st.tuples(st.sampled_from((0, 0, 1, 30, 300, 1440, 2880, 4320, 8640)), st.integers(0, 7))
    no_words_to(records, what, data.draw(st.lists(steps, min_size=1, max_size=9)))


def no_words_to(records: list[AnyRecord], what: Wordless, steps: list[tuple[int, int]]) -> int:
    """Adds the scores that the proof lets through, ``steps`` of minutes apart; how many there were."""
    proof, now, records, count = proof_of(what), NOW, list(records), 0
    for minutes, score in steps:
        now += timedelta(minutes=minutes)
        day = number_of(day_of(now).isoformat())
        if not proof.has_no_words(score, day, now.timestamp()):
            continue
        entry = entered(records, score, now)
        assert said(records, entry, now) == (), f"{what}, pain {score} at {now}"
        records.append(entry)
        proof, count = after(proof, score, day), count + 1
    return count


def test_the_search_meets_every_reason_and_many_quick_entries() -> None:
    """Or the property above would be about nothing."""
    reasons: Counter[str] = Counter()
    quick = silent = 0
    for seed in range(250):
        rng = Random(seed)
        records = Past(rng).records
        what = found(records)
        quick += what is not None
        if what is not None:
            silent += no_words_to(records, what, [(700, rng.randrange(8)) for _ in range(8)])
        reasons.update(notice.code for notice in said(records, entered(records, rng.randrange(10), NOW), NOW))
    assert quick > 60, "most pasts are quiet"
    assert silent > 150
    assert {"pain-too-high", "triage-stale", "quiet", "no-triage", "three-overloads", "leg-further"} <= set(
        reasons
    )


def test_what_the_library_or_the_questionnaire_would_have_to_say_is_left_to_the_ordinary_way() -> None:
    past = Past(Random(1))
    past.records.clear()
    past.rng = Random(3)
    past.triage(10)
    past.records.append(entered(past.records, 3, NOW - timedelta(days=1)))
    diary, today = fold(past.records), day_of(NOW).isoformat()
    assert wordless(diary, now=NOW, today=today) is not None
    assert wordless(replace(diary, mixed=True), now=NOW, today=today) is None
    past.tell(1, precautions=["osteoporosis"])
    assert isinstance(past.records[-1], Profile)
    assert found(past.records) is None
