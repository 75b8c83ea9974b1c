"""The scoreboard: one command that prints the whole table and writes docs/benchmarks.md.

    python -m tests.benchmarks.scoreboard ../shared/data/dev

Sets: the fixtures; NTREX documents clean and with one planted error each (zh, fr, es, ru, ar); DEMETR items; White House
readouts, each alone; the real events. What a folder does not hold is skipped, and the table says so.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from consistency.checker import Checker
from consistency.evaluation.cases import Case, read_cases
from consistency.evaluation.datasets import DEMETR_FAMILIES, demetr_cases, event_cases, ntrex_cases, readout_cases
from consistency.evaluation.mutations import Material, mutate, mutators, paragraph_blocks
from consistency.evaluation.run import run_cases
from consistency.evaluation.tables import tabulate
from consistency.evaluation.verdicts import judge, read_verdicts
from consistency.evaluation.writers import write_evaluation
from consistency.types import Family

HERE = Path(__file__).parent
FIXTURES = HERE.parent.parent / "fixtures"
LANGUAGES = ("zh", "fr", "es", "ru", "ar")
SEED = 20230614


def mutated_ntrex(folder: Path, language: str, families: tuple[Family, ...], count: int, seed: int) -> Iterator[Case]:
    """NTREX documents of a language with one planted error each: `count` a document and family, as far as sites go."""
    checker = Checker()
    clean = list(ntrex_cases(folder, language))
    read = [(case, *(checker.read(document) for document in case.documents)) for case in clean]
    for index, (case, source, copy) in enumerate(read):
        other = read[(index + 1) % len(read)][2]
        material = Material(
            tuple(other.sentence_text(s.index) for s in other.sentences if s.end - s.start > 20),
            tuple(q for q in (other.text[q.inner_start : q.inner_end] for q in other.quotations) if len(q) > 12),
        )
        blocks = paragraph_blocks(source, copy)
        for family in families:
            cases, _ = mutate(case, blocks, family, material=material, seed=seed, count=count)
            yield from cases


def collect(folder: Path, sets: tuple[str, ...], languages: tuple[str, ...], families: tuple[Family, ...], count: int) -> Iterator[Case]:
    """All cases of the chosen sets that the folder holds."""
    if "fixtures" in sets:
        for gold in sorted(FIXTURES.glob("*/gold.json")):
            yield from read_cases(gold.parent)
    if "ntrex" in sets and (folder / "ntrex").is_dir():
        for language in languages:
            yield from ntrex_cases(folder, language)
            if count:
                yield from mutated_ntrex(folder, language, families, count, SEED)
    if "demetr" in sets and (folder / "demetr").is_dir():
        for kind in DEMETR_FAMILIES:
            if (folder / "demetr" / f"{kind}.jsonl").is_file():
                yield from demetr_cases(folder, kind)
    if "readouts" in sets and (folder / "readouts_en").is_dir():
        yield from readout_cases(folder)
    if "real_events" in sets and (folder / "real_events").is_dir():
        yield from event_cases(folder)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sets", default="fixtures,ntrex,demetr,readouts,real_events")
    parser.add_argument("--languages", default=",".join(LANGUAGES))
    parser.add_argument("--families", default=",".join(mutators()))
    parser.add_argument("--count", type=int, default=1, help="planted errors a document and family")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--format", default="text", choices=("text", "json", "markdown"))
    parser.add_argument("--no-details", action="store_true")
    parser.add_argument("--output", type=Path)
    options = parser.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"{options.folder}: no such folder; name the one that holds ntrex/, demetr/, readouts_en/, real_events/")
    begun = time.monotonic()
    cases = list(
        collect(
            options.folder,
            tuple(options.sets.split(",")),
            tuple(options.languages.split(",")),
            tuple(Family(f) for f in options.families.split(",")),
            options.count,
        )
    )
    print(f"{len(cases)} cases, made in {time.monotonic() - begun:.0f} s", file=sys.stderr)
    scores = list(run_cases(cases, workers=options.workers))
    print(f"checked after {time.monotonic() - begun:.0f} s", file=sys.stderr)
    verdicts = read_verdicts(sorted((HERE / "verdicts").glob("*.toml")))
    evaluation = tabulate(scores, judge([a for s in scores for a in s.alarms], verdicts))
    text = write_evaluation(evaluation, options.format, details=not options.no_details)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
