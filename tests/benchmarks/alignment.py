"""Alignment of documents with planted disorder, against Gale-Church and greedy nearest neighbours, and its speed.

    python tests/benchmarks/alignment.py [--data DIR] [--encoder NAME] [--half tuning|held-out] [--speed]

Documents are built from NTREX dev by dropping, inserting, merging, splitting and moving sentences of one side, each by
itself and all together, at several rates. The figure is strict F1: a block counts only where both of its sides are
exactly right. All three aligners see the same documents in the same run, the last two the same vectors.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from consistency.align import Mode, align  # noqa: E402
from consistency.align.accounts import clauses  # noqa: E402
from consistency.align.anchors import AnchorTable  # noqa: E402
from consistency.align.encoders import Encoder, load_encoder  # noqa: E402
from consistency.align.scores import scale_of  # noqa: E402
from consistency.align.translation import Side, align_translation  # noqa: E402
from consistency.types import AnalysedDocument, Document, Sentence  # noqa: E402

PAIRS = (("fr", "en"), ("zh", "en"), ("es", "en"), ("ru", "en"), ("ar", "en"), ("fr", "zh"))
OPERATIONS = ("drop", "insert", "merge", "split", "move", "all")
LEVELS = (0.1, 0.2, 0.3)
Links = frozenset[tuple[frozenset[int], frozenset[int]]]


@dataclass(frozen=True)
class Case:
    """Two lists of sentences, and the blocks that correspond."""

    left: list[str]
    right: list[str]
    gold: Links


def read_documents(data: Path, language: str) -> dict[str, list[str]]:
    """NTREX dev by document, sentences in order."""
    documents: dict[str, list[str]] = {}
    for line in (data / "dev" / "ntrex" / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
        name, sentence = line.split("\t", 1)
        documents.setdefault(name, []).append(sentence)
    return documents


def disturb(left: list[str], right: list[str], foreign: list[str], operation: str, rate: float, rng: random.Random) -> Case:
    """The pair of documents with `operation` done to the right side at `rate` a sentence."""
    def happens(name: str) -> bool:
        share = rate if operation == name else rate / 3 if operation == "all" else 0.0
        return rng.random() < share

    items: list[tuple[list[int], str]] = []
    for number, sentence in enumerate(right):
        if happens("drop"):
            continue
        if happens("insert"):
            items.append(([], rng.choice(foreign)))
        if items and items[-1][0] and items[-1][0][-1] == number - 1 and len(items[-1][0]) == 1 and happens("merge"):
            items[-1] = ([*items[-1][0], number], f"{items[-1][1]} {sentence}")
            continue
        pieces = clauses(sentence)
        if len(pieces) > 1 and happens("split"):
            cut = rng.randrange(1, len(pieces))
            items.append(([number], " ".join(pieces[:cut])))
            items.append(([number], " ".join(pieces[cut:])))
            continue
        items.append(([number], sentence))
    moved = [place for place in range(len(items)) if happens("move")]
    for place in moved:
        other = rng.randrange(len(items))
        item = items.pop(place)
        items.insert(other, item)
    blocks: dict[tuple[int, ...], list[int]] = {}
    for place, (sources, _) in enumerate(items):
        if sources:
            blocks.setdefault(tuple(sources), []).append(place)
    return Case(left, [text for _, text in items], frozenset((frozenset(k), frozenset(v)) for k, v in blocks.items()))


def cases(data: Path, pair: tuple[str, str], half: str, operation: str, rate: float, seed: int = 7) -> Iterator[Case]:
    """One case a document of the half."""
    lefts, rights = read_documents(data, pair[0]), read_documents(data, pair[1])
    names = sorted(lefts)
    chosen = names[: len(names) // 2] if half == "tuning" else names[len(names) // 2 :]
    rng = random.Random(f"{seed} {pair} {operation} {rate}")
    for name in chosen:
        foreign = [s for other in chosen if other != name for s in rights[other]]
        yield disturb(lefts[name], rights[name], foreign, operation, rate, rng)


def ours(case: Case, encoder: Encoder, mode: Mode = "auto") -> Links:
    """The package's aligner on bare sentences: without mentions, so that only the encoder speaks."""
    left, right = bare("left", case.left), bare("right", case.right)
    found = align(left, right, encoder=encoder, mode=mode)
    return frozenset((frozenset(a.left_sentences), frozenset(a.right_sentences)) for a in found)


