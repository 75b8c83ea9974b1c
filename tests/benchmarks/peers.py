"""Peers on the same work, in one run: what others find where we look, told in our families.

    python -m tests.benchmarks.peers [DATA] [--results PATH] [--step N]

- Alignment: NLTK's Gale-Church and greedy nearest neighbours over our own vectors, on NTREX documents with sentences
  dropped, inserted, merged, split and moved (`alignment.py`); strict F1 over blocks, on the half nobody tuned to.
- Figures: Translate Toolkit's check `numbers`, on NTREX lines with and without an error in a figure. It speaks of lines,
  so ours is brought down to lines too: a line is flagged where an error or warning of ours on figures or dates stands.
- Names: nomenklatura's logic-v2 matcher (with rigour) in the place of our comparison, on the same name mentions of the
  same lines: a name of the copy is flagged where no name of the source's line reaches its match threshold. It was made
  to find records that may be one person, so that a near miss is a match by design; that is told, not held against it.
- Names, pair by pair: Chinese surnames with the Latin form that the translators put in brackets behind them, each
  against the right form and against the next one's.

A clean line is a false alarm unless a reader's verdict says that the translator erred; lines that only a peer flags have
not been read and count as false, which is stated in the table.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consistency.checker import Checker
from consistency.evaluation.cases import Case
from consistency.evaluation.datasets import ntrex_cases, ntrex_documents
from consistency.evaluation.score import line_of
from consistency.evaluation.verdicts import read_verdicts
from consistency.types import (
    AnalysedDocument,
    Document,
    Family,
    MentionKind,
    PersonValue,
    Report,
    Role,
    Severity,
)
from tests.benchmarks.collect import DATA, LANGUAGES, Choice, collect
from tests.benchmarks.scoreboard import VERDICTS

MATCH = 0.7
"""Score from which nomenklatura's documentation calls two entities a match."""


@dataclass(frozen=True)
class Line:
    """One line of a copy and its source: whether an error is planted in it, and whether a verdict says that it errs."""

    case: Case
    number: int
    source: str
    text: str
    planted: bool
    known_error: bool


def lines_of(cases: list[Case], families: set[Family]) -> Iterator[Line]:
    """The lines of clean cases, and the planted line alone of cases with an error of these families."""
    wrong = {(v.case, v.languages, v.line) for v in read_verdicts(sorted(VERDICTS.glob("*.toml"))) if v.is_error}
    for case in cases:
        source, copy = ([line for line in d.text.splitlines() if line.strip()] for d in case.documents)
        marked = {line_of(case.documents[1], p.span.start) for p in case.planted if p.family in families}
        for number, pair in enumerate(zip(source, copy, strict=True), start=1):
            if case.planted and number not in marked:
                continue
            yield Line(case, number, *pair, bool(case.planted), (case.name, case.languages, number) in wrong)


def tally(lines: list[Line], is_flagged: Callable[[Line], bool]) -> dict[str, Any]:
    """How many planted lines are flagged, and how many clean ones that no verdict calls wrong."""
    planted = [line for line in lines if line.planted]
    clean = [line for line in lines if not line.planted and not line.known_error]
    found, false = sum(map(is_flagged, planted)), sum(map(is_flagged, clean))
    return {
        "planted": len(planted),
        "found": found,
        "recall": found / len(planted) if planted else None,
        "clean_lines": len(clean),
        "false": false,
        "false_per_1000_lines": 1000 * false / len(clean) if clean else None,
    }


def checked(checker: Checker, documents: Sequence[Document]) -> Report:
    """The report of a run. Raises `RuntimeError` where a stage or check failed: silence would look like precision."""
    report = checker.run(documents)
    if report.failures:
        raise RuntimeError(f"{report.failures[0].where}: {report.failures[0].reason}")
    return report


