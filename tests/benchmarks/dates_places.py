"""How often dates and places of clean translations conflict, on line-aligned pairs and without the aligner.

    python -m tests.benchmarks.dates_places PAIRS.tsv[.xz] LANGUAGE [--pairs 3300] [--verbose]

The file has one pair a line: text, tab, English. English is the account, the other language the copy; twenty pairs make
a document, and line n is aligned with line n. What is printed as a conflict is a false alarm, or an error of the
translation: a reader tells. Use training pairs to tune, and the other half to measure.
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from consistency.checks import dat101, dat201, plc201
from consistency.checks.base import Settings
from consistency.extract.dates import find_dates
from consistency.extract.places import find_places
from consistency.languages.loader import fold
from consistency.reference import load_reference
from consistency.types import (
    Agreement,
    Alignment,
    AnalysedDocument,
    Analysis,
    Document,
    Finding,
    Role,
    Segmented,
    Sentence,
)

LINES = 20
"""Pairs that make one document."""


def read_pairs(path: Path) -> Iterator[tuple[str, str]]:
    """(text, English) of each line that has both."""
    with (
        lzma.open(path, "rt", encoding="utf-8")
        if path.suffix == ".xz"
        else path.open(encoding="utf-8") as lines
    ):
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) >= 2 and cells[0].strip() and cells[1].strip():
                yield cells[0], cells[1]


def analysed(lines: list[str], language: str, label: str, role: Role) -> AnalysedDocument:
    """A document of one sentence a line, with its dates and places."""
    sentences, position = [], 0
    for index, line in enumerate(lines):
        sentences.append(Sentence(f"{label}:s{index + 1}", index, position, position + len(line)))
        position += len(line) + 1
    text = "\n".join(lines)
    document = Document(label, label, text, language, role=role)
    segmented = Segmented(document, tuple(sentences), (), fold(text, language))
    mentions = (*find_dates(segmented)[0], *find_places(segmented)[0])
    return AnalysedDocument(
        document, tuple(sentences), (), tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.kind)))
    )


def conflicts(pairs: list[tuple[str, str]], language: str) -> tuple[list[Finding], Counter[str]]:
    """(findings, number of agreements by check) of one document of pairs."""
    account = analysed([english for _, english in pairs], "en", "account", Role.ACCOUNT)
    copy = analysed([text for text, _ in pairs], language, "copy", Role.COPY)
    alignments = tuple(
        Alignment("account", (n,), "copy", (n,), 1.0, mode="translation") for n in range(len(pairs))
    )
    analysis = Analysis((account, copy), alignments=alignments)
    settings = Settings(load_reference())
    findings: list[Finding] = []
    agreed: Counter[str] = Counter()
    for check in (dat101.CHECK, dat201.CHECK, plc201.CHECK):
        for result in check.run(analysis, settings):
            if isinstance(result, Finding):
                findings.append(result)
            elif isinstance(result, Agreement):
                agreed[check.id] += 1
    return findings, agreed


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs_file", type=Path)
    parser.add_argument("language")
    parser.add_argument("--pairs", type=int, default=3300)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    rows = list(islice(read_pairs(options.pairs_file), options.pairs))
    found: Counter[str] = Counter()
    agreed: Counter[str] = Counter()
    for start in range(0, len(rows), LINES):
        findings, more = conflicts(rows[start : start + LINES], options.language)
        agreed += more
        for finding in findings:
            found[finding.check] += 1
            if options.verbose:
                print(f"  {finding.check} {finding.message}")
    for check in ("DAT101", "DAT201", "PLC201"):
        print(
            f"{options.language} {check}: {found[check]} conflicts, {agreed[check]} agreements, {len(rows)} pairs"
        )


if __name__ == "__main__":
    main()
