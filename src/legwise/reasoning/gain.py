"""What an answer is expected to tell: the expected fall in uncertainty about the leading cause, in bits.

The gain of a question is the mutual information between its answer and the leading cause, given
what was said (Lindley 1956). All questions are valued at once from one product with the table.
"""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from legwise.reasoning.differential import DangerOdds
from legwise.reasoning.model import Model

Vector = NDArray[np.float64]
Counts = NDArray[np.intp]

LOG_2 = float(np.log(2.0))


def entropy(probability: Vector) -> float:
    """Uncertainty in bits.

    >>> entropy(np.array([0.5, 0.5]))
    1.0
    """
    positive = probability[probability > 0]
    return float(-(positive * np.log(positive)).sum() / LOG_2)


def column_terms(model: Model, probability: Vector) -> tuple[Vector, Vector]:
    """Per column of the table: P(value), and what the value leaves certain, in bits.

    Summing the second over the values of a finding gives minus the expected remaining entropy.
    """
    possible = probability > 0
    post = probability[possible]
    log_p = model.log_p[possible]
    joint = post[:, None] * model.p[possible]
    chance = joint.sum(axis=0)
    terms = np.einsum("hc,hc->c", joint, log_p) + np.log(post) @ joint - chance * np.log(chance)
    return chance, terms / LOG_2


def gains(model: Model, probability: Vector, findings: Iterable[str]) -> dict[str, float]:
    """Expected gain of knowing each linked finding; 0 for a finding that nothing is linked to."""
    _, terms = column_terms(model, probability)
    before = entropy(probability)
    result = {}
    for key in findings:
        variable = model.variables.get(key)
        gain = before + float(terms[variable.columns].sum()) if variable is not None else 0.0
        result[key] = max(gain, 0.0)
    return result


def acting_chances(model: Model, danger: DangerOdds, pointed: Counts, probability: Vector) -> Vector:
    """Per column: the chance of that answer, where it would take some danger from below to above where it is acted on.

    `pointed` says how many answers speak for each danger already; where none does, only an answer that
    itself speaks for it can make it act.
    """
    act_at = model.act_at
    below = (danger.log_odds < act_at) | (pointed == 0)
    after = danger.log_odds[:, None] + model.log_ratio >= act_at[:, None]
    acts = after & below[:, None] & ((pointed > 0)[:, None] | model.points)
    chances: Vector = np.where(acts.any(axis=0), probability @ model.p, 0.0)
    return chances
