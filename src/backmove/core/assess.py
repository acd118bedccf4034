"""What the answers come to: the rules that fire, the disposition, the tags, and how long the result holds.

``assess`` is total and says the same for the same answers. The highest disposition wins; INCOMPLETE replaces
only SELF_CARE and CAREFUL; under 18 only EMERGENCY and SAME_DAY stay. Days are counted from the day of the
result.
"""

from collections.abc import Iterable, Mapping, Set
from datetime import date
from typing import Final

from msgspec import Struct

from backmove.core.answers import missing_fields, seen_by_rules, unsure_count
from backmove.core.condition import Answers, Value, holds
from backmove.core.interview import in_doubt
from backmove.core.questionnaire import RANK, Claim, Questionnaire, Rule, TagRule, Variant, highest
from backmove.core.record import Disposition

ADULT: Final = 18
GENTLE_PAIN: Final = 7
BASELINES: Final = ("bladder", "saddle", "bowel", "both_legs", "leg_weakness", "legs_not_controlled")
_VARIANTS: Final[tuple[Variant, ...]] = ("call", "go", "maternity")
_EARLY_WEEKS: Final = 16


class TagDays(Struct, frozen=True):
    """A tag and the days it holds, counted from the day of the result, both included; None is open on that
    side.
    """

    tag: str
    first: int | None = None
    last: int | None = None


class Assessment(Struct, frozen=True):
    """The result of one set of answers, before any earlier lock (``core/locks.py``).

    ``rules``: ids of all rules that fired, highest first. ``signs``: the words of those that decided.
    ``cleared``: rules that a clearance took away. ``opens``: a session may be given. ``book_days`` and
    ``valid_days`` count from the day of the result.
    """

    disposition: Disposition
    rules: tuple[str, ...]
    weak_points: tuple[str, ...]
    signs: tuple[str, ...]
    complete: bool
    missing: tuple[str, ...]
    tags: tuple[TagDays, ...]
    left_out: tuple[str, ...]
    unsure: int
    variant: Variant | None
    book_days: int | None
    valid_days: int | None
    gentle: bool
    cleared: tuple[str, ...]
    baselines: tuple[str, ...]
    leg_signs: bool
    under_age: bool
    someone_else: bool
    assumed: bool

    @property
    def opens(self) -> bool:
        """A session may be given: nothing locks, nothing is assumed, and it is about the person at the
        keyboard.
        """
        return RANK[self.disposition] <= RANK["CAREFUL"] and not self.assumed and not self.someone_else


def assess(
    q: Questionnaire,
    answers: Answers,
    claim: Claim | None = None,
    *,
    today: date | None = None,
    assumed: bool = False,
) -> Assessment:
    """Assess the answers. ``today`` is the day of the result; None (assumed answers) compares no clearance
    with it.
    """
    view = seen_by_rules(q, answers)
    fired = fired_rules(q, view)
    cleared = cleared_rules(q, view, fired, claim, today)
    if cleared and claim is not None:
        view["clearance_used"] = "y"
        view["no_spread_to_bone"] = "y" if claim.no_spread_to_bone else "n"
        fired = tuple(rule for rule in fired_rules(q, view) if rule.id not in cleared)
    missing = missing_fields(q, answers)
    ruled = highest(rule.disposition for rule in fired)
    age = answers.get("age")
    under_age = isinstance(age, int) and age < ADULT
    disposition = _in_scope(ruled, bool(missing), under_age)
    view["result"] = disposition
    view["fired"] = tuple(rule.id for rule in fired)
    view["careful_by"] = tuple(r.id for r in fired if r.disposition == "CAREFUL" and r.id != "P-clear")
    opens = RANK[disposition] <= RANK["CAREFUL"]
    tags = tuple(t for t in q.tags if holds(t.when, view, q.defines) and _lasts(t, view))
    pain_now = answers.get("pain_now")
    return Assessment(
        disposition=disposition,
        rules=tuple(rule.id for rule in fired),
        weak_points=_words(view["weak_points"]),
        signs=_signs(q, view, fired, ruled),
        complete=not missing,
        missing=missing,
        tags=(*_tag_days(tags, view), *(TagDays(tag) for tag in _words(answers.get("precautions")))),
        left_out=tuple(dict.fromkeys(t.leaves_out for t in tags if (_days_of(t, view)[0] or 0) <= 0)),
        unsure=unsure_count(answers),
        variant=_variant(fired, view) if disposition == "EMERGENCY" else None,
        book_days=None if disposition == "EMERGENCY" else _least(q, view, "bookings"),
        valid_days=_least(q, view, "validity") if opens else None,
        gentle=bool(cleared) or (isinstance(pain_now, int) and pain_now >= GENTLE_PAIN),
        cleared=cleared,
        baselines=tuple(name for name in BASELINES if view.get(f"{name}_baseline") == "y"),
        leg_signs=holds(q.defines["leg_sign"], view, q.defines),
        under_age=under_age,
        someone_else=answers.get("for_me") == "n",
        assumed=assumed,
    )


def fired_rules(q: Questionnaire, view: Answers) -> tuple[Rule, ...]:
    """The rules that fire for what ``seen_by_rules`` gives, highest first, else in file order."""
    fired = [rule for rule in q.rules.values() if holds(rule.when, view, q.defines)]
    return tuple(sorted(fired, key=lambda rule: -RANK[rule.disposition]))


