"""Times the engine beside its peers, all in one run: `make bench`. Prints medians, ratios and what is aimed at."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import numpy as np

from legwise.knowledge import open_knowledge
from legwise.knowledge.cases import answers_of, answers_of_vignette
from legwise.reasoning import assess, next_screen
from legwise.reasoning.differential import softmax
from legwise.reasoning.model import log_likelihoods, model_of
from legwise.reasoning.situation import situation_of

HERE = Path(__file__).parent
PEERS = HERE.parent / ".venv-peers" / "bin" / "python"
COHORT = 100_000
CHUNK = 1000
"""People whose scores fit in the cache together."""
KNOWLEDGE = open_knowledge()
MODEL = model_of(KNOWLEDGE)


def main():
    print(f"Legwise on its own content: {len(MODEL.conditions)} conditions, {len(MODEL.variables)} linked findings\n")
    with tempfile.TemporaryDirectory() as folder:
        one_by_one(folder)
        cohort(folder)
    interview()
    assessment()
    cold_start()


def show(name, seconds, note=""):
    """One line: what was timed, how long it took, and how that stands to something else."""
    unit, size = ("s ", 1) if seconds >= 1 else ("ms", 1e3) if seconds >= 1e-3 else ("µs", 1e6)
    print(f"  {name:<56}{seconds * size:>9.2f} {unit}   {note}")


def timed(task, runs):
    """Median seconds of a task, after one run that does not count."""
    task()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return median(times)


# --- Beside other engines: the same network, the same people -------------------------------------------------


def one_by_one(folder):
    """Posterior of one leading cause for one person after another, beside pyAgrum and pgmpy."""
    people = [answers_of_vignette(KNOWLEDGE, vignette) for vignette in KNOWLEDGE.vignettes.values()]
    people += [answers_of(KNOWLEDGE, condition.cases[0]) for condition in KNOWLEDGE.conditions.values()]
    prior = situation_of(KNOWLEDGE, {}).rates.log_prior
    for name, most in (("a dozen answers", 12), ("every answer", 1000)):
        chosen = [dict(list(one_value_each(answers).items())[:most]) for answers in people]
        own = median(timed(lambda c=c: posterior(prior, c), 20) for c in chosen)
        found = np.array([posterior(prior, c) for c in chosen])
        print(f"Posterior of one person, {name}; medians over {len(people)} people")
        show("Legwise", own)
        job = {"prior": np.exp(prior).tolist(), "tables": tables(), "people": [places(c) for c in chosen]}
        for peer, aim in (("pyagrum", 20), ("pgmpy", 200)):
            beside(folder, peer, job, (own, found), f"aim {aim}×")


def posterior(prior, chosen):
    """P(cause | answers), from the table and a prior: what a peer's network holds too."""
    return softmax(prior + log_likelihoods(MODEL.log_p, chosen).sum(axis=1))


def beside(folder, peer, job, ours, aim):
    """What a peer takes for the same, and how far its figures are from ours (seconds, posteriors)."""
    own, found = ours
    answer = ask(folder, peer, job)
    if answer is not None:
        apart = np.abs(np.load(answer["file"]) - found).max()
        show(peer, answer["seconds"], f"{answer['seconds'] / own:.0f}× Legwise, {aim}; apart {apart:.0e}")


def ask(folder, peer, job):
    """Let a peer do a job in its own environment."""
    if not PEERS.exists():
        print(f"  {peer}: no .venv-peers; make peers")
        return None
    command = [str(PEERS), str(HERE / "peers.py"), peer, folder]
    done = subprocess.run(command, input=json.dumps(job), capture_output=True, text=True, check=False)
    if done.returncode:
        print(f"  {peer} failed: {done.stderr.strip().splitlines()[-1]}")
        return None
    return json.loads(done.stdout)


def one_value_each(answers):
    """The evidence of a person, without answers that mark several values: a network's variable has one value."""
    return {key: marked for key, marked in situation_of(KNOWLEDGE, answers).chosen.items() if len(marked) == 1}


def places(chosen):
    """Evidence as places among the values of each finding."""
    return {key: marked[0] - MODEL.variables[key].start for key, marked in chosen.items()}


def tables():
    """P(value | hypothesis) of every finding, as rows that sum to one."""
    rows = {key: MODEL.p[:, variable.columns] for key, variable in MODEL.variables.items()}
    return {key: (table / table.sum(axis=1, keepdims=True)).tolist() for key, table in rows.items()}


