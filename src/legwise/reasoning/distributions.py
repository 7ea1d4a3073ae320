"""From what content states about a link to a distribution over a finding's values.

Each row is a Dirichlet (a Beta for two values): `mean` is what point estimates use, `weight` how
many people it is worth. A published figure has the half-counts of Jeffreys added, so that no
sample, however clear, rules anything out by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from legwise.knowledge.schema.condition import Link
from legwise.knowledge.schema.finding import Background
from legwise.knowledge.schema.policy import Scale

Vector = NDArray[np.float64]

FLOOR = 0.001
"""No value of any finding is taken to be rarer than this in any cause: people mis-say, and causes surprise."""
MOST = 0.97
"""A likelihood ratio from another setting never makes a finding more certain than this."""
LEAST_LEFT = 0.03
"""Levels that a link does not name share at least this much between them."""


@dataclass(frozen=True, slots=True)
class Row:
    """How often each value of a finding occurs: mean shares (sum 1), and what they are worth in people.

    `ratio` is set where only likelihood ratios against the background are known (one per value);
    then the shares are the background's times these, and need not sum to one.
    """

    mean: Vector
    weight: float
    ratio: Vector | None = None
    published: bool = False


def background_row(background: Background, values: Sequence[str], estimate_weight: float) -> Row:
    """The distribution among adults who seek help for a leg complaint."""
    if background.values is not None:
        shares = np.array([background.values.get(value, 0.0) for value in values])
    else:
        yes = background.yes or 0.0
        shares = np.array([1 - yes, yes])
    return _row(shares, background.n, estimate_weight)


def link_row(link: Link, values: Sequence[str], background: Row, scale: Scale, estimate_weight: float) -> Row:
    """The distribution among people whose complaint this condition causes."""
    if link.lr_plus is not None and link.lr_minus is not None:
        return _ratio_row(link, background)
    if link.values is not None:
        return _row(_named_levels(link.values, values, background.mean, scale), link.n, estimate_weight)
    yes = link.sensitivity if link.sensitivity is not None else _share(link.frequency or "occasional", scale)
    return _row(np.array([1 - yes, yes]), link.n, estimate_weight)


def _share(word: float | str, scale: Scale) -> float:
    return scale.words[word].mean if isinstance(word, str) else word  # type: ignore[index]


def _named_levels(given: Mapping[str, float | str], values: Sequence[str], background: Vector, scale: Scale) -> Vector:
    shares = np.array([_share(given[value], scale) if value in given else 0.0 for value in values])
    unnamed = np.array([value not in given for value in values])
    if unnamed.any():
        left = max(1.0 - shares.sum(), LEAST_LEFT)
        shares += left * unnamed * background / max(background[unnamed].sum(), FLOOR)
    return shares


def _row(shares: Vector, n: int | None, estimate_weight: float) -> Row:
    shares = np.maximum(shares, 0.0) / shares.sum()
    if n is not None:
        shares = (shares * n + 0.5) / (n + 0.5 * len(shares))
    floored = np.maximum(shares, FLOOR)
    return Row(floored / floored.sum(), float(n or estimate_weight), published=n is not None)


def _ratio_row(link: Link, background: Row) -> Row:
    """A likelihood ratio pair: against this very background, or, from a specialist's clinic, only its upper side."""
    lr_plus, lr_minus = link.lr_plus or 1.0, link.lr_minus or 1.0
    base = background.mean[1]
    yes = min(lr_plus * base, MOST)
    if link.reference == "specialist":
        return _row(np.array([1 - yes, yes]), link.n, 1.0)
    ratio = np.array([lr_minus, yes / base])
    return Row(background.mean * ratio, float(link.n or 1), ratio=ratio, published=True)
