"""Alignment of accounts: the weights of its features, and how well they do.

    python tests/benchmarks/accounts.py [--fit] [--data DIR] [--verbose]

Without --fit: precision, recall and F1 of the package's aligner on the fixtures and on the real events, by links between
sentences. With --fit: a logistic regression of the features on the pairs of the fixtures, the F1 with each event left out
in turn, and the weights to write into consistency/align/accounts.py.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import random
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from consistency.align import align, parts_of  # noqa: E402
from consistency.align.accounts import WEIGHTS, Account, features, prior_odds, select  # noqa: E402
from consistency.align.anchors import find_anchors  # noqa: E402
from consistency.align.encoders import Encoder, load_encoder  # noqa: E402
from consistency.align.scores import scale_of  # noqa: E402
from consistency.checker import Checker  # noqa: E402
from consistency.ingest import read_document  # noqa: E402
from consistency.types import Analysis, SentenceKind  # noqa: E402

Pairs = set[tuple[int, int]]


@dataclass(frozen=True)
class Case:
    """Two documents of one event: which sentences surely correspond, and which possibly."""

    event: str
    left: str
    right: str
    analysis: Analysis
    sure: Pairs
    possible: Pairs


def fixture_cases() -> list[Case]:
    """Accounts with each other, and each account with the wire."""
    cases: list[Case] = []
    for folder in sorted(path for path in (ROOT / "fixtures").iterdir() if path.is_dir()):
        gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
        documents = [read_document(str(folder / name)) for name in gold["accounts"] + gold["copies"]]
        analysis = Checker().analyse(documents, [])
        labels = [document.label for document in documents[: len(gold["accounts"])]]
        plain = [pair for pair in gold["alignments"] if isinstance(pair, list)]
        sets = [(labels[0], labels[1], plain)]
        sets += [(e["left"], e["right"], e["pairs"]) for e in gold["alignments"] if isinstance(e, dict)]
        known = {analysed.id for analysed in analysis.documents}
        for left, right, pairs in sets:
            found = {(i - 1, j - 1) for i, j in pairs}
            if {left, right} <= known:
                cases.append(Case(folder.name, left, right, analysis, found, found))
            else:
                print(f"{folder.name}: {left} or {right} could not be read", file=sys.stderr)
    return cases


def real_cases(data: Path) -> list[Case]:
    """The three real events against the gold of tests/align/real_events.toml."""
    table = tomllib.loads((ROOT / "tests" / "align" / "real_events.toml").read_text(encoding="utf-8"))
    cases: list[Case] = []
    for event, gold in sorted(table.items()):
        paths = [data / "dev" / "real_events" / event / name for name in ("prc.zh.md", "us.en.md")]
        analysis = Checker().analyse([read_document(str(path)) for path in paths], [])
        sure = {(i, j) for i, j in gold["sure"]}
        cases.append(Case(event, "prc", "us", analysis, sure, sure | {(i, j) for i, j in gold["possible"]}))
    return cases


def with_long_sentences(case: Case, rng: random.Random) -> list[Case]:
    """The case twice, with runs of one to four body sentences of the left, then of the right side made one.

    Real accounts, Chinese ones above all, have sentences that carry what several of the other side do; the fixtures are
    evener.
    """
    made: list[Case] = []
    for side, name in enumerate((case.left, case.right)):
        document = case.analysis.document(name)
        groups: list[list[int]] = []
        room = 0
        for sentence in document.sentences:
            if room and sentence.kind is SentenceKind.BODY:
                groups[-1].append(sentence.index)
                room -= 1
            else:
                groups.append([sentence.index])
                room = rng.randrange(4) if sentence.kind is SentenceKind.BODY else 0
        place = {old: new for new, group in enumerate(groups) for old in group}
        sentences = tuple(
            dataclasses.replace(document.sentences[g[0]], index=n, end=document.sentences[g[-1]].end)
            for n, g in enumerate(groups)
        )
        longer = dataclasses.replace(
            document,
            sentences=sentences,
            mentions=tuple(dataclasses.replace(m, sentence=place[m.sentence]) for m in document.mentions),
            claims=tuple(dataclasses.replace(c, sentence=place[c.sentence]) for c in document.claims),
        )
        documents = tuple(longer if d.id == name else d for d in case.analysis.documents)
        pairs = {(place[i], j) if side == 0 else (i, place[j]) for i, j in case.sure}
        analysis = Analysis(documents, case.analysis.persons)
        made.append(Case(case.event, case.left, case.right, analysis, pairs, pairs))
    return made


def scores(found: Pairs, case: Case) -> tuple[float, float, float]:
    """Precision against what is sure or possible, recall of what is sure, and F1."""
    precision = len(found & case.possible) / len(found) if found else 0.0
    recall = len(found & case.sure) / len(case.sure)
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def links(case: Case, encoder: Encoder) -> Pairs:
    """What the package's aligner finds."""
    left, right = case.analysis.document(case.left), case.analysis.document(case.right)
    found = align(left, right, encoder=encoder, analysis=case.analysis)
    return {(i, j) for a in found for i in a.left_sentences for j in a.right_sentences}


