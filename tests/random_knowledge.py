"""Random small knowledge bases and random answers to them: every form of link, finding and rate that the schema has."""

from random import Random

import small_knowledge as small
from legwise.knowledge.schema.condition import AGE_BANDS

WORDS = ("obligate", "very_frequent", "frequent", "occasional", "very_rare", "excluded")


def random_knowledge(seed):
    """One knowledge base of up to eight findings and six conditions."""
    random = Random(seed)
    findings = [*_findings(random), small.age(), small.sex()]
    conditions = _conditions(random, [f for f in findings if f.background is not None])
    shares = [random.uniform(0.05, 1) for _ in AGE_BANDS]
    return small.knowledge_of(
        findings,
        conditions,
        age_band_shares=dict(zip(AGE_BANDS, (share / sum(shares) for share in shares), strict=True)),
        other_share=random.uniform(0.05, 0.6),
        most_a_no_can_lower=random.uniform(1, 20),
        largest_joint_ratio=random.uniform(2, 30),
    )


def _findings(random):
    findings = [_yes_no(random, f"sign_{i}") for i in range(random.randint(2, 4))]
    names = [finding.id for finding in findings]
    findings += [_special(random, f"special_{i}", random.choice(names)) for i in range(random.randint(0, 2))]
    findings += [_leveled(random, f"level_{i}", several=random.random() < 0.4) for i in range(random.randint(0, 2))]
    if random.random() < 0.5:
        findings.append(_derived(random, names))
    return findings


def _yes_no(random, key, **more):
    return small.yes_no(
        key, random.uniform(0, 0.9), n=random.choice([None, 30]), danger=random.choice([None, "up"]), **more
    )


def _special(random, key, parent):
    return _yes_no(random, key, is_a=[parent])


def _leveled(random, key, several):
    levels = ["none", "some", "much", "most"][: random.randint(2, 4)]
    danger = None if several else random.choice([None, "up"])
    return small.leveled(key, _shares(random, levels), n=random.choice([None, 200]), several=several, danger=danger)


def _derived(random, names):
    rules = {"one": {"any_of": names[:2]}, "two": {"all_of": names[:2]}}
    return small.derived("pool", rules, _shares(random, ["none", *rules]), danger=random.choice([None, "up"]))


def _shares(random, levels):
    shares = [random.choice([0.0, random.random(), random.random()]) for _ in levels]
    shares[0] += 0.01
    return {level: share / sum(shares) for level, share in zip(levels, shares, strict=True)}


def _conditions(random, findings):
    conditions = []
    for i in range(random.randint(2, 6)):
        parents = [condition.id for condition in conditions]
        conditions.append(_condition(random, f"cause_{i}", findings, parents))
    return conditions


def _condition(random, key, findings, parents):
    plain = [finding for finding in findings if finding.is_yes_no]
    risks = random.sample(plain, random.randint(0, min(2, len(plain))))
    linked = [f for f in findings if f not in risks and random.random() < 0.7]
    more = {"risk_factors": {f.id: small.risk(random.uniform(0.3, 9), random.random()) for f in risks}}
    if random.random() < 0.2:
        more["largest_joint_ratio"] = random.uniform(1.5, 5)
    if parents and random.random() < 0.4:
        more["stage_of"] = small.stage(random.choice(parents), random.uniform(0.001, 0.5))
    return small.condition(
        key,
        _rate(random, plain, first=not parents),
        {finding.id: _link(random, finding) for finding in linked},
        act_at=random.choice([None, random.uniform(0.001, 0.3)]),
        **more,
    )


def _rate(random, plain, first):
    """Visits by age; now and then none in some bands, or only of some people. The first condition anyone can have."""
    least = 0.01 if first else 0.0
    by_age = {band: max(random.choice([least, random.uniform(0.01, 20)]), least) for band in AGE_BANDS}
    only = {} if first or random.random() < 0.7 else {"only": random.choice(plain).id}
    return small.rate(by_age, women_to_men=random.uniform(0.2, 5), **only)


def _link(random, finding):
    if random.random() < 0.1:
        return "as_background"
    if not finding.is_yes_no:
        return _values_link(random, finding)
    published = {"n": random.randint(1, 500), "source": "a_source", "where": "here"}
    ratios = {"lr_plus": random.uniform(0.2, 30), "lr_minus": random.uniform(0.05, 1.5), **published}
    return random.choice(
        [
            {"sensitivity": random.random(), **published},
            {"sensitivity": random.choice([0.0, 1.0]), **published},
            {"frequency": random.choice(WORDS), **small.BECAUSE},
            {**ratios, "reference": "leg_complaint"},
            {**ratios, "reference": "specialist"},
        ]
    )


def _values_link(random, finding):
    named = random.sample(finding.values, random.randint(1, len(finding.values)))
    shares = _shares(random, named)
    part = random.uniform(0.3, 1)
    values = {level: random.choice(WORDS) if random.random() < 0.2 else part * share for level, share in shares.items()}
    if {*values.values()} <= {"excluded", 0.0}:
        values[named[0]] = "occasional"
    if random.random() < 0.5:
        return {"values": values, "n": random.randint(1, 500), "source": "a_source", "where": "here"}
    return {"values": values, **small.BECAUSE}


def random_answers(knowledge, seed):
    """Random answers to a knowledge base: some not asked, some not sure."""
    random = Random(seed)
    answers = {}
    for finding in knowledge.findings.values():
        if not finding.derived and random.random() < 0.75:
            answers[finding.id] = _answer(random, finding)
    return answers


def _answer(random, finding):
    if random.random() < 0.1:
        return random.choice(["not_sure", "still_not_sure"])
    if finding.number:
        return float(random.randint(0, 110))
    if finding.several:
        return frozenset(random.sample(finding.values, random.randint(1, len(finding.values))))
    return random.choice(finding.values)
