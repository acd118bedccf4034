"""The whole questionnaire, walked: every prompt can be reached, every walk ends complete, nothing opens
half-way.
"""

import random
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backmove.core.answers import missing_fields, seen_by_rules
from backmove.core.assess import assess, fired_now
from backmove.core.condition import SKIP, Answers, Value, holds, names_in, parts_of
from backmove.core.interview import (
    Reply,
    apply_answer,
    calm_reply,
    in_doubt,
    next_prompt,
    offered,
    replay,
    without,
)
from backmove.core.questionnaire import RANK, Prompt, highest
from questions import TODAY, keys, number, shipped, told, walked

Q = shipped()

DAYS = (0, 1, 2, 5, 7, 10, 14, 15, 20, 28, 30, 41, 42, 60, 84, 85, 90, 91, 100, 365, 366, 400, 2000)
NUMBERS = (0, 1, 3, 5, 6, 7, 8, 9, 10, 17, 18, 20, 30, 40, 45, 50, 55, 56, 60, 65, 70, 75, 80)


def any_reply(prompt: Prompt, answers: Answers, chance: random.Random) -> Reply:
    """Something a person could answer here."""
    options = offered(Q, prompt, answers)
    typed = prompt.typed
    if typed is not None and (prompt.kind == "typed" or chance.random() < 0.2):
        if options and prompt.kind == "typed" and chance.random() < 0.1:
            return Reply(keys=(chance.choice(options).key,))
        pool = {"temperature": (36.5, 37.9, 38.0, 39.5), "ago": DAYS}.get(typed.reads, NUMBERS)
        return Reply(number=chance.choice([n for n in pool if typed.minimum <= n <= typed.maximum]))
    lone = [o for o in options if o.exclusive]
    items = [o for o in options if not o.exclusive]
    if prompt.kind != "list":
        return Reply(keys=(chance.choice(options).key,))
    if chance.random() < 0.4:
        return Reply(keys=(chance.choice(lone).key,))
    return Reply(keys=tuple(o.key for o in chance.sample(items, chance.randint(1, min(3, len(items))))))


def steps(seed: int) -> Iterator[tuple[str, Reply, Answers, frozenset[str]]]:
    """A walk of a random person, from very calm to anything; each step with the answers after it."""
    chance = random.Random(f"walk {seed}")
    calm = chance.choice((0.0, 0.5, 0.9, 0.97))
    answers: Answers = {"claimed": "y"} if chance.random() < 0.2 else {}
    asked: frozenset[str] = frozenset()
    while (prompt := next_prompt(Q, answers, asked)) is not None:
        quiet = chance.random() < calm and prompt.id not in ("age", "onset")
        reply = calm_reply(Q, prompt, answers) if quiet else any_reply(prompt, answers, chance)
        answers = apply_answer(Q, answers, prompt, reply)
        asked |= {prompt.id}
        yield prompt.id, reply, answers, asked


SEEDS = range(150)


@pytest.mark.parametrize("part", range(3))
def test_every_walk_ends_complete_and_nothing_opens_half_way(part: int) -> None:
    for seed in SEEDS[part::3]:
        walk = list(steps(seed))
        *_, (_, _, answers, asked) = walk
        assert in_doubt(Q, answers, asked) == frozenset()
        missing = missing_fields(Q, answers)
        assert {answers[name] for name in missing} <= {SKIP}
        for _, _, so_far, _ in walk[:-1:7]:
            assert not assess(Q, so_far, today=TODAY).opens


def test_no_order_of_answering_gives_other_answers() -> None:
    for seed in SEEDS:
        walk = list(steps(seed))
        *_, (_, _, answers, asked) = walk
        replies = [(name, reply) for name, reply, *_ in walk]
        random.Random(seed).shuffle(replies)
        again = replay(Q, dict(replies), {"claimed": "y"} if "claimed" in answers else None)
        assert again.answers == answers
        assert frozenset(again.asked) == asked
        assert again.due is None


