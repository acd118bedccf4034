"""Safety and shape, I2 to I24: what holds of every day, whatever came before. See ``holds``."""

import gate
from one_day import Finding, person_of

import test_session_invariants as one_session
from backmove.core.exercise import Feature
from backmove.core.plan import Block, Refused
from backmove.core.record import Checkin, Profile
from backmove.core.zone import Zone
from life import CATALOG, Life
from story import Given, Story, days_apart, key_of


def i2_refused_for_a_reason_and_only_then(story: Story) -> Finding:
    for visit in story.life.visits:
        need, could = gate.must(visit, story), gate.may(visit)
        codes = {r.code for r in visit.outcome.reasons} if isinstance(visit.outcome, Refused) else set()
        if ("three-overloads" in need) != ("three-overloads" in codes):
            then = Story(
                Life(records=list(visit.before.entries))
            )  # what came later in the day is not known yet
            need = gate.must(visit, then)
        if need - codes and not ({"check-incomplete"} & codes):
            yield visit.day, f"{sorted(need - codes)} holds, told was {sorted(codes) or 'a session'}"
        if codes - need - could:
            yield visit.day, f"refused for {sorted(codes - need - could)}, and nothing asks for it"


def i3_nothing_forbidden(story: Story) -> Finding:
    for one in story.given:
        who = person_of(one)
        for item in one.plan.items:
            barred = one_session.forbidden(who, one.plan, item.exercise) - {Feature.IMPACT} - _that_eases(one)
            if hits := one_session.hazards(item.exercise) & barred:
                yield one.day, f"{item.exercise.id} has {sorted(hits)}"
        for outing in one.plan.outings:
            tags = [CATALOG.precautions[tag] for tag in who.standing.tags]
            if any(tag.bars(outing.exercise) for tag in tags):
                yield one.day, f"the outing {outing.exercise.id} is barred by a precaution"


def _that_eases(one: Given) -> set[Feature]:
    """The end range of a way that eases is what a red day is for (J2); precautions bar it all the same."""
    tags = one.visit.standing.tags
    eases = {
        feature
        for test in one.visit.before.directions
        for feature, said in ((Feature.FLEX_END, test.bending), (Feature.EXT_END, test.arching))
        if said == "better"
    }
    return eases - {feature for tag in tags for feature in CATALOG.precautions[tag].forbids}


def i6_caps(story: Story) -> Finding:
    for one, done in story.done_before:
        plan = one.plan
        caps = {"zone": {Zone.GREEN: 5, Zone.AMBER: 2, Zone.RED: 1}[plan.zone]}
        caps["stage"] = {"acute": 2, "subacute": 3}.get(plan.stage, 5)
        caps["hard rows need twelve sessions"] = 5 if done >= 12 else 3
        caps["careful"] = 2 if one.visit.standing.careful else 5
        caps["more than four weeks away"] = 2 if story.gap(one.day) > 28 else 5
        for item in plan.items:
            for name, cap in caps.items():
                if item.exercise.level > cap:
                    yield one.day, f"{item.exercise.id} of level {item.exercise.level}: {name} allows {cap}"
            if plan.zone is Zone.RED and "flare" not in item.exercise.stages:
                yield one.day, f"{item.exercise.id} is not for a red day"
            if item.exercise.dose.effort[1] > one_session.effort_cap(plan, item.block):
                yield one.day, f"{item.exercise.id} takes too much effort"


def i6_first_weeks_are_easy(story: Story) -> Finding:
    """F1: nothing above level 2 and rung 0 before anything was done."""
    for one, done in story.done_before:
        if done == 0:
            for item in one.plan.items:
                most = 3 if item.slot == "exposure" else 2  # the ladder of a feared move has its own steps
                if item.rung > 0 or item.exercise.level > most:
                    yield (
                        one.day,
                        f"{item.exercise.id} starts at rung {item.rung}, level {item.exercise.level}",
                    )


def i7_impact_and_level_four(story: Story) -> Finding:
    at_three: dict[str, str] = {}
    for one, done in story.done_before:
        for item in one.plan.items:
            row, key = item.exercise, key_of(item)
            if Feature.IMPACT in row.features and (done < 12 or one.plan.usual > 2 or not one.good_day):
                yield one.day, f"{row.id} jumps"
            if row.level >= 4 and item.block is Block.MAIN:
                since = at_three.get(key)
                if done < 12 or (row.chain and (since is None or days_apart(since, one.day) < 14)):
                    yield one.day, f"{row.id} after {done} sessions, level 3 since {since}"
        for item in one.main:
            if item.exercise.level == 3:
                at_three.setdefault(key_of(item), one.day)


def i12_time(story: Story) -> Finding:
    for one, done in story.done_before:
        s = one.plan
        caps = [s.requested, 60, *([30] if done < 6 else []), *([15] if s.stage == "acute" else [])]
        caps += {Zone.GREEN: [], Zone.AMBER: [20], Zone.RED: [10]}[s.zone]
        caps += [15] if story.gap(one.day) >= 8 else []
        if s.estimated_s > 60 * s.effective or s.effective > min(caps):
            yield one.day, f"{s.estimated_s} s in {s.effective} min, caps {caps}"


def i18_few_to_learn(story: Story) -> Finding:
    for one, done in story.done_before:
        most = 3 if done < 6 else 4 if done < 12 else 5
        sure = confidence_of(story, one)
        if sure is not None and sure < 5:
            most = 2
        if len(rows := one_session.learn_rows(one.plan)) > most:
            yield one.day, f"{len(rows)} rows to learn, {most} are enough"


def confidence_of(story: Story, one: Given) -> int | None:
    """What was said last, in the profile or in a look back over the week."""
    said: int | None = None
    for record in one.visit.before.entries:
        if isinstance(record, Checkin) and record.confidence is not None:
            said = record.confidence
        elif isinstance(record, Profile) and "confidence" in record.set:
            said = record.set["confidence"]
    return said


def i24_one_exposure(story: Story) -> Finding:
    """One step of the ladder of fear at most; none on a red day, and on an amber day none that is new (C3, O4)."""
    met: set[str] = set()
    for one in story.given:
        rows = [i.exercise.id for i in one.plan.items if i.slot == "exposure" or i.rule == "O4"]
        fresh = (
            set(rows) - met - {i.exercise.id for g in story.given if g.day < one.day for i in g.plan.items}
        )
        if len(rows) > 1 or (rows and one.plan.zone is Zone.RED) or (fresh and not one.good_day):
            yield one.day, f"exposure rows {rows} on a {one.plan.zone} {one.plan.mode} day"
        met |= set(rows)
