"""The same arithmetic as the engine's, in plain Python: one line at a time, no arrays, nothing kept, nothing shared.

Written from the description of the model (ADR 13) and the schema, to be compared with the engine on many random
knowledge bases. It is slow on purpose: every sum is spelt out.
"""

from math import exp, fsum, log

BANDS = ("16-29", "30-49", "50-64", "65-79", "80+")
FLOOR = 0.001
OTHER = "other"


# --- From links to shares ---------------------------------------------------------------------------------


def whole(shares, n=None):
    """Shares that sum to one: a published count gains half a person for each value; nothing is rarer than the floor."""
    total = sum(shares.values())
    shares = {value: share / total for value, share in shares.items()}
    if n is not None:
        shares = {value: (share * n + 0.5) / (n + 0.5 * len(shares)) for value, share in shares.items()}
    floored = {value: max(share, FLOOR) for value, share in shares.items()}
    total = sum(floored.values())
    return {value: share / total for value, share in floored.items()}


def background_of(finding):
    """How common each value is among adults who seek help for a leg complaint."""
    given = finding.background
    if given.values is None:
        shares = {"no": 1 - given.yes, "yes": given.yes}
    else:
        shares = {value: given.values.get(value, 0.0) for value in finding.values}
    return whole(shares, given.n)


def shares_of(knowledge, condition, finding):
    """P(value | condition) for every value; the background where nothing is said."""
    base = background_of(finding)
    link = condition.links.get(finding.id, "as_background")
    if link == "as_background":
        return base
    means = {word: entry.mean for word, entry in knowledge.frequencies.words.items()}
    if link.lr_plus is not None:
        return shares_by_ratio(link, base)
    if link.values is None:
        yes = link.sensitivity if link.sensitivity is not None else means[link.frequency]
        return whole({"no": 1 - yes, "yes": yes}, link.n)
    named = {value: means.get(share, share) for value, share in link.values.items()}
    unnamed = [value for value in finding.values if value not in named]
    left = max(1 - sum(named.values()), 0.03)
    rest = max(sum(base[value] for value in unnamed), FLOOR)
    shares = {value: named[value] if value in named else left * base[value] / rest for value in finding.values}
    return whole({value: max(share, 0.0) for value, share in shares.items()}, link.n)


def shares_by_ratio(link, base):
    """From likelihood ratios: both against this background, or only the positive one where a clinic measured them."""
    yes = min(link.lr_plus * base["yes"], 0.97)
    if link.reference == "specialist":
        return whole({"no": 1 - yes, "yes": yes}, link.n)
    return {"no": base["no"] * link.lr_minus, "yes": yes}


# --- How often people like this one come --------------------------------------------------------------------


def band_of(age):
    """The age band of a person."""
    starts = [int(band[:2]) for band in BANDS]
    return BANDS[max(sum(age >= start for start in starts) - 1, 0)]


def visits(knowledge, condition, facts):
    """Visits of people of this age and sex for one condition, before risk factors."""
    if condition.stage_of is not None:
        parent = knowledge.conditions[condition.stage_of.parent]
        return visits(knowledge, parent, facts) * condition.stage_of.share
    rate, age = condition.rate, facts.get("age")
    if isinstance(age, int | float):
        result = rate.per_1000_person_years[band_of(age)]
    else:
        shares = knowledge.settings.age_band_shares
        result = sum(shares[band] * rate.per_1000_person_years[band] for band in BANDS)
    ratio = rate.women_to_men
    return result * {"female": 2 * ratio / (1 + ratio), "male": 2 / (1 + ratio)}.get(facts.get("sex"), 1.0)


def applies(knowledge, condition, facts):
    """Whether this person can have it at all; a stage follows its parent."""
    if condition.stage_of is not None:
        return applies(knowledge, knowledge.conditions[condition.stage_of.parent], facts)
    return condition.rate.only is None or condition.rate.only.truth(facts) is not False


def risk_of(knowledge, condition, facts):
    """What the person's risk factors multiply a condition by, its parents' included."""
    product = 1.0
    for key, risk in condition.risk_factors.items():
        average = 1 - risk.prevalence + risk.prevalence * risk.ratio
        if facts.get(key) == "yes":
            product *= risk.ratio / average
        elif facts.get(key) in ("no", "none"):
            product *= 1 / average
    product = min(product, condition.largest_joint_ratio or knowledge.settings.largest_joint_ratio.value)
    if condition.stage_of is not None:
        product *= risk_of(knowledge, knowledge.conditions[condition.stage_of.parent], facts)
    return product


def priors(knowledge, facts):
    """Share of each hypothesis of this person's visits; "other" has its share of them before risk factors."""
    base = {
        key: visits(knowledge, condition, facts) * applies(knowledge, condition, facts)
        for key, condition in knowledge.conditions.items()
    }
    share = knowledge.settings.other_share.value
    rates = {key: base[key] * risk_of(knowledge, knowledge.conditions[key], facts) for key in base}
    rates[OTHER] = sum(base.values()) * share / (1 - share)
    total = sum(rates.values())
    return {key: rate / total for key, rate in rates.items()}


# --- What the answers say -----------------------------------------------------------------------------------


def above(knowledge, key):
    """Every finding that this one is a special case of."""
    parents = [parent for parent in knowledge.findings[key].is_a if parent in knowledge.findings]
    return {*parents}.union(*(above(knowledge, parent) for parent in parents))