class Ours:
    """Lines that our findings of some families mark; each document is checked once."""

    def __init__(self, families: set[Family]) -> None:
        self.families = families
        self.checker = Checker()
        self.marked: dict[Case, set[int]] = {}

    def __call__(self, line: Line) -> bool:
        if line.case not in self.marked:
            copy = line.case.documents[1]
            self.marked[line.case] = {
                line_of(copy, span.start)
                for finding in checked(self.checker, line.case.documents).findings
                if finding.family in self.families and finding.severity is not Severity.NOTE
                for span in finding.subjects
                if span.document == copy.id
            }
        return line.number in self.marked[line.case]


def figures(data: Path, step: int) -> dict[str, Any]:
    """Translate Toolkit's `numbers` against our checks of figures and dates."""
    from translate.filters.checks import CheckerConfig, FilterFailure, StandardChecker

    families = {Family.QUANTITY, Family.DATE}
    found: dict[str, Any] = {}
    for language in LANGUAGES:
        choice = Choice(("ntrex",), (language,), (Family.QUANTITY, Family.DATE), step=step)
        lines = list(lines_of(list(collect(data, choice)), families))
        toolkit = StandardChecker(CheckerConfig(targetlanguage=language))

        def numbers(line: Line, toolkit: Any = toolkit) -> bool:
            try:
                return not toolkit.numbers(line.source, line.text)
            except FilterFailure:
                return True

        in_digits = [
            line
            for line in lines
            if not line.planted or any(c.isdigit() for p in line.case.planted for c in p.correct)
        ]
        found[language] = {
            "ours": tally(lines, Ours(families)),
            "translate-toolkit numbers": tally(lines, numbers),
            "translate-toolkit numbers, errors in digits only": tally(in_digits, numbers),
        }
    return found


def _logic() -> Callable[[str, str], float]:
    """logic-v2's score of two names of persons, 0 to 1."""
    from followthemoney import model
    from nomenklatura.matching import LogicV2

    config = LogicV2.default_config()

    def entity(name: str) -> Any:
        return model.get_proxy({"id": name, "schema": "Person", "properties": {"name": [name]}})

    return lambda left, right: float(LogicV2.compare(entity(left), entity(right), config).score)


def _names(document: AnalysedDocument, number: int) -> list[str]:
    return [
        m.text
        for m in document.mentions
        if m.kind is MentionKind.PERSON
        and isinstance(m.value, PersonValue)
        and m.value.form in ("full", "surname")
        and line_of(document.document, m.start) == number
    ]


def names(data: Path, step: int) -> dict[str, Any]:
    """logic-v2 in the place of our comparison of names, on the same mentions."""
    score = _logic()
    checker = Checker()
    found: dict[str, Any] = {}
    for language in LANGUAGES:
        cases = list(collect(data, Choice(("ntrex",), (language,), (Family.NAME,), step=step)))
        lines = list(lines_of(cases, {Family.NAME}))
        read: dict[Case, tuple[AnalysedDocument, AnalysedDocument]] = {}

        def unmatched(line: Line, read: dict[Case, tuple[AnalysedDocument, AnalysedDocument]] = read) -> bool:
            if line.case not in read:
                source, copy = line.case.documents
                read[line.case] = (checker.read(source), checker.read(copy))
            left, right = (_names(document, line.number) for document in read[line.case])
            return bool(left) and any(max(score(name, other) for other in left) < MATCH for name in right)

        found[language] = {"ours": tally(lines, Ours({Family.NAME})), "nomenklatura logic-v2": tally(lines, unmatched)}
    return found


_GLOSSED = re.compile(
    r"[\u4e00-\u9fff]·([\u4e00-\u9fff]{2,6}) ?[(（] ?(?:[A-Z][A-Za-z.'’-]+ )+([A-Z][A-Za-z'’-]+) ?[)）]"
)
"""The surname alone: where a Chinese given name begins, nothing in the text shows."""


def glossed_names(data: Path) -> list[tuple[str, str]]:
    """(Chinese, Latin) surnames that NTREX's translators put side by side, each once, in order."""
    texts = (line for lines in ntrex_documents(data, "zh").values() for line in lines)
    return list(dict.fromkeys((m.group(1), m.group(2)) for text in texts for m in _GLOSSED.finditer(text)))


