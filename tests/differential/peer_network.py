"""Other people's engines on a naive Bayes network. Run by .venv-peers/bin/python: a network in, posteriors out (JSON).

in:  {"prior": [...], "tables": {finding: [[P(value | hypothesis), ...], ...]}, "people": [{finding: place}, ...]}
out: {"pyagrum": [[P(hypothesis | answers), ...], ...], "pgmpy": [...]}
"""

import json
import sys
import warnings

CAUSE = "cause"


class PyAgrum:
    """The network in pyAgrum; messages are passed exactly (Shafer and Shenoy)."""

    def __init__(self, prior, tables):
        import pyagrum

        self.network = pyagrum.BayesNet()
        self.network.add(pyagrum.LabelizedVariable(CAUSE, CAUSE, len(prior)))
        self.network.cpt(CAUSE).fillWith(prior)
        for name, rows in tables.items():
            self.network.add(pyagrum.LabelizedVariable(name, name, len(rows[0])))
            self.network.addArc(CAUSE, name)
            self.network.cpt(name).fillWith([share for row in rows for share in row])
        self.engine = pyagrum.ShaferShenoyInference(self.network)
        self.engine.setTargets({CAUSE})

    def posterior(self, evidence):
        """P(cause | evidence)."""
        self.engine.setEvidence(evidence)
        self.engine.makeInference()
        return self.engine.posterior(CAUSE).toarray()


class Pgmpy:
    """The network in pgmpy; variables are eliminated exactly."""

    def __init__(self, prior, tables):
        from pgmpy.factors.discrete import TabularCPD
        from pgmpy.inference import VariableElimination
        from pgmpy.models import DiscreteBayesianNetwork

        network = DiscreteBayesianNetwork([(CAUSE, name) for name in tables])
        network.add_cpds(TabularCPD(CAUSE, len(prior), [[share] for share in prior]))
        for name, rows in tables.items():
            columns = [list(column) for column in zip(*rows, strict=True)]
            network.add_cpds(TabularCPD(name, len(columns), columns, [CAUSE], [len(prior)]))
        network.check_model()
        self.engine = VariableElimination(network)

    def posterior(self, evidence):
        """P(cause | evidence)."""
        return self.engine.query([CAUSE], evidence=evidence, show_progress=False).values


PEERS = {"pyagrum": PyAgrum, "pgmpy": Pgmpy}


def posteriors(peer, network):
    """One engine's posteriors of every person; the network is built anew where the prior is another."""
    built = {}
    for person in network["people"]:
        prior = tuple(person["prior"])
        if prior not in built:
            built[prior] = peer(person["prior"], network["tables"])
        yield built[prior].posterior(person["evidence"]).tolist()


def main():
    """Read networks from standard input; print every peer's posteriors."""
    warnings.simplefilter("ignore")
    networks = json.load(sys.stdin)
    answers = {name: [row for network in networks for row in posteriors(peer, network)] for name, peer in PEERS.items()}
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
