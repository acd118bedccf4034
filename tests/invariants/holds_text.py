"""Variety, text and log, I39 to I46. See ``holds``."""

from one_day import Finding

from backmove.core.plain_words import banned_words
from backmove.core.plan import Block, Plan, PlannedItem
from backmove.core.record import Flare, GivenItem, Pain, Profile, Session, Walk
from backmove.core.same_day import before_first_session
from backmove.core.zone import Zone
from story import Given, Story, days_apart, key_of


def i39_ends_differ(story: Story) -> Finding:
    """Against the last session that was given, also where another form of it was asked for."""
    for one in story.given:
        base = before_first_session(one.visit.before, one.day)
        last = base.sessions[-1] if base.sessions else None
        if last is None or last.zone != Zone.GREEN or not one.good_day or last.place != one.plan.place:
            continue
        was = {item.exercise for item in last.items if item.block != "main"}
        if was == {item.exercise.id for item in one.plan.items if item.block is not Block.MAIN}:
            yield one.day, f"the same beginning and end as on {last.day}: {sorted(was)}"


def i40_no_dislike(story: Story) -> Finding:
    for one in story.given:
        before = one.visit.before
        for item in one.plan.items:
            row = item.exercise
            if {row.id, row.category, row.tradition} & set(
                before.profile.dislikes
            ) or row.id in before.excluded:
                yield one.day, f"{row.id} is disliked or left out"


def i42_cards(story: Story) -> Finding:
    seen: dict[int, str] = {}
    for one in story.given:
        card = one.plan.card
        if card is None:
            yield one.day, "no card"
            continue
        if card in seen and 0 < days_apart(seen[card], one.day) < 14 and not _asked_for(card, one):
            yield one.day, f"card {card} was seen on {seen[card]}"
        seen[card] = one.day


def _asked_for(card: int, one: Given) -> bool:
    """Whether something of the last days asks for this card once more (M3)."""
    diary, plan = one.visit.before, one.plan
    lately = [r for r in diary.entries if days_apart(r.day, one.day) < 14]
    return {
        1: plan.stage == "acute",
        7: plan.zone is Zone.RED
        or plan.stage == "acute"
        or any(isinstance(r, Session) and r.zone == "red" for r in lately)
        or any(isinstance(r, Flare) and r.on for r in lately)
        or any(notice.code.startswith("flare") for notice in plan.notices),
        10: any((r.limb or 0) >= 3 for r in lately if isinstance(r, Pain | Walk))
        or any("equipment" in r.set for r in lately if isinstance(r, Profile)),
        11: any(r.sleep is not None and r.sleep <= 3 for r in lately if isinstance(r, Pain)),
        14: plan.zone is Zone.RED,
        18: plan.stage == "maintenance",
        23: any(item.slot == "exposure" or item.rule == "O4" for item in plan.items) or plan.learn_max == 2,
    }.get(card, False)


def i43_words(story: Story) -> Finding:
    for visit in story.life.visits:
        out = visit.outcome
        texts = [n.text for n in out.notices]
        if isinstance(out, Plan):
            texts += [i.why for i in out.items] + [f"{c.before} {c.after} {c.why}" for c in out.changes]
        else:
            texts += [r.text for r in out.reasons]
        for text in texts:
            if bad := banned_words(text):
                yield visit.day, f"{bad} in: {text}"


def i44_texts(story: Story) -> Finding:
    for one in story.given:
        if any(not (i.why and i.rule) for i in one.plan.items):
            yield one.day, "a row without a reason"


def i45_changes_are_told(story: Story) -> Finding:
    """A row of a chain that was there last time and is not just the same has a line that names a rule."""
    for one in story.given:
        base = before_first_session(one.visit.before, one.day)
        told = {c.exercise for c in one.plan.changes}
        for change in one.plan.changes:
            if not (change.rule and change.why and (change.before != change.after or "easier" in change.why)):
                yield one.day, f"a change without a reason: {change}"
        if not base.sessions:
            continue
        was = {i.chain or i.exercise: i for i in base.sessions[-1].items if i.block == "main"}
        for item in one.main:
            last = was.get(key_of(item))
            if last is None or _just_the_same(last, item) or last.exercise in told:
                continue
            if item.exercise.id not in told:
                yield one.day, f"{last.exercise} {last.rung} became {item.given}; told: {told}"


def _just_the_same(last: GivenItem, item: PlannedItem) -> bool:
    same = (last.exercise, last.rung, last.easier) == (item.exercise.id, item.rung, item.form == "easier")
    return same or last.fill or item.fill


def i46_one_question(story: Story) -> Finding:
    """Pain said before a session: once a day, more often only when it is higher."""
    said: dict[str, int] = {}
    for record in story.life.records:
        if isinstance(record, Pain) and record.before_session:
            if record.score <= said.get(record.day, -1):
                yield record.day, f"pain was asked again: {record.score} after {said[record.day]}"
            said[record.day] = record.score
