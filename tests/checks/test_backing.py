"""A copy that follows either of two accounts is not wrong."""

from __future__ import annotations

from consistency.checks.backing import without_backed
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Document,
    Family,
    Finding,
    FindingSpan,
    Role,
    Severity,
    Span,
)

ANALYSIS = Analysis(
    tuple(
        AnalysedDocument(Document(name, name, "0123456789" * 3, "en", role), ())
        for name, role in (("a", Role.ACCOUNT), ("b", Role.ACCOUNT), ("wire", Role.COPY))
    )
)


def finding(account: str) -> Finding:
    spans = (FindingSpan("wire", 5, 8, "567"), FindingSpan(account, 0, 3, "012", "reference"))
    return Finding("QTY201", "different-quantity", Family.QUANTITY, Severity.ERROR, 0.9, "…", spans)


def test_words_that_another_account_backs_are_not_held_against_the_copy() -> None:
    agreed = Agreement("QTY201", (Span("b", 10, 13), Span("wire", 5, 8)))
    assert without_backed([finding("a")], {Family.QUANTITY: [agreed]}, ANALYSIS) == []


def test_agreement_with_the_cited_account_itself_backs_nothing() -> None:
    agreed = Agreement("QTY201", (Span("a", 10, 13), Span("wire", 5, 8)))
    assert without_backed([finding("a")], {Family.QUANTITY: [agreed]}, ANALYSIS) == [finding("a")]


def test_agreement_elsewhere_or_in_another_family_backs_nothing() -> None:
    elsewhere = Agreement("QTY201", (Span("b", 10, 13), Span("wire", 15, 18)))
    other = Agreement("DAT201", (Span("b", 10, 13), Span("wire", 5, 8)))
    agreements = {Family.QUANTITY: [elsewhere], Family.DATE: [other]}
    assert without_backed([finding("a")], agreements, ANALYSIS) == [finding("a")]


def test_two_accounts_that_differ_stay_a_finding() -> None:
    between = Finding(
        "QTY201",
        "different-quantity",
        Family.QUANTITY,
        Severity.WARNING,
        0.9,
        "…",
        (FindingSpan("a", 0, 3, "012"), FindingSpan("b", 0, 3, "012")),
    )
    agreed = Agreement("QTY201", (Span("b", 0, 3), Span("wire", 5, 8)))
    assert without_backed([between], {Family.QUANTITY: [agreed]}, ANALYSIS) == [between]
