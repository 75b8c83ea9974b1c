"""Writes docs/benchmarks.md from kept results: tables without a word of the data, and the notes of who read the lists.

    python -m tests.benchmarks.scoreboard --results tests/benchmarks/results/scoreboard.json --output whole.txt
    python -m tests.benchmarks.peers --results tests/benchmarks/results/peers.json
    python -m tests.benchmarks.speed --results tests/benchmarks/results/speed.json
    python -m tests.benchmarks.document [--check]

or all of that, and the floors besides, with `python -m tests.benchmarks.document --measure [--workers 2]`.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from consistency.evaluation.score import EQUIVALENT, FACT_FAMILIES
from consistency.evaluation.verdicts import read_verdicts
from consistency.evaluation.writers import rate, table_lines
from consistency.report.writers import save
from consistency.types import Family
from tests.benchmarks.collect import LANGUAGES, ROOT
from tests.benchmarks.floors import MARGIN
from tests.benchmarks.scoreboard import VERDICTS

HERE = Path(__file__).parent
RESULTS = HERE / "results"
PAGE = ROOT / "docs" / "benchmarks.md"
NOTES = HERE / "notes.md"

SETS = {
    "fixtures": "twelve events of this project, accounts with a marred copy and with its clean twin",
    "ntrex": "60 news documents of NTREX-128 in five human translations, clean and with one planted error each",
    "demetr": "sentences of DEMETR translated into English, clean and with one error",
    "readouts": "717 real White House readouts, each alone: internal checks only",
    "real_events": "three real events, two accounts each: every alarm is a difference to be read",
}


def page(board: dict[str, Any], peers: dict[str, Any] | None, speed: dict[str, Any] | None) -> str:
    """The whole page."""
    parts = [_head(board), _sets(board), _families(board), _kinds(board), _fixtures(board), _how(), _verdicts()]
    if peers:
        parts.append(_peers(peers))
    if speed:
        parts.append(_speed(speed))
    parts.append(NOTES.read_text(encoding="utf-8"))
    return "\n".join("\n".join(part) if not isinstance(part, str) else part for part in parts)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    return [*table_lines(heads, rows, markdown=True), ""]


def _head(board: dict[str, Any]) -> Iterator[str]:
    yield "<!-- Written by tests/benchmarks/document.py; do not edit. -->"
    yield ""
    yield "# Benchmarks"
    yield ""
    yield "What the checks find, what they miss, and how often they are wrong. Losses stand here as plainly as wins."
    yield ""
    seconds = board["seconds"]
    sample = "" if board["step"] == 1 else f" Of the large sets one document or item in {board['step']} was taken."
    yield (
        f"One command makes the whole table: `python -m tests.benchmarks.scoreboard`. This one held {seconds['cases']:,} "
        f"cases; making them took {seconds['made_s']:.0f} s and checking them {seconds['checked_s']:.0f} s with "
        f"{board['workers']} worker{'s' if board['workers'] > 1 else ''} on a machine of {board['processors']} processors "
        f"that others used as well.{sample} Stages or checks that failed: {board['failures']}."
    )
    yield ""
    yield "Digests of the data (SHA-256, first digits), so that a figure is never compared with one on other data: " + (
        ", ".join(f"{name} `{value}`" for name, value in board["digest"].items()) + "."
    )
    if board["missing"]:
        yield ""
        yield f"**Not measured, for want of the data: {', '.join(board['missing'])}.**"
    yield ""


def _row(row: dict[str, Any]) -> list[str]:
    return [
        f"{row['found']} of {row['planted']}" if row["planted"] else "-",
        rate(row["recall"], 2),
        rate(row["precision"], 2),
        str(row["false_alarms"]),
        str(row["unjudged_alarms"]),
        str(row["right_alarms"]),
        rate(row["alarms_per_document"], 3),
        rate(row["alarms_per_thousand_words"], 3),
    ]


_HEADS = ("found", "recall", "precision", "false", "unjudged", "right", "false a document", "false in 1,000 words")


def _sets(board: dict[str, Any]) -> Iterator[str]:
    yield "## By set"
    yield ""
    rows = {row["group"]: row for row in board["tables"]["dataset"]}
    yield from _table(("set", *_HEADS), [[name, *_row(rows[name])] for name in SETS if name in rows])
    yield from (f"- {name}: {what}" for name, what in SETS.items())
    yield ""
    yield (
        "`found`: planted errors with a finding of their family, or an equivalent one, on their words. An error or warning "
        "of a fact family that touches no planted error is an alarm; readers judge alarms on clean texts (below): `false`, "
        "`right` (the text errs, or the two texts do differ), `unjudged` (counted as false in all rates). Precision is "
        "found over found and false; a dash says that there was nothing to divide by. Families and kinds stand below."
    )
    yield ""


def _families(board: dict[str, Any]) -> Iterator[str]:
    table = {row["group"]: row for row in board["tables"]["dataset, languages, family"]}
    yield "## NTREX by family and language"
    yield ""
    yield "Recall and precision, then false and unjudged alarms on the clean documents of a language. English is the account."
    yield ""
    rows = []
    for family in Family:
        found = [table.get(f"ntrex en>{language} {family.value}") for language in LANGUAGES]
        if any(row and row["planted"] for row in found):
            cells = [
                f"{rate(r['recall'], 2)} / {rate(r['precision'], 2)} / {r['false_alarms'] + r['unjudged_alarms']}" if r else "- / - / 0"
                for r in found
            ]
            rows.append([family.value, *cells])
    yield from _table(("family", *LANGUAGES), rows)
    yield "## DEMETR by family and source language"
    yield ""
    rows = []
    for family in Family:
        found = [table.get(f"demetr {language}>en {family.value}") for language in ("zh", "fr", "es", "ru")]
        if any(row and row["planted"] for row in found):
            cells = [
                f"{rate(r['recall'], 2)} / {rate(r['precision'], 2)} / {r['false_alarms'] + r['unjudged_alarms']}" if r else "- / - / 0"
                for r in found
            ]
            rows.append([family.value, *cells])
    yield from _table(("family", "zh", "fr", "es", "ru"), rows)


def _kinds(board: dict[str, Any]) -> Iterator[str]:
    yield "## By kind of error"
    yield ""
    yield "All sets together; `critical_…` are DEMETR's names, `not stated` are the fixtures'."
    yield ""
    rows = [
        [row["group"], f"{row['found']} of {row['planted']}", rate(row["recall"], 2)]
        for row in board["tables"]["kind"]
        if row["planted"]
    ]
    yield from _table(("family: kind", "found", "recall"), rows)


def _fixtures(board: dict[str, Any]) -> Iterator[str]:
    yield "## Fixtures"
    yield ""
    table: dict[str, list[dict[str, Any]]] = {}
    for row in board["tables"]["dataset, languages, family"]:
        if row["group"].startswith("fixtures "):
            table.setdefault(row["group"].rsplit(" ", 1)[1], []).append(row)
    rows = []
    for family in Family:
        inside = table.get(family.value, [])
        planted, found = sum(r["planted"] for r in inside), sum(r["found"] for r in inside)
        alarms = sum(r["false_alarms"] + r["unjudged_alarms"] for r in inside)
        if inside:
            recall = found / planted if planted else None
            precision = found / (found + alarms) if found + alarms else None
            rows.append([family.value, f"{found} of {planted}", rate(recall, 2), rate(precision, 2), str(alarms)])
    yield from _table(("family", "found", "recall", "precision", "false or unjudged"), rows)
    yield f"Errors and warnings on words that only look wrong (the traps of the gold): {board['trapped']}."
    yield ""
    yield "Difficulty, as the gold states it:"
    yield ""
    rows = [
        [row["group"], f"{row['found']} of {row['planted']}", rate(row["recall"], 2)]
        for row in board["tables"]["difficulty"]
        if row["group"] in ("easy", "medium", "hard")
    ]
    yield from _table(("difficulty", "found", "recall"), rows)
    yield "Differences between the two accounts, no fault of either, that a finding of any severity shows:"
    yield ""
    rows = [[r["group"], f"{r['shown']} of {r['known']}", rate(r["recall"], 2)] for r in board["differences"]]
    yield from _table(("family: kind", "shown", "recall"), rows)
    yield "Alignment of sentences with the gold pairs of the fixtures:"
    yield ""
    rows = [
        [r["languages"], str(r["gold"]), str(r["given"]), rate(r["recall"], 2), rate(r["precision"], 2), rate(r["f1"], 2)]
        for r in board["alignments"]
    ]
    yield from _table(("languages", "gold pairs", "given", "recall", "precision", "F1"), rows)


def _how() -> Iterator[str]:
    yield "## How it is counted"
    yield ""
    yield "A planted error of the family on the left is found by a finding of one on the right:"
    yield ""
    rows = [
        [family.value, ", ".join(other.value for other in Family if other in EQUIVALENT.get(family, {family}))]
        for family in Family
        if len(EQUIVALENT.get(family, {family})) > 1
    ]
    yield from _table(("planted", "found by"), rows)
    yield "All other families are found by themselves alone; DEMETR's kinds also by the families that `datasets.py` names."
    yield f"Fact families, whose errors and warnings can be false alarms: {', '.join(f.value for f in Family if f in FACT_FAMILIES)}."
    yield ""
    yield (
        "An omission (`kind: omission` in the gold) is found when a coverage or attribution finding shows the account's "
        "words and names the copy. A warning that shows a difference which the gold has between the accounts is no alarm. "
        "A document with a planted error raises its clean alarms again; they are counted once."
    )
    yield ""
    yield (
        "**Planted errors** in NTREX come from `consistency/evaluation/mutations`: one a document and family, drawn by a "
        "seed, only where the source holds the fact. Figures, dates, places, negations and quotations are found with "
        "patterns of their own. Names in Latin script are looked up from the English side; in Chinese, Russian and Arabic, "
        "and for speakers, the copy's own extractor says where a name stands, so that recall there is of what can be read. "
        "Neutral news holds few of the terms and verbs that readouts live on: those families are better judged on the "
        "fixtures."
    )
    yield ""
    yield (
        "**What was tuned on what.** The authors of the checks worked with all of these sets: NTREX, DEMETR, the readouts, "
        "the events and the fixtures are development sets, and the figures here are what a tool reaches on texts that its "
        "makers have seen. No sentence of theirs is in the lexicons, and no name, sentence or file is treated by itself. "
        "Sets of the same kinds that nobody has seen are kept apart and measured by others. Alignment is the exception: "
        "its half of NTREX marked held-out was not looked at."
    )
    yield ""
    yield (
        f"**Floors.** `tests/benchmarks/floors.toml` pins recall and precision {MARGIN:.2f} below these figures with the "
        "digests of the data; the tests fail below a floor, and skip loudly where the data are absent or others."
    )
    yield ""


def _verdicts() -> Iterator[str]:
    yield "## Verdicts"
    yield ""
    yield (
        "Human translations err too. Alarms on clean texts are read against both texts; `tests/benchmarks/verdicts` keeps "
        "what was found, by document, line and family, with one line of reason and no words of the texts. An alarm is "
        "right when the text errs or the two texts really differ, also where the source errs and the translator put it "
        "right. It is false where the evidence shown does not bear it out, even in a line that errs elsewhere."
    )
    yield ""
    yield "`consistency evaluate` takes such files with `--verdicts FILE`:"
    yield ""
    yield "```toml"
    yield 'dataset = "fixtures"                # name of the folder that holds the case folders'
    yield ""
    yield "[[verdict]]"
    yield 'case = "2023-06-14-qin-blinken"     # name of the case, as the lists show it'
    yield 'languages = "en+zh>fr"'
    yield "line = 4                            # of the alarm's document, blank lines not counted"
    yield 'family = "name"'
    yield "is_error = false                    # true: the alarm is right"
    yield 'reason = "the form that the ministry itself uses"'
    yield "```"
    yield ""
    counts = Counter((v.dataset, v.languages, v.is_error) for v in read_verdicts(sorted(VERDICTS.glob("*.toml"))))
    groups = sorted({(dataset, languages) for dataset, languages, _ in counts})
    rows = [[f"{dataset} {pair}", str(counts[dataset, pair, True]), str(counts[dataset, pair, False])] for dataset, pair in groups]
    yield from _table(("set", "right", "false"), rows)


def _peers(peers: dict[str, Any]) -> Iterator[str]:
    yield "## Peers on the same work"
    yield ""
    versions = ", ".join(f"{name} {version}" for name, version in peers["versions"].items())
    yield f"{versions}; {peers['documents']} NTREX documents a language, in one run."
    yield ""
    yield "### Figures: Translate Toolkit's check `numbers`"
    yield ""
    yield (
        "By line: lines with a planted error in a figure or date that are flagged, and clean lines flagged. Lines that a "
        "verdict calls wrong are left out; lines that the peer alone flags were not read, and a few of them will be right."
    )
    yield ""
    yield from _tallies(peers["figures"])
    yield "### Names: nomenklatura's logic-v2"
    yield ""
    yield (
        "The same name mentions of the same lines, with its match threshold in the place of our comparison. It was made to "
        "find records that may be one person: a near miss is a match by design, and it knows nothing of the document "
        "around the name."
    )
    yield ""
    yield from _tallies(peers["names"])
    pairs = peers["name_pairs"]
    yield (
        f"Pair by pair: {pairs['pairs']} Chinese surnames with the Latin form that NTREX's translators put in brackets, "
        "each with the right form and with the next one's. Ours is the whole check of two one-line documents, and may say "
        "that it cannot tell."
    )
    yield ""
    rows = [
        [f"{name}, {side}", *(str(pairs[name][side][o]) for o in ("match", "conflict", "unknown"))]
        for name in ("ours", "nomenklatura logic-v2")
        for side in ("right", "wrong")
    ]
    yield from _table(("pairs", "match", "conflict", "unknown"), rows)
    yield "### Alignment: Gale-Church (NLTK) and greedy nearest neighbours over our vectors"
    yield ""
    yield (
        "Strict F1 over blocks at 20 % disorder, on the half of NTREX that nobody tuned to. **Bold**: ours is not the best. "
        "Gale-Church assumes that one character answers one; `scaled` gives it lengths in the proportion of the two texts, "
        "without which Chinese is beyond it."
    )
    yield ""
    rows = []
    for name, figures in peers["alignment"].items():
        best = max(figures.values())
        rows.append(
            [name, *(f"**{v:.3f}**" if v == best and figures["ours"] < best else f"{v:.3f}" for v in figures.values())]
        )
    yield from _table(("pair, disorder", *next(iter(peers["alignment"].values()))), rows)


def _tallies(found: dict[str, dict[str, dict[str, Any]]]) -> list[str]:
    rows = [
        [
            f"{language}: {name}",
            f"{t['found']} of {t['planted']}",
            rate(t["recall"], 2),
            f"{t['false']} of {t['clean_lines']}",
            rate(t["false_per_1000_lines"], 1),
        ]
        for language, tallies in found.items()
        for name, t in tallies.items()
    ]
    return _table(("language: who", "planted lines flagged", "recall", "clean lines flagged", "in 1,000"), rows)


def _speed(speed: dict[str, Any]) -> Iterator[str]:
    yield "## Speed and memory"
    yield ""
    cold, warm, against = speed["cold_start"], speed["warm"], speed["against_encoding"]
    yield f"Python {speed['python']}, {speed['processors']} processors, medians of one run; read the ratios, not the seconds."
    yield ""
    yield (
        f"- Cold start: `consistency check` of one readout takes {cold['check_per_light_imports']:.2f} times as long as "
        f"importing its light dependencies alone ({cold['check_s']:.2f} s against {cold['light_imports_s']:.2f} s)."
    )
    shares = ", ".join(f"{name} {value:.0%}" for name, value in warm["share"].items())
    yield f"- Warm: {warm['documents_per_s']:.1f} documents a second over the fixtures; of the time: {shares}."
    for language, growth in speed["growth"].items():
        yield (
            f"- Growth of extraction in {language}, from {growth['characters'][0]:,} to {growth['characters'][-1]:,} "
            f"characters: length to the power {growth['exponent']:.2f} (n log n is about 1.1 here)."
        )
    for mode, figures in speed["alignment"].items():
        yield (
            f"- Alignment of {figures['left']:,.0f} sentences with {figures['right']:,.0f} ({mode}): "
            f"{figures['seconds']:.1f} s, peak of the whole process {figures['peak_mb']:.0f} MB."
        )
    if "skipped" in against:
        yield f"- Against merely encoding: not measured, {against['skipped']}."
    else:
        yield (
            f"- The whole check of the fixtures takes {against['check_per_encoding']:.2f} times as long as encoding their "
            f"{against['sentences']:,} sentences with MiniLM (all-MiniLM-L6-v2 on one thread)."
        )
    yield ""


def measure(workers: int, step: int) -> None:
    """The scoreboard, the peers and the speed measured anew into the kept results, and the floors set from them.

    Raises `RuntimeError` where a stage or check failed: such a table is not kept.
    """
    from tests.benchmarks import floors, peers, scoreboard, speed
    from tests.benchmarks.collect import DATA, Choice

    choice = Choice(step=step)
    evaluation, times = scoreboard.run(DATA, choice, workers=workers, show_progress=True)
    if evaluation.failures:
        raise RuntimeError(f"{len(evaluation.failures)} failures, the first: {evaluation.failures[0]}")
    found = {"scoreboard": scoreboard.kept(evaluation, DATA, choice, times, workers)}
    if step == 1:
        floors.write_floors("full", found["scoreboard"])
    for scope in ("fixtures", "sample"):
        floors.write_floors(scope, floors.measured(scope, workers=workers))
    found["peers"] = peers.measure(DATA, step=max(step, 3))
    found["speed"] = speed.measure()
    for name, results in found.items():
        save(str(RESULTS / f"{name}.json"), (json.dumps(results, indent=1, ensure_ascii=False) + "\n").encode())


def load(name: str) -> dict[str, Any] | None:
    path = RESULTS / f"{name}.json"
    loaded: dict[str, Any] | None = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
    return loaded


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="only say whether the page is fresh")
    parser.add_argument("--measure", action="store_true", help="measure everything anew first")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--step", type=int, default=1, help="every n-th document or item of the large sets only")
    options = parser.parse_args()
    if options.measure:
        measure(options.workers, options.step)
    board = load("scoreboard")
    if board is None:
        sys.exit("tests/benchmarks/results/scoreboard.json is missing: run the scoreboard with --results first")
    made = page(board, load("peers"), load("speed")).rstrip() + "\n"
    if options.check:
        fresh = PAGE.is_file() and PAGE.read_text(encoding="utf-8") == made
        sys.exit(0 if fresh else "docs/benchmarks.md is not what the kept results say: run tests/benchmarks/document.py")
    save(str(PAGE), made.encode())


if __name__ == "__main__":
    main()
