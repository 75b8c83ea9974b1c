"""An evaluation as text, JSON and Markdown."""

from __future__ import annotations

import json

from consistency.evaluation.score import Alarm, AlignmentScore, CaseScore, Hit
from consistency.evaluation.tables import Evaluation, tabulate
from consistency.evaluation.writers import rate, write_evaluation
from consistency.types import Family, Severity
from tests.evaluation.builders import copy, finding, planted

WIRE = copy()
NASTY = "a | b\n<script>\x1b[31m [x](http://e.example) \u202e"


def evaluation(quote: str = "mercredi") -> Evaluation:
    hits = (Hit(planted(WIRE, "Chen"), finding((WIRE, "Chen")), 1), Hit(planted(WIRE, "agir", Family.MODALITY), None, 1))
    alarm = Alarm("c", "set", "en>fr", "DAT201", Family.DATE, Severity.ERROR, "wire", 2, quote, "Tuesday", "m")
    pairs = (AlignmentScore("us", "wire", "en-fr", 4, 5, 3),)
    score = CaseScore("c", "set", "en>fr", 1, 1000, hits, (alarm,), ("DAT101: crashed",), 0, alignments=pairs)
    return tabulate([score], [alarm])


def test_rates_without_a_value_are_dashes() -> None:
    assert (rate(None), rate(0.5), rate(1.25, 2)) == ("-", "0.500", "1.25")


def test_text_has_the_tables_the_miss_and_the_alarm() -> None:
    lines = write_evaluation(evaluation(), "text").splitlines()
    assert "  all          2      1   0.500      0.500      0         1      0    1.000             1.00" in lines
    assert "- set c [en>fr] wire:1 modality: “agir” (right: “”)" in lines
    assert "- set c [en>fr] wire:2 error DAT201: “mercredi” against “Tuesday”. m" in lines
    assert "INCOMPLETE: 1 failures" in lines
    assert "  en-fr               4      5       3   0.750      0.600  0.667" in lines


def test_without_details_the_tables_stand_alone() -> None:
    written = write_evaluation(evaluation(), "text", details=False)
    assert "Missed" not in written
    assert "INCOMPLETE" in written


def test_json_has_nulls_for_rates_that_do_not_exist() -> None:
    written = json.loads(write_evaluation(evaluation(), "json"))
    assert written["schema"] == "consistency-evaluation/1"
    rows = {row["group"]: row for row in written["tables"]["family"]}
    assert (rows["modality"]["recall"], rows["modality"]["precision"]) == (0.0, None)
    assert rows["date"]["recall"] is None
    [miss] = written["misses"]
    assert WIRE.text[miss["start"] : miss["end"]] == miss["quote"] == "agir"
    assert [a["verdict"] for a in written["alarms"]] == ["unjudged"]
    assert written["failures"] == ["c: DAT101: crashed"]


def test_words_of_documents_never_become_markup() -> None:
    written = write_evaluation(evaluation(NASTY), "markdown")
    [line] = [line for line in written.splitlines() if "script" in line]
    assert "<script>" not in line
    assert r"a \| b \<script\>" in line
    assert r"\[x\](http\:" in line
    assert "http://" not in line
    assert "\x1b" not in written
    assert "\u202e" not in written


def test_words_of_documents_never_control_the_terminal() -> None:
    written = write_evaluation(evaluation(NASTY), "text")
    assert "\x1b" not in written
    assert "\u202e" not in written
    assert sum("script" in line for line in written.splitlines()) == 1


def test_markdown_tables_have_as_many_cells_in_each_row() -> None:
    rows = [line for line in write_evaluation(evaluation(), "markdown").splitlines() if line.startswith("|")]
    assert {line.replace(r"\|", "").count("|") for line in rows} == {11, 8}