def fired_now(
    q: Questionnaire, answers: Answers, asked: Set[str], claim: Claim | None = None
) -> tuple[str, ...]:
    """EMERGENCY rules that end the questions at once.

    A sign whose follow-up is still open does not count yet: its fields read as if they had not been said. A
    rule that ``claim`` could clear does not end the questions; the whole result will decide.
    """
    doubt = in_doubt(q, answers, asked)
    sure = {name: value for name, value in answers.items() if name not in doubt}
    fired = fired_rules(q, seen_by_rules(q, sure))
    tags = _words(answers.get("precautions"))
    named = named_rules(q, claim, tags) if claim is not None else frozenset()
    return tuple(
        r.id for r in fired if r.disposition == "EMERGENCY" and not (r.id in named and _can_clear(r, claim))
    )


def _in_scope(ruled: Disposition, missing: bool, under_age: bool) -> Disposition:
    if under_age:
        return ruled if RANK[ruled] >= RANK["SAME_DAY"] else "OUT_OF_SCOPE"
    if missing and RANK[ruled] <= RANK["CAREFUL"]:
        return "INCOMPLETE"
    return ruled


# --- clearance ---------------------------------------------------------------------------------------------


def cleared_rules(
    q: Questionnaire, view: Answers, fired: Iterable[Rule], claim: Claim | None, today: date | None
) -> tuple[str, ...]:
    """The rules that a clinician's clearance takes away; none of them unless it covers every fired rule that
    locks.

    triage.md b.4 and rulings 1.11, 1.20: all of who, date on or after the sign began, looked at this sign,
    exercise is fine, nothing is worse; signs that no clearance covers must be gone.
    """
    if claim is None or not (claim.looked_at_sign and claim.exercise_fine and claim.nothing_worse):
        return ()
    locking = [rule for rule in fired if RANK[rule.disposition] >= RANK["CLINICIAN_FIRST"]]
    named = named_rules(q, claim, _words(view.get("precautions")))
    if all(r.id in named and _can_clear(r, claim) and _in_time(r, view, claim, today) for r in locking):
        return tuple(rule.id for rule in locking)
    return ()


def named_rules(q: Questionnaire, claim: Claim, tags: Iterable[str]) -> frozenset[str]:
    """The rules that a clearance names. A rule that stands for tags is named by all of these tags
    together.
    """
    meant: dict[str, list[str]] = {}
    for tag, rule in q.clearable_tags.items():
        if tag in tags:
            meant.setdefault(rule, []).append(tag)
    whole = (rule for rule, those in meant.items() if all(tag in claim.rules for tag in those))
    return frozenset((*claim.rules, *whole))


def _can_clear(rule: Rule, claim: Claim | None) -> bool:
    if rule.clearable == "hospital":
        return claim is not None and claim.who == "hospital"
    return rule.clearable == "attested"


def _in_time(rule: Rule, view: Answers, claim: Claim, today: date | None) -> bool:
    """The check came on or after the day the sign began (a hospital's: after it), and not too long ago."""
    if today is None:
        return True
    ago = (today - claim.day).days
    days = [
        d for d in (view.get(name) for name in rule.began) if isinstance(d, int) and not isinstance(d, bool)
    ]
    latest = min(days, default=None)
    margin = 1 if rule.clearable == "hospital" else 0
    return 0 <= ago <= rule.clearance_days and (latest is None or ago <= latest - margin)


# --- the parts of a result ---------------------------------------------------------------------------------


def _words(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else ()


def _signs(q: Questionnaire, view: Answers, fired: Iterable[Rule], ruled: Disposition) -> tuple[str, ...]:
    """The words of the rules that decided, each once."""
    words: list[str] = []
    for rule in fired:
        if rule.disposition == ruled:
            words += [part.sign for part in rule.parts if holds(part.when, view, q.defines)] or [rule.sign]
    return tuple(dict.fromkeys(words))


def _variant(fired: Iterable[Rule], view: Answers) -> Variant:
    """What kind of help: an ambulance before the emergency department before the maternity unit."""
    found = {rule.variant for rule in fired if rule.disposition == "EMERGENCY"}
    first: Variant = next((v for v in _VARIANTS if v in found), "call")
    weeks = view.get("pregnancy_weeks")
    early = view.get("pregnant") == "maybe" or (isinstance(weeks, int) and weeks < _EARLY_WEEKS)
    if first == "maternity" and early:
        return "early-pregnancy"
    return first


def _least(q: Questionnaire, view: Answers, section: str) -> int | None:
    limits = {"bookings": q.bookings, "validity": q.validity}[section]
    return min((limit.days for limit in limits if holds(limit.when, view, q.defines)), default=None)


def _days_of(rule: TagRule, view: Mapping[str, Value]) -> tuple[int | None, int | None]:
    """First and last day of a tag, counted from the day of the result."""
    if rule.span is None:
        return None, None
    count = view.get(rule.span.field)
    if not isinstance(count, int):
        return None, None
    at, below, each = rule.span.at, rule.span.below, rule.span.days_each
    first = None if at is None or count >= at else (at - count) * each
    return first, None if below is None else (below - count) * each - 1


def _lasts(rule: TagRule, view: Mapping[str, Value]) -> bool:
    last = _days_of(rule, view)[1]
    return last is None or last >= 0


def _tag_days(rules: Iterable[TagRule], view: Mapping[str, Value]) -> tuple[TagDays, ...]:
    """One span for each tag: from the first day that any rule gives to the last one."""
    spans: dict[str, TagDays] = {}
    for rule in rules:
        new = TagDays(rule.tag, *_days_of(rule, view))
        old = spans.get(rule.tag, new)
        first = None if old.first is None or new.first is None else min(old.first, new.first)
        last = None if old.last is None or new.last is None else max(old.last, new.last)
        spans[rule.tag] = TagDays(rule.tag, first, last)
    return tuple(spans.values())
