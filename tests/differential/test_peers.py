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


def ask(networks):
    """Ask the other engines; an array of (people, hypotheses) from each."""
    script = Path(__file__).with_name("peer_network.py")
    done = subprocess.run(
        [str(PYTHON), str(script)], input=json.dumps(networks), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)


def tables_of(model):
    """The engine's table as the tables of a network.

    Ratios against the background leave rows that do not sum to one: all rows of a finding are scaled alike, which
    changes no posterior, and a value that nobody has takes the rest.
    """
    tables = {}
    for key, variable in model.variables.items():
        rows = model.p[:, variable.columns]
        rows = rows / rows.sum(axis=1).max()
        rest = np.maximum(1 - rows.sum(axis=1, keepdims=True), 0)
        tables[key] = np.hstack([rows, rest]).tolist()
    return tables


def person_of(situation):
    """Somebody's prior, and their answers as places among the values of each finding."""
    variables = situation.model.variables
    places = {key: marked[0] - variables[key].start for key, marked in situation.chosen.items()}
    return {"prior": np.exp(situation.rates.log_prior).tolist(), "evidence": places}


def network_of(situations):
    """One knowledge base as a network, and the people who ask it."""
    return {"tables": tables_of(situations[0].model), "people": [person_of(situation) for situation in situations]}


def without_several(answers):
    """The answers without those that mark several values: a network's variable has one value."""
    return {key: value for key, value in answers.items() if not isinstance(value, frozenset) or len(value) == 1}


def assert_agree(situations, found):
    """Each engine gives everybody the same probability of every hypothesis."""
    assert {"pyagrum", "pgmpy"} == found.keys()
    for rows in found.values():
        for situation, row in zip(situations, rows, strict=True):
            assert np.abs(np.array(row) - situation.differential.probability).max() <= TOLERANCE


def test_real_content_agrees_with_pyagrum_and_pgmpy():
    """Every whole person of the content, and the first case of every condition: the same probabilities to 1e-10."""
    people = [answers_of_vignette(KNOWLEDGE, vignette) for vignette in KNOWLEDGE.vignettes.values()]
    people += [answers_of(KNOWLEDGE, condition.cases[0]) for condition in KNOWLEDGE.conditions.values()]
    situations = [situation_of(KNOWLEDGE, without_several(answers)) for answers in people]

    assert_agree(situations, ask([network_of(situations)]))


def test_random_networks_agree_with_pyagrum_and_pgmpy():
    """A hundred random knowledge bases with random answers: the same probabilities to 1e-10."""
    situations = []
    for seed in range(20_000, 20_100):
        knowledge = random_knowledge(seed)
        answers = without_several({**random_answers(knowledge, seed), "age": 50.0})
        situations.append(situation_of(knowledge, answers))

    assert_agree(situations, ask([network_of([situation]) for situation in situations]))