def test_going_back_and_answering_the_same_again_changes_nothing() -> None:
    for seed in SEEDS[:30]:
        walk = list(steps(seed))
        *_, (_, _, answers, _) = walk
        replies = {name: reply for name, reply, *_ in walk}
        start = {"claimed": "y"} if "claimed" in answers else None
        for name in list(replies)[::5]:
            left = without(Q, replies, name)
            assert (
                replay(Q, {**left, **{n: r for n, r in replies.items() if n not in left}}, start).answers
                == answers
            )


def test_what_ends_the_questions_at_once_is_an_emergency_of_the_answers_so_far() -> None:
    ended = 0
    for seed in SEEDS:
        for _, _, answers, asked in steps(seed):
            if fired_now(Q, answers, asked):
                result = assess(Q, answers, today=TODAY)
                assert result.disposition == "EMERGENCY", (seed, asked)
                ended += 1
                break
    assert ended > 30


def test_at_the_end_of_a_walk_an_emergency_has_ended_it() -> None:
    for seed in SEEDS:
        *_, (_, _, answers, asked) = steps(seed)
        fired = {r for r in assess(Q, answers, today=TODAY).rules if Q.rules[r].disposition == "EMERGENCY"}
        assert set(fired_now(Q, answers, asked)) == fired


def test_every_prompt_can_be_reached() -> None:
    seen: set[str] = set()
    for seed in range(2000):
        seen.update(name for name, *_ in steps(seed))
        if seen == set(Q.prompts):
            break
    assert set(Q.prompts) - seen == set()


def test_a_follow_up_comes_before_anything_else() -> None:
    seen = 0
    for seed in SEEDS[:50]:
        answers: Answers = {}
        asked: frozenset[str] = frozenset()
        for name, _, after, asked_after in steps(seed):
            view = seen_by_rules(Q, answers)
            waiting = [p.id for p in Q.prompts.values() if p.follows in asked and p.id not in asked]
            due = [p for p in waiting if holds(Q.prompts[p].ask, view, Q.defines)]
            assert Q.prompts[name].follows is not None or due == [], (seed, name)
            seen += len(due)
            answers, asked = after, asked_after
    assert seen > 100


AT_ONCE = [
    ("chest", keys("1")),
    ("chest", keys("2")),
    ("chest", keys("3")),
    ("chest", keys("4")),
    ("vessels", keys("1")),
    ("vessels", keys("2")),
    ("vessels", keys("3")),
    ("saddle", keys("y")),
    ("control", keys("y")),
    ("elsewhere", keys("y")),
    ("very-ill", keys("y")),
    ("belly", keys("4")),
]


@pytest.mark.parametrize(("prompt", "reply"), AT_ONCE, ids=[f"{p} {r.keys[0]}" for p, r in AT_ONCE])
def test_a_plain_yes_ends_the_questions_at_once(prompt: str, reply: Reply) -> None:
    whole = walked((prompt, reply))
    place = whole.asked.index(prompt) + 1
    before = walked().answers
    answers = {n: v for n, v in before.items() if n not in Q.prompts[prompt].fields}
    after = apply_answer(Q, answers, Q.prompts[prompt], reply)
    assert fired_now(Q, after, frozenset(whole.asked[:place]))


@pytest.mark.parametrize(
    ("prompt", "reply"),
    [
        ("bladder", keys("1")),
        ("bladder", keys("4")),
        ("bowel", keys("1")),
        ("bowel", keys("2")),
        ("both-legs", keys("1")),
        ("both-legs", keys("3")),
    ],
)
def test_a_listed_sign_ends_them_with_its_day(prompt: str, reply: Reply) -> None:
    whole = walked((prompt, reply), (f"{prompt}-since", keys("y")))
    fired = fired_now(Q, whole.answers, frozenset(whole.asked))
    assert fired
    assert set(fired) <= {"E4", "E6", "E8", "E8p"}


