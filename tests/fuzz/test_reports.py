"""Whatever the documents: a run ends in a report that is whole, valid against its schema and the same again."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from jsonschema import Draft202012Validator

from consistency.checker import Checker
from consistency.report.json_report import schema
from consistency.report.result import CaseResult, Result
from consistency.report.writers import FORMATS, render
from consistency.types import Document, Report, Role
from tests.fuzz.texts import documents, profile

CHECKER = Checker()
VALIDATOR = Draft202012Validator(schema())


def assert_whole(report: Report) -> None:
    assert report.failures == (), report.failures
    texts = {analysed.id: analysed.text for analysed in report.documents}
    for finding in report.findings:
        assert finding.subjects, finding
        assert finding.message.strip()
        assert 0 <= finding.confidence <= 1
        for span in finding.spans:
            assert 0 <= span.start < span.end <= len(texts[span.document])
            assert texts[span.document][span.start : span.end] == span.text
    for gap in report.unchecked:
        assert 0 <= gap.start <= gap.end <= len(texts[gap.document])
    sentences = {analysed.id: len(analysed.sentences) for analysed in report.documents}
    for alignment in report.alignments:
        assert all(0 <= i < sentences[alignment.left] for i in alignment.left_sentences)
        assert all(0 <= i < sentences[alignment.right] for i in alignment.right_sentences)
    VALIDATOR.validate(json.loads(render(Result((CaseResult(report),)), "json")))


@profile(40)
@given(documents(most=25))
def test_one_document(document: Document) -> None:
    assert_whole(CHECKER.run([document]))


@profile(25)
@given(documents("a"), documents("b"))
def test_two_accounts(left: Document, right: Document) -> None:
    report = CHECKER.run([left, right])
    assert_whole(report)
    assert CHECKER.run([right, left]) == report


@profile(25)
@given(documents("a"), documents("b"), documents("wire", Role.COPY))
def test_two_accounts_and_a_copy(left: Document, right: Document, copy: Document) -> None:
    assert_whole(CHECKER.run([left, right, copy]))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_format_writes_any_report(name: str) -> None:
    @profile(8)
    @given(documents("a"), documents("wire", Role.COPY))
    def check(account: Document, copy: Document) -> None:
        result = Result((CaseResult(CHECKER.run([account, copy])),))
        written = render(result, name)
        assert written == render(result, name) or name == "docx"  # a Word file is a ZIP archive with times in it
        assert written or name == "github"  # no annotation where there is nothing to say

    check()
