"""Times the engine against its peers, all in this run: `make bench`. Prints medians and ratios, never judges."""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

import numpy as np

from legwise.knowledge import open_knowledge
from legwise.knowledge.cases import answers_of_vignette
from legwise.reasoning import assess, next_screen
from legwise.reasoning.differential import softmax
from legwise.reasoning.model import log_likelihoods, model_of
from legwise.reasoning.situation import situation_of

HERE = Path(__file__).parent
PEERS = HERE.parent / ".venv-peers" / "bin" / "python"


def median_of(runs, task):
    """Median and 99th percentile of a task's time in seconds."""
    task()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return statistics.median(times), sorted(times)[int(0.99 * (runs - 1))]


def line(name, seconds, note=""):
    print(f"{name:<58}{seconds * 1e3:>10.3f} ms  {note}")


def main():
    knowledge = open_knowledge()
    model = model_of(knowledge)
    answers = answers_of_vignette(knowledge, knowledge.vignettes["plain_night_cramp"])
    situation = situation_of(knowledge, answers)
    prior, chosen = situation.rates.log_prior, dict(list(situation.chosen.items())[:15])

    own, _ = median_of(300, lambda: softmax(prior + log_likelihoods(model.log_p, chosen).sum(axis=1)))
    line("posterior of one person, Legwise (15 answers)", own)
    peers(model, prior, chosen, own)
    step, worst = median_of(200, lambda: next_screen(knowledge, answers))
    line("interview step, p50", step, f"p99 {worst * 1e3:.2f} ms; aim 1 and 3")
    whole, worst = median_of(30, lambda: assess(knowledge, answers))
    line("assessment with redraws and every change, p50", whole, f"p99 {worst * 1e3:.1f} ms; aim p50 10")
    cold()
    print(f"peak memory of this run: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def peers(model, prior, chosen, own):
    """The same posterior by pyAgrum and pgmpy, in their own environment; agreement and ratios."""
    if not PEERS.exists():
        print("no .venv-peers: run make peers")
        return
    tables = {k: np.exp(model.log_p[:, model.variables[k].columns]).tolist() for k in chosen}
    given = {k: chosen[k][0] - model.variables[k].start for k in chosen}
    job = json.dumps({"prior": softmax(prior).tolist(), "tables": tables, "given": given})
    done = subprocess.run([str(PEERS), str(HERE / "peers.py")], input=job, capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"peers failed: {done.stderr.strip().splitlines()[-1]}")
        return
    ours = softmax(prior + log_likelihoods(model.log_p, chosen).sum(axis=1))
    for name, result in json.loads(done.stdout).items():
        apart = float(np.abs(np.array(result["posterior"]) - ours).max())
        line(f"the same, {name}", result["seconds"], f"{result['seconds'] / own:.0f}x Legwise; apart {apart:.1e}")


def cold():
    """A whole `legwise assess` from a cold start, beside the import of what it stands on."""
    file = HERE / "cold.yaml"
    command = [str(Path(sys.executable).with_name("legwise")), "assess", str(file), "--json"]
    base = [sys.executable, "-c", "import numpy, pydantic"]
    ours, theirs = whole_process(command), whole_process(base)
    line("legwise assess, cold start", ours)
    line("python -c 'import numpy, pydantic'", theirs, f"ratio {ours / theirs:.1f}; aim 3")


def whole_process(command):
    """Median of five whole runs of a command."""
    times = []
    for _ in range(6):
        start = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env={**os.environ})
        times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


if __name__ == "__main__":
    main()
