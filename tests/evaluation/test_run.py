"""Cases run one after another: a document that several share is read once, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

from consistency.checker import Checker
from consistency.config import Config
from consistency.evaluation.cases import read_cases
from consistency.evaluation.run import _Rereader, run_cases
from consistency.evaluation.score import score

ONE = Path(__file__).resolve().parents[2] / "fixtures" / "2023-06-14-qin-blinken"


def test_scores_are_those_of_a_checker_of_its_own() -> None:
    cases = read_cases(ONE)
    assert list(run_cases(cases)) == [score(case, Checker().run(case.documents)) for case in cases]


def test_a_shared_document_is_read_once() -> None:
    marred, clean = read_cases(ONE)
    checker = _Rereader(Config())
    first = [checker.read(document) for document in marred.documents]
    second = [checker.read(document) for document in clean.documents]
    assert [a is b for a, b in zip(first, second, strict=True)] == [True, True, False]


def test_no_cases_give_no_scores() -> None:
    assert list(run_cases([])) == []
