"""The benchmarks' page is what the kept results say, and holds no words of the data."""

from __future__ import annotations

import json

import pytest

from tests.benchmarks.collect import DATA
from tests.benchmarks.document import PAGE, RESULTS, load, page


def test_the_page_is_fresh() -> None:
    board = load("scoreboard")
    assert board is not None
    made = page(board, load("peers"), load("speed")).rstrip() + "\n"
    assert PAGE.read_text(encoding="utf-8") == made, "run 'python -m tests.benchmarks.document'"


@pytest.mark.parametrize("name", ["scoreboard", "peers", "speed"])
def test_kept_results_hold_no_sentence_of_the_data(name: str) -> None:
    """No string in them is longer than a label, so none can be a sentence of somebody else's."""

    def strings(value: object) -> list[str]:
        if isinstance(value, dict):
            return [s for k, v in value.items() for s in (k, *strings(v))]
        if isinstance(value, list):
            return [s for v in value for s in strings(v)]
        return [value] if isinstance(value, str) else []

    if not (RESULTS / f"{name}.json").is_file():
        pytest.skip(f"NO RESULTS OF {name} ARE KEPT: they were not searched, and the page says nothing of them")
    kept = json.loads((RESULTS / f"{name}.json").read_text(encoding="utf-8"))
    assert max(map(len, strings(kept))) <= 80


def test_no_line_of_the_public_sets_stands_on_the_page() -> None:
    if not (DATA / "ntrex").is_dir():
        pytest.skip(f"THE PUBLIC SETS ARE NOT HERE ({DATA}): the page was not searched for their lines")
    text = PAGE.read_text(encoding="utf-8")
    for path in sorted((DATA / "ntrex").glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines():
            sentence = line.partition("\t")[2]
            assert len(sentence) < 25 or sentence not in text
