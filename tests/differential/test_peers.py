"""The engine against pyAgrum and pgmpy, on the same network of one leading cause and its findings."""

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from legwise.knowledge import open_knowledge
from legwise.knowledge.cases import answers_of, answers_of_vignette
from legwise.reasoning.situation import situation_of
from random_knowledge import random_answers, random_knowledge

pytestmark = pytest.mark.differential
ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-peers" / "bin" / "python"
TOLERANCE = 1e-10
KNOWLEDGE = open_knowledge()


@pytest.fixture(scope="module", autouse=True)
def peers():
    """The other engines' environment: a machine of ours has to have it, a visitor's need not."""
    if PYTHON.exists():
        return
    if os.environ.get("CI") == "true":
        pytest.fail("no .venv-peers: `make peers` makes it")
    pytest.skip("no .venv-peers: `make peers` makes it")


def ask(network):
    """Ask the other engines."""
    script = Path(__file__).with_name("peer_network.py")
    done = subprocess.run(
        [str(PYTHON), str(script)], input=json.dumps(network), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def network_of(situation):
    """The engine's table as a network.

    Ratios against the background leave rows that do not sum to one: all rows of a finding are scaled alike, which
    changes no posterior, and a value that nobody has takes the rest.
    """
    model = situation.model
    tables = {}
    for key, variable in model.variables.items():
        rows = model.p[:, variable.columns]
        rows = rows / rows.sum(axis=1).max()
        rest = np.maximum(1 - rows.sum(axis=1, keepdims=True), 0)
        tables[key] = np.hstack([rows, rest]).tolist()
    return {"prior": np.exp(situation.rates.log_prior).tolist(), "tables": tables}


def one_by_one(situation):
    """The answers that mark one value, as places among the finding's values."""
    variables = situation.model.variables
    return {key: marked[0] - variables[key].start for key, marked in situation.chosen.items() if len(marked) == 1}


def without_several(answers):
    """The answers without those that mark several values: a network's variable has one value."""
    return {key: value for key, value in answers.items() if not isinstance(value, frozenset) or len(value) == 1}


def assert_agree(situation, posteriors):
    """Each engine gives every hypothesis the same probability."""
    for peer, probability in posteriors.items():
        assert np.abs(np.array(probability) - situation.differential.probability).max() <= TOLERANCE, peer


def test_real_content_agrees_with_pyagrum_and_pgmpy():
    """Every whole person of the content, and the typical case of every condition: the same probabilities to 1e-10."""
    people = [answers_of_vignette(KNOWLEDGE, vignette) for vignette in KNOWLEDGE.vignettes.values()]
    people += [answers_of(KNOWLEDGE, condition.cases[0]) for condition in KNOWLEDGE.conditions.values()]
    situations = [situation_of(KNOWLEDGE, without_several(answers)) for answers in people]
    by_prior = {}
    for situation in situations:
        by_prior.setdefault(situation.rates.log_prior.tobytes(), []).append(situation)
    compared = 0
    for alike in by_prior.values():
        found = ask({**network_of(alike[0]), "people": [one_by_one(situation) for situation in alike]})
        for place, situation in enumerate(alike):
            assert_agree(situation, {peer: rows[place] for peer, rows in found.items()})
            compared += 1

    assert len(people) == compared


@pytest.mark.parametrize("seed", range(20_000, 20_010))
def test_random_networks_agree_with_pyagrum_and_pgmpy(seed):
    """Random knowledge bases with random answers: the same probabilities to 1e-10."""
    knowledge = random_knowledge(seed)
    answers = without_several({**random_answers(knowledge, seed), "age": 50.0})
    situation = situation_of(knowledge, answers)
    found = ask({**network_of(situation), "people": [one_by_one(situation)]})

    assert_agree(situation, {peer: rows[0] for peer, rows in found.items()})
