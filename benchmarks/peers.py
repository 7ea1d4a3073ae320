"""Other people's engines on the same network, in their own environment: reads a job on stdin, prints JSON."""

import json
import statistics
import sys
import time


def timed(runs, task):
    """Result of a task and the median of its time in seconds."""
    result, times = task(), []
    for _ in range(runs):
        start = time.perf_counter()
        result = task()
        times.append(time.perf_counter() - start)
    return {"posterior": [float(x) for x in result], "seconds": statistics.median(times)}


def with_pyagrum(job):
    """The posterior by pyAgrum's lazy propagation."""
    import pyagrum as gum

    net = gum.BayesNet()
    cause = net.add(gum.LabelizedVariable("cause", "", len(job["prior"])))
    net.cpt(cause).fillWith(job["prior"])
    for key, table in job["tables"].items():
        node = net.add(gum.LabelizedVariable(key, "", len(table[0])))
        net.addArc(cause, node)
        net.cpt(node)[:] = table
    engine = gum.LazyPropagation(net)

    def task():
        engine.setEvidence(job["given"])
        engine.makeInference()
        return engine.posterior("cause").toarray()

    return timed(50, task)


def with_pgmpy(job):
    """The posterior by pgmpy's variable elimination."""
    import numpy as np
    from pgmpy.factors.discrete import TabularCPD
    from pgmpy.inference import VariableElimination
    from pgmpy.models import DiscreteBayesianNetwork

    count = len(job["prior"])
    net = DiscreteBayesianNetwork([("cause", key) for key in job["tables"]])
    net.add_cpds(TabularCPD("cause", count, [[p] for p in job["prior"]]))
    for key, table in job["tables"].items():
        shares = np.array(table)
        shares /= shares.sum(axis=1, keepdims=True)
        net.add_cpds(TabularCPD(key, shares.shape[1], shares.T, evidence=["cause"], evidence_card=[count]))
    engine = VariableElimination(net)
    return timed(10, lambda: engine.query(["cause"], evidence=job["given"], show_progress=False).values)


if __name__ == "__main__":
    work = json.load(sys.stdin)
    print(json.dumps({"pyAgrum": with_pyagrum(work), "pgmpy": with_pgmpy(work)}))
