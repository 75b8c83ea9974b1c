"""Floors of recall and precision, pinned with the digest of what they were measured on.

    python -m tests.benchmarks.floors --set fixtures|sample|full [--results PATH]    measure and write floors.toml
    python -m tests.benchmarks.floors --check full --results PATH                    hold kept results against it

Scopes: `fixtures`, always measured by the tests; `sample`, every tenth document or item of the public sets, measured by
the tests where the data folder is there; `full`, the whole scoreboard. A floor lies `MARGIN` below what was measured;
lowering one by hand is a commit of its own, with its reason.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consistency.report.writers import save
from tests.benchmarks.collect import DATA, Choice
from tests.benchmarks.scoreboard import kept, run

FLOORS = Path(__file__).parent / "floors.toml"
MARGIN = 0.02
"""How far below the measured figure a floor is set: room for a tie broken the other way, not for a lost finding in fifty."""

SCOPES: dict[str, Choice] = {
    "fixtures": Choice(sets=("fixtures",)),
    "sample": Choice(sets=("ntrex", "demetr", "readouts"), step=10),
    "full": Choice(),
}
TABLES = ("family", "dataset, languages, family")
"""Of the fixtures by family alone: a language holds one or two errors of each."""


@dataclass(frozen=True)
class Floor:
    """The least recall and precision of one row of a table, None where there was nothing to measure."""

    scope: str
    table: str
    group: str
    recall: float | None
    precision: float | None


def read_floors() -> tuple[dict[str, dict[str, str]], list[Floor]]:
    """(digests by scope and set, floors) of floors.toml."""
    content = _content()
    floors = [
        Floor(f["scope"], f["table"], f["group"], f.get("recall"), f.get("precision")) for f in content.get("floor", ())
    ]
    return content.get("digest", {}), floors


def most_alarms(scope: str) -> int | None:
    """The most false and unjudged alarms that a scope may raise, None where none is pinned."""
    found: int | None = _content().get("alarms", {}).get(scope)
    return found


def _content() -> dict[str, Any]:
    return tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.is_file() else {}


def alarms(results: dict[str, Any]) -> int:
    """False and unjudged alarms of all families together."""
    [row] = results["tables"]["all"]
    return int(row["false_alarms"]) + int(row["unjudged_alarms"])


def measured(scope: str, data: Path = DATA, workers: int = 1) -> dict[str, Any]:
    """The tables of a scope, as the scoreboard keeps them. Raises `RuntimeError` where a stage or check failed."""
    choice = SCOPES[scope]
    evaluation, times = run(data, choice, workers=workers)
    if evaluation.failures:
        raise RuntimeError(f"{len(evaluation.failures)} failures, the first: {evaluation.failures[0]}")
    return kept(evaluation, data, choice, times, workers)


def figure(results: dict[str, Any], floor: Floor) -> tuple[float | None, float | None]:
    """(recall, precision) of the floor's row; precision is 1 where nothing was planted and nothing raised."""
    row = next((row for row in results["tables"][floor.table] if row["group"] == floor.group), None)
    return (None, None) if row is None else (row["recall"], row["precision"])


def shortfalls(results: dict[str, Any], floors: list[Floor]) -> list[str]:
    """A line for each figure below its floor. A row that has gone, or has nothing to divide by any more, is one too."""
    found = []
    for floor in floors:
        for name, least, value in zip(
            ("recall", "precision"), (floor.recall, floor.precision), figure(results, floor), strict=True
        ):
            if least is not None and (value is None or value < least):
                now = "nothing to measure" if value is None else f"{value:.3f}"
                found.append(f"{floor.scope}, {floor.table}, {floor.group}: {name} {now}, floor {least:.2f}")
    return found


def floors_of(scope: str, results: dict[str, Any]) -> list[Floor]:
    """A floor below each figure of a scope's tables."""

    def below(value: float | None) -> float | None:
        return None if value is None else max(0.0, math.floor((value - MARGIN) * 100) / 100)

    tables = TABLES[:1] if scope == "fixtures" else TABLES[1:]
    return [
        Floor(scope, table, row["group"], below(row["recall"]), below(row["precision"]) if row["found"] else None)
        for table in tables
        for row in results["tables"][table]
        if row["planted"]
    ]


def write_floors(scope: str, results: dict[str, Any]) -> None:
    """floors.toml with the scope's floors and digests put in the place of its old ones."""
    digests, floors = read_floors()
    most = {**_content().get("alarms", {}), scope: alarms(results)}
    digests[scope] = results["digest"]
    floors = [f for f in floors if f.scope != scope] + floors_of(scope, results)
    order = list(SCOPES)
    lines = [
        "# Least recall and precision, by tests/benchmarks/floors.py; digests are of the files that they were measured on.",
        "# Lowering one is a commit of its own that says why.",
        "",
    ]
    for name in sorted(digests, key=order.index):
        lines += [f"[digest.{name}]", *(f'{key} = "{value}"' for key, value in sorted(digests[name].items())), ""]
    lines += ["# The most false and unjudged alarms of all families together.", "[alarms]"]
    lines += [*(f"{name} = {most[name]}" for name in sorted(most, key=order.index)), ""]
    for floor in sorted(floors, key=lambda f: (order.index(f.scope), f.table, f.group)):
        lines += ["[[floor]]", f'scope = "{floor.scope}"', f'table = "{floor.table}"', f'group = "{floor.group}"']
        lines += [f"recall = {floor.recall:.2f}"] if floor.recall is not None else []
        lines += [f"precision = {floor.precision:.2f}"] if floor.precision is not None else []
        lines.append("")
    save(str(FLOORS), "\n".join(lines).encode())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set", choices=SCOPES, dest="scope_to_set")
    parser.add_argument("--check", choices=SCOPES, dest="scope_to_check")
    parser.add_argument("--results", type=Path, help="use these kept results instead of measuring")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    scope = options.scope_to_set or options.scope_to_check
    if scope is None:
        parser.error("say --set or --check")
    if options.results:
        results = json.loads(options.results.read_text(encoding="utf-8"))
    else:
        results = measured(scope, options.data, options.workers)
    if options.scope_to_set:
        write_floors(scope, results)
        return
    digests, floors = read_floors()
    if results["digest"] != digests.get(scope):
        sys.exit(f"the data are not those that the floors of {scope!r} were measured on: measure and set them anew")
    short = shortfalls(results, [f for f in floors if f.scope == scope])
    most = most_alarms(scope)
    if most is not None and alarms(results) > most:
        short.append(f"{scope}: {alarms(results)} false or unjudged alarms, at most {most}")
    print("\n".join(short) or f"all floors of {scope!r} hold")
    sys.exit(1 if short else 0)


if __name__ == "__main__":
    main()