def evidence(knowledge, facts):
    """The values that count, by finding. A special yes says more than the general yes; else the general answer does."""
    linked = {key for condition in knowledge.conditions.values() for key in condition.links}
    known = {key: facts[key] for key in linked if key in facts and facts[key] not in ("not_sure", "still_not_sure")}
    pairs = [(child, parent) for child in known for parent in above(knowledge, child) if parent in known]
    told_better = {parent if known[child] == "yes" else child for child, parent in pairs}
    return {
        key: {answer} if isinstance(answer, str) else answer for key, answer in known.items() if key not in told_better
    }


def average_condition(knowledge):
    """How much each condition weighs in an average visit, over all ages and both sexes."""
    everyone = {key: visits(knowledge, condition, {}) for key, condition in knowledge.conditions.items()}
    total = sum(everyone.values())
    return {key: rate / total for key, rate in everyone.items()}


def chance(knowledge, hypothesis, finding, marked):
    """P(one of the marked values | hypothesis)."""
    if hypothesis == OTHER:
        weights = average_condition(knowledge)
        return fsum(weight * chance(knowledge, key, finding, marked) for key, weight in weights.items())
    shares = shares_of(knowledge, knowledge.conditions[hypothesis], finding)
    return sum(shares[value] for value in marked)


# --- First reading: the leading cause -----------------------------------------------------------------------


def scores(knowledge, facts):
    """Log of prior times likelihood, by hypothesis; only of what can be."""
    known = evidence(knowledge, facts)
    return {
        key: log(prior) + fsum(log(chance(knowledge, key, knowledge.findings[f], known[f])) for f in known)
        for key, prior in priors(knowledge, facts).items()
        if prior > 0
    }


def posterior(knowledge, facts):
    """P(hypothesis | answers)."""
    logs = scores(knowledge, facts)
    highest = max(logs.values())
    weights = {key: exp(score - highest) for key, score in logs.items()}
    total = fsum(weights.values())
    return {key: weights.get(key, 0.0) / total for key in priors(knowledge, facts)}


# --- Second reading: each danger against background alone ---------------------------------------------------


def danger_log_odds(knowledge, facts):
    """Log odds of each danger by itself; None for what cannot be."""
    everyone = sum(visits(knowledge, condition, facts) for condition in knowledge.conditions.values())
    everyone /= 1 - knowledge.settings.other_share.value
    result = {}
    for key, condition in knowledge.conditions.items():
        if condition.act_at is not None:
            rate = visits(knowledge, condition, facts) * applies(knowledge, condition, facts)
            share = min(rate * risk_of(knowledge, condition, facts) / everyone, 0.5)
            surely, balance = said_of(knowledge, condition, facts)
            lowest = -log(knowledge.settings.most_a_no_can_lower.value)
            result[key] = log(share / (1 - share)) + surely + max(balance, lowest) if share > 0 else None
    return result


def said_of(knowledge, condition, facts):
    """What danger signs that are there add to the log odds; and the balance of all else."""
    surely = balance = 0.0
    for key, marked in evidence(knowledge, facts).items():
        finding = knowledge.findings[key]
        ratio = log_ratio(knowledge, condition, finding, marked)
        if finding.danger == "up":
            surely += max(ratio, 0.0)
            balance += min(ratio, 0.0)
        else:
            balance += ratio
    return surely, balance


def log_ratio(knowledge, condition, finding, marked):
    """Log of P(values | danger) over P(values | background).

    A danger sign that is there counts at least as nothing, and a later level of it at least as much as an earlier one.
    """
    if condition.links.get(finding.id, "as_background") == "as_background":
        return 0.0
    own, base = shares_of(knowledge, condition, finding), background_of(finding)
    ratios = {value: own[value] / base[value] for value in finding.values}
    if finding.danger == "up":
        least = 1.0
        for value in finding.values[1:]:
            ratios[value] = least = max(ratios[value], least)
    return log(sum(ratios[value] * base[value] for value in marked) / sum(base[value] for value in marked))


def danger_probability(knowledge, facts):
    """Probability of each danger or a later stage of it: their odds add up."""
    logs = danger_log_odds(knowledge, facts)
    odds = {key: 0.0 if value is None else exp(min(value, 30.0)) for key, value in logs.items()}
    result = {}
    for key in odds:
        total = sum(odds[other] for other in odds if key in ladder_down(knowledge, other))
        result[key] = total / (1 + total)
    return result


def ladder_down(knowledge, key):
    """A condition and every earlier stage that it comes from."""
    stage = knowledge.conditions[key].stage_of
    return [key] if stage is None else [key, *ladder_down(knowledge, stage.parent)]


# --- Uncertainty, and what a question would tell ------------------------------------------------------------


def bits(weights):
    """Entropy in bits."""
    return -fsum(weight * log(weight, 2) for weight in weights if weight > 0)


def gain(knowledge, facts, key):
    """Expected fall in uncertainty about the leading cause from one more answer: each answer tried in turn."""
    finding = knowledge.findings[key]
    now = posterior(knowledge, facts)
    expected = 0.0
    for value in finding.values:
        joint = {h: p * chance(knowledge, h, finding, {value}) for h, p in now.items() if p > 0}
        total = fsum(joint.values())
        expected += total * bits([weight / total for weight in joint.values()])
    return bits(now.values()) - expected