def cohort(folder):
    """Posteriors of a hundred thousand people at once, beside scikit-learn's categorical naive Bayes."""
    rng = np.random.default_rng(1)
    counts = [len(variable.values) for variable in MODEL.variables.values()]
    people = np.stack([rng.integers(0, count, COHORT) for count in counts], axis=1)
    prior = situation_of(KNOWLEDGE, {}).rates.log_prior
    start = time.perf_counter()
    found = of_many(prior, people)
    own = time.perf_counter() - start
    np.save(Path(folder) / "people.npy", people)
    print(f"Posteriors of {COHORT:,} people with {len(counts)} answers each (the same table, read in numpy)")
    show("Legwise", own, f"{COHORT / own:,.0f} people a second")
    job = {"prior": np.exp(prior).tolist(), "tables": tables(), "cohort": str(Path(folder) / "people.npy")}
    beside(folder, "scikit-learn", job, (own, found), "aim: no slower")


def of_many(prior, people):
    """Posteriors of many people, given the place of the value of every finding."""
    table = np.ascontiguousarray(MODEL.log_p.T)
    columns = people + np.array([variable.start for variable in MODEL.variables.values()])
    result = np.empty((len(people), len(prior)))
    for first in range(0, len(people), CHUNK):
        part = columns[first : first + CHUNK]
        scores = np.tile(prior, (len(part), 1))
        for place in range(part.shape[1]):
            scores += table[part[:, place]]
        result[first : first + CHUNK] = softmax(scores)
    return result


# --- By itself ------------------------------------------------------------------------------------------------


def interview():
    """Every step of the interviews of all whole people: posterior, danger odds and the value of every screen."""
    steps()
    times = steps()
    print(f"Interview, {len(times)} steps of {len(KNOWLEDGE.vignettes)} people")
    show("p50", float(np.quantile(times, 0.5)), "aim 1 ms")
    show("p99", float(np.quantile(times, 0.99)), "aim 3 ms")


def steps():
    """Seconds of each step."""
    times = []
    for vignette in KNOWLEDGE.vignettes.values():
        truth, answers = answers_of_vignette(KNOWLEDGE, vignette), {}
        while True:
            start = time.perf_counter()
            screen = next_screen(KNOWLEDGE, answers)
            times.append(time.perf_counter() - start)
            if screen is None:
                break
            answers |= {line.id: truth.get(line.id, said_of(line)) for line in screen.lines}
    return times


def said_of(line):
    """What someone says to a line that their story leaves open."""
    finding = KNOWLEDGE.findings.get(line.id)
    if finding is None or finding.is_yes_no:
        return "no"
    return "still_not_sure" if line.again else "not_sure"


def assessment():
    """Whole assessments: 512 redraws, explanation, and every single-answer change."""
    people = [answers_of_vignette(KNOWLEDGE, vignette) for vignette in KNOWLEDGE.vignettes.values()]
    times = [timed(lambda answers=answers: assess(KNOWLEDGE, answers), 7) for answers in people]
    print(f"Assessment with {KNOWLEDGE.settings.redraws.value:.0f} redraws and every change; {len(people)} people")
    show("p50", median(times), "aim 10 ms")


COLD = ["legwise", "assess", str(HERE / "cold.yaml"), "--json"]


def cold_start():
    """A whole `legwise assess` from nothing, beside the import of what it stands on; medians of five."""
    own = whole_process([str(Path(sys.executable).with_name(COLD[0])), *COLD[1:]])
    floor = whole_process([sys.executable, "-c", "import numpy, pydantic"])
    print("Cold start; medians of five")
    show("python -c 'import numpy, pydantic'", floor)
    show("legwise assess", own, f"{own / floor:.1f}×, aim 3×; {memory()}")


def whole_process(command):
    """Median seconds of five whole runs, after one that does not count."""
    return timed(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True), 5)


def memory():
    """The most memory that `legwise assess` holds at once."""
    code = f"import atexit, sys; sys.argv = {COLD}; from legwise.cli.app import main; "
    code += "atexit.register(lambda: sys.stderr.write(open('/proc/self/status').read())); main()"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    peak = [line.split()[1] for line in done.stderr.splitlines() if line.startswith("VmHWM")]
    return f"{int(peak[0]) / 1024:.0f} MB at most" if peak else "memory: only Linux tells"


if __name__ == "__main__":
    main()
