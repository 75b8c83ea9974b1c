"""Numbers replaced in machine translations (DEMETR): this package beside Translate Toolkit's numbers check, in one run.

    python -m tests.benchmarks.quantities_demetr ../shared/data/dev [--details]

Each source sentence is an account, its English translation a copy. The untouched translation must raise nothing, the one
with a replaced number must be flagged. Numbers in dates are DAT201's, so both checks run. Translate Toolkit
(translate-toolkit on the index) is not a dependency: without it its column is left out, and the output says so.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from consistency.checker import Checker
from consistency.config import Config
from consistency.types import Document, Finding, Role

LANGUAGES = {"chinese_simple": "zh", "french": "fr", "spanish": "es", "russian": "ru"}
CHECKS = ("QTY201", "QTY202", "DAT201")


def toolkit() -> Callable[[str, str], bool] | None:
    """Whether Translate Toolkit's check passes for (source, target); None where it is not installed."""
    try:
        from translate.filters import checks  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return None
    checker = checks.StandardChecker()

    def passes(source: str, target: str) -> bool:
        try:
            return bool(checker.numbers(source, target))
        except checks.FilterFailure:
            return False

    return passes


def found(checker: Checker, source: str, target: str, language: str) -> list[Finding]:
    """Errors and warnings of the checks under test."""
    documents = [
        Document("source", "source", source, language, Role.ACCOUNT),
        Document("target", "target", target, "en", Role.COPY),
    ]
    report = checker.run(documents)
    assert not report.failures, report.failures
    return [one for one in report.findings if one.check in CHECKS and one.severity.rank > 0]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--details", action="store_true")
    options = parser.parse_args()
    checker = Checker(Config(select=CHECKS))
    passes = toolkit()
    counts: Counter[tuple[str, str]] = Counter()
    path = options.data / "demetr" / "critical_id10_numbers_replaced.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        language = LANGUAGES.get(item["lang_tag"])
        if language is None:
            continue
        source, clean, changed = item["src_sent"], item["mt_sent"], item["pert_sent"]
        alarm, hit = found(checker, source, clean, language), found(checker, source, changed, language)
        counts[language, "items"] += 1
        counts[language, "found"] += bool(hit)
        counts[language, "false"] += bool(alarm)
        if passes is not None:
            counts[language, "toolkit found"] += not passes(source, changed)
            counts[language, "toolkit false"] += not passes(source, clean)
        if options.details and alarm:
            print("FALSE", language, [one.message for one in alarm], source, clean, sep="\n    ")
        if options.details and not hit:
            print("MISSED", language, source, changed, sep="\n    ")
    columns = ["items", "found", "false"]
    columns += ["toolkit found", "toolkit false"] if passes else []
    print("language", *columns, sep="\t")
    for language in (*LANGUAGES.values(), "all"):
        row = [
            sum(
                count
                for (lang, name), count in counts.items()
                if name == column and language in (lang, "all")
            )
            for column in columns
        ]
        print(language, *row, sep="\t")
    if passes is None:
        print("Translate Toolkit is not installed: its columns were not measured.")


if __name__ == "__main__":
    main()
