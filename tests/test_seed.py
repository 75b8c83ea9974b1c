"""The real article that started the project, held against the fixture's accounts: its gold is the least the tool must do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from consistency.checker import Checker
from consistency.ingest import read_document
from consistency.types import Report, Role, Severity

HERE = Path(__file__).parent
SEED = HERE.parent.parent / "shared" / "seed"
FIXTURE = HERE.parent / "fixtures" / "2023-06-14-qin-blinken"

pytestmark = pytest.mark.skipif(
    not SEED.is_dir(), reason=f"THE SEED ARTICLE IS NOT HERE ({SEED}): its must-find and must-not-flag lists were not checked"
)


@pytest.fixture(scope="module")
def report() -> Report:
    documents = [
        read_document(str(FIXTURE / "prc.zh.md")),
        read_document(str(FIXTURE / "us.en.md")),
        read_document(str(SEED / "wire.fr.txt"), role=Role.COPY),
    ]
    return Checker().run(documents)


def _gold() -> dict[str, list[dict[str, str | None]]]:
    loaded: dict[str, list[dict[str, str | None]]] = json.loads((SEED / "gold.json").read_text(encoding="utf-8"))
    return loaded


def _spans(text: str, quote: str) -> list[tuple[int, int]]:
    found, start = [], text.find(quote)
    while start >= 0:
        found.append((start, start + len(quote)))
        start = text.find(quote, start + 1)
    return found


def _wire(report: Report) -> str:
    return next(d.text for d in report.documents if d.document.role is Role.COPY)


def _copy_id(report: Report) -> str:
    return next(d.id for d in report.documents if d.document.role is Role.COPY)


def test_every_must_find_item_is_found(report: Report) -> None:
    copy = _copy_id(report)
    for item in _gold()["must_find"]:
        quote = item["quote"]
        findings = [f for f in report.findings if f.family == item["family"]]
        if quote is None:
            assert findings, item
            continue
        places = _spans(_wire(report), quote)
        if item["family"] == "structure":  # that it stands twice is the fault: the second one is the subject
            places = places[1:]
        for start, end in places:
            assert any(
                s.document == copy and s.start < end and start < s.end for f in findings for s in f.subjects
            ), (item, start)


def test_nothing_that_is_right_is_flagged(report: Report) -> None:
    copy = _copy_id(report)
    for item in _gold()["must_not_flag"]:
        assert item["quote"] is not None
        for start, end in _spans(_wire(report), item["quote"]):
            flagged = [
                f
                for f in report.findings
                if f.severity is not Severity.NOTE
                for s in f.subjects
                if s.document == copy and start <= s.start and s.end <= end
            ]
            assert not flagged, item


def test_no_error_beside_the_known_ones(report: Report) -> None:
    copy = _copy_id(report)
    known = [
        span
        for item in _gold()["must_find"]
        if item["quote"] is not None
        for span in _spans(_wire(report), item["quote"])
    ]
    for finding in report.findings:
        if finding.severity is Severity.ERROR:
            assert any(
                s.document == copy and s.start < end and start < s.end
                for s in finding.subjects
                for start, end in known
            ), finding
    assert not report.failures


def test_the_article_alone_shows_its_inner_faults() -> None:
    report = Checker().run([read_document(str(SEED / "wire.fr.txt"))])
    text = report.documents[0].text
    for quote, family in (("Chen Gang", "name"), ("Chen a expliqué", "name"), ("Blinken, membre du Conseil d'État", "office")):
        [(start, end)] = _spans(text, quote)
        assert any(
            s.start < end and start < s.end for f in report.findings if f.family == family for s in f.subjects
        ), quote
    assert any(f.check == "STR101" for f in report.findings)
