"""Do the answers fit anything we know well? Judged from the probability of the answers themselves."""

import numpy as np

from legwise.reasoning.assessment import Fit
from legwise.reasoning.explanation import say, unexplained
from legwise.reasoning.situation import Situation, is_positive


def fit_of(situation: Situation) -> Fit | None:
    """Judge the fit three ways: "something else", positives left unexplained, and the odds against background.

    The last compares the probability of all answers under the leading cause with that in leg complaints at
    large: when it is no higher, the cause leads only because it is common.
    """
    differential, model = situation.differential, situation.model
    if differential is None or not situation.chosen:
        return None
    settings, words = situation.knowledge.settings, situation.knowledge.result_words
    top = int(differential.probability[:-1].argmax())
    positives = {key: marked for key, marked in situation.chosen.items() if is_positive(model, key, marked)}
    lost = unexplained(situation, top, positives)
    other = float(differential.probability[-1])
    own = float(differential.columns[top].sum())
    background = sum(
        float(np.logaddexp.reduce(model.log_bg[list(marked)])) for marked in differential.evidence.values()
    )
    if other > settings.other_is_a_warning_at.value:
        because, good = words.fits_other, False
    elif positives and len(lost) / len(positives) >= settings.unexplained_share.value:
        because, good = words.fits_unexplained, False
    elif own <= background:
        because, good = words.fits_nothing, False
    else:
        because, good = words.fits, True
    return Fit(good=good, other=other, unexplained=tuple(say(situation, key) for key in lost), because=because)