def bare(id: str, texts: list[str]) -> AnalysedDocument:
    """A document of these sentences and nothing else."""
    sentences: list[Sentence] = []
    start = 0
    for index, text in enumerate(texts):
        sentences.append(Sentence(f"{id}:s{index + 1}", index, start, start + len(text)))
        start += len(text) + 1
    return AnalysedDocument(Document(id, id, "\n".join(texts), "und"), tuple(sentences))


def _side(vectors: np.ndarray, texts: list[str]) -> Side:
    return Side(vectors, np.asarray([len(t) for t in texts], dtype=np.float64))


def gale_church(case: Case) -> Links:
    """NLTK's Gale-Church on lengths in characters."""
    from nltk.translate.gale_church import align_blocks

    pairs = align_blocks([len(t) for t in case.left], [len(t) for t in case.right])
    # NLTK gives single links; links that share a sentence are one block.
    groups: list[tuple[set[int], set[int]]] = []
    for i, j in pairs:
        if groups and (i in groups[-1][0] or j in groups[-1][1]):
            groups[-1][0].add(i)
            groups[-1][1].add(j)
        else:
            groups.append(({i}, {j}))
    return frozenset((frozenset(a), frozenset(b)) for a, b in groups)


def greedy(case: Case, encoder: Encoder) -> Links:
    """The closest pairs first, each sentence at most once, all of the shorter side."""
    scores = encoder.encode(case.left) @ encoder.encode(case.right).T
    order = np.dstack(np.unravel_index(np.argsort(-scores, axis=None, kind="stable"), scores.shape))[0]
    rows: set[int] = set()
    columns: set[int] = set()
    links: set[tuple[frozenset[int], frozenset[int]]] = set()
    for i, j in order:
        if int(i) not in rows and int(j) not in columns:
            rows.add(int(i))
            columns.add(int(j))
            links.add((frozenset({int(i)}), frozenset({int(j)})))
    return frozenset(links)


def f1(found: list[Links], gold: list[Links]) -> float:
    """Strict F1 over all blocks of all documents."""
    hits = sum(len(a & b) for a, b in zip(found, gold, strict=True))
    total = sum(map(len, found)) + sum(map(len, gold))
    return 2 * hits / total if total else 1.0


def table(data: Path, encoder: Encoder, half: str) -> None:
    """Print strict F1 of the three aligners for each pair, operation and rate."""
    print(f"half: {half}; encoder: {encoder.name}@{encoder.revision}; strict F1 (auto / Gale-Church / greedy)")
    for pair in PAIRS:
        print("-".join(pair))
        for operation in ("none", *OPERATIONS):
            cells = []
            for rate in (0.0,) if operation == "none" else LEVELS:
                built = list(cases(data, pair, half, operation, rate))
                gold = [case.gold for case in built]
                figures = (
                    f1([ours(case, encoder) for case in built], gold),
                    f1([gale_church(case) for case in built], gold),
                    f1([greedy(case, encoder) for case in built], gold),
                )
                mark = "" if figures[0] > max(figures[1:]) else " !"
                cells.append(f"{rate:.0%}: " + " / ".join(f"{x:.3f}" for x in figures) + mark)
            print(f"  {operation:7s}" + "   ".join(cells), flush=True)


def speed(data: Path, encoder: Encoder, sentences: int = 5000) -> None:
    """Print seconds and peak memory of translation mode on `sentences` against as many."""
    import resource

    texts = {code: [s for d in read_documents(data, code).values() for s in d] for code in ("fr", "en")}
    rng = random.Random(11)
    order = [rng.randrange(len(texts["en"])) for _ in range(sentences)]
    left = [f"{texts['fr'][i]} {n}" for n, i in enumerate(order)]
    right = [f"{texts['en'][i]} {n}" for n, i in enumerate(order) if rng.random() > 0.1]
    began = time.perf_counter()
    vectors = encoder.encode(left), encoder.encode(right)
    encoded = time.perf_counter()
    scale = scale_of(encoder)
    blocks = align_translation(_side(vectors[0], left), _side(vectors[1], right), AnchorTable({}), scale)
    ended = time.perf_counter()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{len(left)} x {len(right)}: encoding {encoded - began:.2f} s, alignment {ended - encoded:.2f} s, "
          f"{len(blocks)} blocks, peak memory of the process {peak:.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--encoder", default="embedded")
    parser.add_argument("--half", choices=("tuning", "held-out"), default="held-out")
    parser.add_argument("--speed", action="store_true")
    arguments = parser.parse_args()
    encoder = load_encoder(arguments.encoder)
    if arguments.speed:
        speed(arguments.data, encoder)
    else:
        table(arguments.data, encoder, arguments.half)


if __name__ == "__main__":
    main()
