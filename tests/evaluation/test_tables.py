"""Scores added up."""

from __future__ import annotations

import dataclasses

import pytest

from consistency.evaluation.cases import Difference
from consistency.evaluation.score import Alarm, AlignmentScore, CaseScore, DifferenceHit, Hit
from consistency.evaluation.tables import DifferenceRow, Evaluation, PairRow, Row, tabulate, without_repeats
from consistency.types import Family, Severity
from tests.evaluation.builders import account, copy, finding, planted, span

US, WIRE = account(), copy()


def scored(*hits: Hit, **more: object) -> CaseScore:
    plain = CaseScore("c", "set", "en>fr", 1, 500, hits, (), (), 0)
    return dataclasses.replace(plain, **more)  # type: ignore[arg-type]


def alarm(verdict: str, family: Family = Family.NAME) -> Alarm:
    return Alarm("c", "set", "en>fr", "X", family, Severity.ERROR, "wire", 1, "q", "a", "m", verdict)


def row(evaluation: Evaluation, table: str, group: str) -> Row:
    [rows] = [rows for name, rows in evaluation.tables if name == table]
    [found] = [r for r in rows if r.group == group]
    return found


HIT = Hit(planted(WIRE, "Chen"), finding((WIRE, "Chen")), 1)
MISS = Hit(planted(WIRE, "exhorté", Family.MODALITY), None, 1)


def test_rates_are_none_where_there_is_nothing_to_divide_by() -> None:
    empty = Row("g", 0, 0, 0, 0, 0, 0, 0)
    assert (empty.recall, empty.precision, empty.alarms_per_document, empty.alarms_per_thousand_words) == (None,) * 4
    nothing_raised = Row("g", 5, 0, 0, 0, 0, 2, 100)
    assert (nothing_raised.recall, nothing_raised.precision) == (0.0, None)
    assert Row("clean", 0, 0, 3, 1, 0, 2, 100).precision is None
    assert (PairRow("g", 0, 0, 0).f1, PairRow("g", 0, 3, 0).recall, PairRow("g", 3, 0, 0).precision) == (None,) * 3
    assert DifferenceRow("g", 0, 0).recall is None


def test_unjudged_alarms_count_as_false_and_right_ones_do_not() -> None:
    made = Row("g", planted=4, found=3, false_alarms=1, unjudged=2, true_alarms=5, documents=2, words=600)
    assert made.precision == pytest.approx(3 / 6)
    assert made.alarms_per_document == pytest.approx(1.5)
    assert made.alarms_per_thousand_words == pytest.approx(5.0)


def test_groups_count_their_own_errors_alarms_and_documents() -> None:
    scores = [scored(HIT, MISS), scored(dataset="other", words=1500)]
    alarms = [alarm("false"), alarm("unjudged", Family.DATE), alarm("true")]
    evaluation = tabulate(scores, alarms)
    assert row(evaluation, "all", "all") == Row("all", 2, 1, 1, 1, 1, 2, 2000)
    assert row(evaluation, "dataset", "other") == Row("other", 0, 0, 0, 0, 0, 1, 1500)
    assert row(evaluation, "family", "name") == Row("name", 1, 1, 1, 0, 1, 2, 2000)
    assert row(evaluation, "family", "date") == Row("date", 0, 0, 0, 1, 0, 2, 2000)
    assert row(evaluation, "severity", "missed").planted == 1
    assert row(evaluation, "dataset, languages, family", "set en>fr modality") == Row(
        "set en>fr modality", 1, 0, 0, 0, 0, 1, 500
    )
    assert [hit for _, hit in evaluation.misses] == [MISS]


def test_alignments_and_differences_are_added_up() -> None:
    difference = Difference(Family.TERM, "term", span(US, "US side"), None)
    one = scored(
        alignments=(AlignmentScore("us", "wire", "en-fr", 4, 5, 3), AlignmentScore("prc", "us", "zh-en", 1, 1, 1)),
        differences=(DifferenceHit(difference, None, 1), DifferenceHit(difference, finding((US, "US")), 1)),
    )
    evaluation = tabulate([one], [])
    assert evaluation.alignments == (PairRow("all", 5, 6, 4), PairRow("en-fr", 4, 5, 3), PairRow("zh-en", 1, 1, 1))
    assert evaluation.alignments[0].f1 == pytest.approx(8 / 11)
    assert evaluation.differences == (DifferenceRow("all", 2, 1), DifferenceRow("term: term", 2, 1))
    assert len(evaluation.hidden) == 1


def test_failures_name_their_case() -> None:
    assert tabulate([scored(failures=("NAM101: crashed",))], []).failures == ("c: NAM101: crashed",)


def test_a_variant_counts_only_for_what_is_new_in_it() -> None:
    old, new = alarm("unjudged"), dataclasses.replace(alarm("unjudged"), line=7)
    clean = scored(alarms=(old,))
    variant = scored(HIT, alarms=(old, new), is_variant=True)
    elsewhere = scored(HIT, alarms=(old,), is_variant=True, case="another")
    kept = without_repeats([clean, variant, elsewhere])
    assert [(s.documents, s.words, s.alarms) for s in kept] == [(1, 500, (old,)), (0, 0, (new,)), (0, 0, (old,))]
    assert kept[1].hits == (HIT,)