def test_a_hard_knock_ends_them_when_it_is_known_to_be_fresh_and_unchecked() -> None:
    said = (("injury", keys("5")), ("knock-when", number(3)), ("knock-checked", keys("n")))
    whole = walked(*said)
    assert fired_now(Q, whole.answers, frozenset(whole.asked)) == ("E3",)
    open_yet = frozenset(whole.asked) - {"knock-checked"}
    assert fired_now(Q, whole.answers, open_yet) == ()


# --- total, and the same each time -------------------------------------------------------------------------


def any_value(name: str) -> st.SearchStrategy[Value]:
    field = Q.fields[name]
    extra: list[Value] = [SKIP] if field.skip else []
    extra += [None] if field.nullable else []
    if field.type == "list":
        return st.one_of(st.sampled_from([(), *extra]), st.sets(st.sampled_from(field.values)).map(tuple))
    if field.values:
        return st.sampled_from([*field.values, *extra])
    if field.type == "temperature":
        return st.floats(30, 45)
    return st.one_of(st.integers(field.minimum, field.maximum), *([st.sampled_from(extra)] if extra else []))


ANSWERS = st.fixed_dictionaries({}, optional={name: any_value(name) for name in Q.fields})


@given(ANSWERS)
@settings(max_examples=200)
def test_any_answers_have_one_result_and_the_same_again(answers: Answers) -> None:
    first = assess(Q, answers, today=TODAY)
    assert first.disposition in RANK
    assert first == assess(Q, {name: answers[name] for name in sorted(answers, reverse=True)}, today=TODAY)
    ruled = highest(Q.rules[rule].disposition for rule in first.rules)
    assert RANK[first.disposition] >= min(RANK[ruled], RANK["OUT_OF_SCOPE"])
    assert first.complete == (first.missing == ())
    assert (first.valid_days is not None) == (RANK[first.disposition] <= RANK["CAREFUL"])


@given(st.sampled_from([n for n, f in Q.fields.items() if f.asked and not f.may_skip]), st.data())
@settings(max_examples=100)
def test_an_answer_that_is_owed_and_not_given_never_opens(name: str, data: st.DataObject) -> None:
    changes = {
        n: data.draw(any_value(n)) for n in data.draw(st.sets(st.sampled_from([*Q.fields]), max_size=6))
    }
    answers = {**told(), **changes}
    owed = missing_fields(Q, {n: v for n, v in answers.items() if n != name})
    result = assess(Q, {n: v for n, v in answers.items() if n != name}, today=TODAY)
    assert not (owed and result.opens)


# --- nothing idle ------------------------------------------------------------------------------------------


def test_every_named_condition_is_used() -> None:
    entries: tuple[Any, ...] = (
        *Q.rules.values(),
        *Q.weak_points.values(),
        *Q.tags,
        *Q.validity,
        *Q.bookings,
        *Q.early,
        *Q.contradictions,
    )
    todo = [entry.when for entry in entries]
    todo += [part.when for rule in Q.rules.values() for part in rule.parts]
    todo += [f.asked for f in Q.fields.values() if f.asked is not None]
    todo += [p.ask for p in Q.prompts.values()]
    todo += [o.ask for p in Q.prompts.values() for o in p.options if o.ask is not None]
    used: set[str] = {"leg_sign"}  # the engine reads it for the record
    while todo:
        condition = todo.pop()
        new = set(names_in(condition)) - used
        used |= new
        todo += [Q.defines[name] for name in new]
        todo += parts_of(condition)
    assert set(Q.defines) == used


def test_every_field_that_is_asked_is_answered_by_a_prompt() -> None:
    answered = {name for p in Q.prompts.values() for name in p.fields}
    answered |= {name for p in Q.prompts.values() for o in p.options for name in o.sets}
    answered |= {name for p in Q.prompts.values() if p.typed for name in (p.typed.field, *p.typed.also)}
    assert {name for name, field in Q.fields.items() if field.asked} <= answered
    told_otherwise = {"sex", "precautions", "claimed"}
    assert set(Q.fields) - answered == told_otherwise