def report(cases: list[Case], encoder: Encoder, name: str, verbose: bool) -> None:
    """Print the figures of a set of cases."""
    rows = []
    for case in cases:
        found = links(case, encoder)
        rows.append(scores(found, case))
        if verbose:
            extra, missed = sorted(found - case.possible), sorted(case.sure - found)
            print(f"  {case.event} {case.left}-{case.right} " + "P {:.2f} R {:.2f} F1 {:.2f}".format(*rows[-1])
                  + f" extra {extra} missed {missed}")
    print(f"{name}: {len(rows)} pairs of documents, mean P {{:.3f}} R {{:.3f}} F1 {{:.3f}}".format(*np.mean(rows, axis=0)))


def matrix(case: Case, encoder: Encoder) -> np.ndarray:
    """Features of all pairs of sentences, shape (left, right, features), in the order of `WEIGHTS`."""
    sides = []
    for name in (case.left, case.right):
        document = case.analysis.document(name)
        texts = [document.sentence_text(index) for index in range(len(document.sentences))]
        sides.append(Account(document, parts_of(texts, encoder.encode(texts), encoder)))
    anchors = find_anchors(sides[0].document, sides[1].document, case.analysis)
    found = features(sides[0], sides[1], anchors, scale_of(encoder), case.analysis)
    return np.stack([found[name] for name in WEIGHTS], axis=-1)


def fit(train: list[tuple[Case, np.ndarray]]) -> tuple[np.ndarray, float]:
    """Weights and offset of a logistic regression; pairs that are only possible are left out.

    The prior odds that `align_accounts` adds stand in it with weight 1.
    """
    from scipy.optimize import minimize

    rows, labels, priors = [], [], []
    for case, found in train:
        before = prior_of(found)
        for i, j in np.ndindex(found.shape[:2]):
            if (i, j) in case.sure or (i, j) not in case.possible:
                rows.append([*found[i, j], 1.0])
                labels.append((i, j) in case.sure)
                priors.append(before[i, j])
    x, y, prior = np.asarray(rows), np.asarray(labels, dtype=float), np.asarray(priors)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ weights + prior
        shrunk = np.append(weights[:-1], 0.0)
        slope = x.T @ (1 / (1 + np.exp(-z)) - y) + shrunk
        return float((np.logaddexp(0, z) - y * z).sum() + (shrunk @ shrunk) / 2), slope

    best = minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B").x
    return best[:-1], float(best[-1])


def log_odds(found: np.ndarray, weights: np.ndarray, offset: float) -> np.ndarray:
    """As `align_accounts` computes them."""
    return np.asarray(found @ weights + offset + prior_of(found))


def prior_of(found: np.ndarray) -> np.ndarray:
    """The prior odds, from features as `matrix` stacks them."""
    return prior_odds({name: found[..., number] for number, name in enumerate(WEIGHTS)})


def chosen(odds: np.ndarray, mutual: float, single: float) -> Pairs:
    """The pairs that `select` keeps."""
    return {(link.left, link.right) for link in select(odds, np.zeros_like(odds), mutual=mutual, single=single)}


def refit(fixtures: list[Case], real: list[Case], encoder: Encoder) -> None:
    """Print the weights, the figures with each event left out, and those on the real events."""
    rng = random.Random(3)
    longer = [other for case in fixtures for other in with_long_sentences(case, rng)]
    made = [(case, matrix(case, encoder)) for case in [*fixtures, *longer]]
    odds, long_odds = [], []
    for event in sorted({case.event for case in fixtures}):
        weights, offset = fit([pair for pair in made if pair[0].event != event])
        found = [(case, log_odds(features, weights, offset)) for case, features in made if case.event == event]
        count = sum(case.event == event for case in fixtures)
        odds += found[:count]
        long_odds += found[count:]
    weights, offset = fit(made)
    events = [(case, log_odds(matrix(case, encoder), weights, offset)) for case in real]

    def mean(pairs: list[tuple[Case, np.ndarray]], limit: tuple[float, float]) -> np.ndarray:
        return np.mean([scores(chosen(z, *limit), case) for case, z in pairs], axis=0)

    limits = [(a, b) for a in np.arange(-4, 1.1, 0.25) for b in np.arange(-3, 2.1, 0.25) if a <= b]
    made_only = {limit: mean(odds, limit)[2] + mean(long_odds, limit)[2] for limit in limits}
    best = max(limits, key=lambda limit: made_only[limit])
    both = max(limits, key=lambda limit: made_only[limit] + mean(events, limit)[2])
    for name, limit in (("best on the fixtures", best), ("best on fixtures and real events together", both)):
        print(f"{name}: KEEP_MUTUAL {limit[0]:.2f} KEEP {limit[1]:.2f}")
        print("  fixtures, each event left out: P {:.3f} R {:.3f} F1 {:.3f}".format(*mean(odds, limit)))
        print("  with long sentences: P {:.3f} R {:.3f} F1 {:.3f}".format(*mean(long_odds, limit)))
        for case, z in events:
            print(f"  {case.event}: " + "P {:.2f} R {:.2f} F1 {:.2f}".format(*scores(chosen(z, *limit), case)))
    for name, weight in zip(WEIGHTS, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')
    print(f"OFFSET = {offset:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--encoder", default="embedded")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    arguments = parser.parse_args()
    encoder = load_encoder(arguments.encoder)
    fixtures, real = fixture_cases(), real_cases(arguments.data)
    if arguments.fit:
        refit(fixtures, real, encoder)
    else:
        report(fixtures, encoder, "fixtures", arguments.verbose)
        report(real, encoder, "real events", arguments.verbose)


if __name__ == "__main__":
    main()