def name_pairs(data: Path) -> dict[str, Any]:
    """Right pairs of names that match, and wrong ones (each with the next one's) that match too.

    Ours is the whole check of two one-line documents, so that UNKNOWN counts as neither match nor conflict.
    """
    pairs = glossed_names(data)
    wrong = [(left, pairs[(i + 1) % len(pairs)][1]) for i, (left, _) in enumerate(pairs)]
    score = _logic()
    checker = Checker()

    def ours(left: str, right: str) -> bool | None:
        report = checked(
            checker,
            [
                Document("a", "a", f"{right}, the chairman, said that the talks would begin on Monday.", "en"),
                Document("b", "b", f"主席{left}表示，会谈将于周一开始。", "zh", Role.COPY),
            ],
        )
        if any(f.family is Family.NAME for f in report.findings):
            return False
        agreed = sum(counts[0] for check, counts in report.compared if check.startswith("NAM"))
        return True if agreed else None

    def counted(decide: Callable[[str, str], bool | None], some: list[tuple[str, str]]) -> dict[str, int]:
        outcomes = [decide(*pair) for pair in some]
        return {"match": outcomes.count(True), "conflict": outcomes.count(False), "unknown": outcomes.count(None)}

    def logic(left: str, right: str) -> bool:
        return score(left, right) >= MATCH

    return {
        "pairs": len(pairs),
        "ours": {"right": counted(ours, pairs), "wrong": counted(ours, wrong)},
        "nomenklatura logic-v2": {"right": counted(logic, pairs), "wrong": counted(logic, wrong)},
    }


def alignment(data: Path) -> dict[str, Any]:
    """Strict F1 over blocks on the half of NTREX that the aligner was not tuned on, at 20 % disorder."""
    from consistency.align.encoders import load_encoder
    from tests.benchmarks import alignment as bench

    def scaled(case: bench.Case) -> bench.Case:
        """The left side's sentences as long as the right side's language would make them."""
        ratio = sum(map(len, case.right)) / sum(map(len, case.left))
        return bench.Case(["x" * max(1, round(len(text) * ratio)) for text in case.left], case.right, case.gold)

    encoder = load_encoder("embedded")
    found: dict[str, Any] = {}
    for pair in bench.PAIRS:
        for operation, rate in (("none", 0.0), *((operation, 0.2) for operation in bench.OPERATIONS)):
            built = list(bench.cases(data.parent, pair, "held-out", operation, rate))
            gold = [case.gold for case in built]
            found[f"{'-'.join(pair)} {operation}"] = {
                "ours": bench.f1([bench.ours(case, encoder) for case in built], gold),
                "Gale-Church": bench.f1([bench.gale_church(case) for case in built], gold),
                "Gale-Church, scaled": bench.f1([bench.gale_church(scaled(case)) for case in built], gold),
                "greedy": bench.f1([bench.greedy(case, encoder) for case in built], gold),
            }
    return found


def measure(data: Path, step: int) -> dict[str, Any]:
    from importlib.metadata import version

    return {
        "versions": {name: version(name) for name in ("nltk", "nomenklatura", "rigour", "translate-toolkit")},
        "step": step,
        "documents": len(list(ntrex_cases(data, "zh"))[::step]),
        "figures": figures(data, step),
        "names": names(data, step),
        "name_pairs": name_pairs(data),
        "alignment": alignment(data),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=DATA)
    parser.add_argument("--step", type=int, default=1, help="every n-th document only")
    parser.add_argument("--results", type=Path)
    options = parser.parse_args()
    if not (options.data / "ntrex").is_dir():
        sys.exit(f"{options.data}: no ntrex/ in it; nothing was compared")
    found = measure(options.data, options.step)
    text = json.dumps(found, indent=1)
    print(text)
    if options.results:
        options.results.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
