"""One peer's part of the benchmark, in its own environment: a job on standard input, posteriors and seconds out."""

import json
import sys
import time
import warnings
from pathlib import Path
from statistics import median

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "differential"))

from peer_network import PEERS  # the networks that the tests compare figures with

RUNS = 5


def one_by_one(peer, job):
    """Posteriors of every person, and the median over people of the median time of one."""
    network = PEERS[peer](job["prior"], job["tables"])
    posteriors, times = [], []
    for evidence in job["people"]:
        posteriors.append(np.array(network.posterior(evidence)))
        own = []
        for _ in range(RUNS):
            start = time.perf_counter()
            network.posterior(evidence)
            own.append(time.perf_counter() - start)
        times.append(median(own))
    return np.array(posteriors), median(times)


def cohort(job):
    """Posteriors of many people by scikit-learn's categorical naive Bayes, given our tables instead of a fit."""
    from sklearn.naive_bayes import CategoricalNB

    people = np.load(job["cohort"])
    tables = [np.array(table) for table in job["tables"].values()]
    classes = len(job["prior"])
    bayes = CategoricalNB(min_categories=[table.shape[1] for table in tables])
    bayes.fit(np.zeros((classes, len(tables)), dtype=int), np.arange(classes))
    bayes.feature_log_prob_ = [np.log(table) for table in tables]
    bayes.class_log_prior_ = np.log(job["prior"])
    start = time.perf_counter()
    posteriors = bayes.predict_proba(people)
    return posteriors, time.perf_counter() - start


def main():
    """Do the job that is named; keep the posteriors in a file, and print where, and the seconds."""
    peer, folder = sys.argv[1:]
    warnings.simplefilter("ignore")
    job = json.load(sys.stdin)
    posteriors, seconds = cohort(job) if peer == "scikit-learn" else one_by_one(peer, job)
    file = Path(folder) / f"{peer}.npy"
    np.save(file, posteriors)
    print(json.dumps({"file": str(file), "seconds": seconds}))


if __name__ == "__main__":
    main()
