"""The scoreboard: one command that prints the whole table.

    python -m tests.benchmarks.scoreboard [DATA] [--sets ...] [--languages ...] [--families ...] [--step N]

Sets: the fixtures; NTREX documents clean and with one planted error each; DEMETR items; White House readouts, each
alone; the real events. A set that the folder does not hold is named as missing. `--results` keeps the tables, without
any words of the data, for docs/benchmarks.md (`python -m tests.benchmarks.document`).
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from consistency.evaluation.command import progress
from consistency.evaluation.run import run_cases
from consistency.evaluation.tables import Evaluation, tabulate, without_repeats
from consistency.evaluation.verdicts import judge, read_verdicts
from consistency.evaluation.writers import FORMATS, write_evaluation
from consistency.types import Family
from tests.benchmarks.collect import DATA, LANGUAGES, SETS, Choice, collect, digest, missing

VERDICTS = Path(__file__).parent / "verdicts"


def run(data: Path, choice: Choice, *, workers: int = 1, show_progress: bool = False) -> tuple[Evaluation, dict[str, float]]:
    """The evaluation of all chosen cases with the readers' verdicts, and the seconds that making and checking them took."""
    begun = time.monotonic()
    cases = list(collect(data, choice))
    made = time.monotonic()
    scores = []
    with progress(len(cases), show_progress) as advance:
        for score in run_cases(cases, workers=workers):
            scores.append(score)
            advance()
    scores = without_repeats(scores)
    verdicts = read_verdicts(sorted(VERDICTS.glob("*.toml")))
    evaluation = tabulate(scores, judge([alarm for score in scores for alarm in score.alarms], verdicts))
    times = {"cases": len(cases), "made_s": made - begun, "checked_s": time.monotonic() - made}
    return evaluation, times


def kept(evaluation: Evaluation, data: Path, choice: Choice, times: dict[str, float], workers: int) -> dict[str, Any]:
    """The tables as JSON values, with what they were measured on: no words of any document."""
    full = json.loads(write_evaluation(evaluation, "json"))
    return {
        "digest": digest(data, choice),
        "missing": missing(data, choice),
        "step": choice.step,
        "seed": choice.seed,
        "processors": os.cpu_count(),
        "workers": workers,
        "seconds": {name: round(value, 1) for name, value in times.items()},
        "tables": full["tables"],
        "alignments": full["alignments"],
        "differences": full["differences"],
        "trapped": len(evaluation.trapped),
        "failures": len(evaluation.failures),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?", default=DATA, help="folder with ntrex/, demetr/, ...")
    parser.add_argument("--sets", default=",".join(SETS))
    parser.add_argument("--languages", default=",".join(LANGUAGES), help="of NTREX")
    parser.add_argument("--families", default=",".join(Choice().families), help="of the errors planted in NTREX")
    parser.add_argument("--count", type=int, default=1, help="planted errors a document and family; 0: clean ones only")
    parser.add_argument("--step", type=int, default=1, help="every n-th document or item only")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--format", default="text", choices=FORMATS)
    parser.add_argument("--no-details", action="store_true")
    parser.add_argument("--output", type=Path, help="the whole evaluation, with all words: keep it to yourself")
    parser.add_argument("--results", type=Path, help="the tables alone, as JSON")
    options = parser.parse_args()
    choice = Choice(
        sets=tuple(options.sets.split(",")),
        languages=tuple(options.languages.split(",")),
        families=tuple(Family(name) for name in options.families.split(",")),
        count=options.count,
        step=options.step,
    )
    for name in missing(options.data, choice):
        print(f"MISSING: {name} is not in {options.data} and was not measured", file=sys.stderr)
    evaluation, times = run(options.data, choice, workers=options.workers, show_progress=True)
    print(f"{times['cases']} cases made in {times['made_s']:.0f} s, checked in {times['checked_s']:.0f} s", file=sys.stderr)
    text = write_evaluation(evaluation, options.format, details=not options.no_details)
    if options.output:
        options.output.write_text(text, encoding="utf-8")
    else:
        print(text)
    if options.results:
        found = kept(evaluation, options.data, choice, times, options.workers)
        options.results.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
