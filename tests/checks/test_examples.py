"""Every example of every check, and the properties that all checks share."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import re
from functools import cache

import pytest

import consistency.checks
from consistency.checker import Checker
from consistency.checks import ALL_CHECKS
from consistency.checks.base import Check, Example, unmark
from consistency.config import Config
from consistency.languages.loader import available
from consistency.types import Document, Finding, Report, Role, Span

EXAMPLES = [
    pytest.param(check, example, id=f"{check.id}-{number}-{example.kind}")
    for check in ALL_CHECKS
    for number, example in enumerate(check.examples)
    # What needs a model runs its good and bad examples in a test of its own, with a model that the test builds.
    if not check.needs or example.kind == "unknown"
]
_OF = {kind: [p for p in EXAMPLES if p.values[1].kind == kind] for kind in ("bad", "good", "unknown")}  # type: ignore[attr-defined]


@cache
def checker_of(check_id: str) -> Checker:
    return Checker(Config(select=(check_id,)))


def run(check: Check, documents: tuple[Document, ...]) -> Report:
    report = checker_of(check.id).run(documents)
    assert report.failures == ()
    return report


def subjects(findings: tuple[Finding, ...]) -> set[Span]:
    return {Span(s.document, s.start, s.end) for finding in findings for s in finding.subjects}


@pytest.mark.parametrize(("check", "example"), _OF["bad"])
def test_bad(check: Check, example: Example) -> None:
    marked = unmark(example)
    assert marked.spans, "a bad example marks what must be found"
    report = run(check, marked.documents)
    texts = {document.id: document.text for document in marked.documents}
    for finding in report.findings:
        assert finding.check == check.id
        assert finding.family is check.family
        for span in finding.spans:
            assert texts[span.document][span.start : span.end] == span.text
    assert subjects(report.findings) == set(marked.spans)


@pytest.mark.parametrize(("check", "example"), _OF["good"])
def test_good(check: Check, example: Example) -> None:
    marked = unmark(example)
    assert marked.spans == (), "only bad examples have marks"
    assert run(check, marked.documents).findings == ()


@pytest.mark.parametrize(("check", "example"), _OF["unknown"])
def test_unknown(check: Check, example: Example) -> None:
    report = run(check, unmark(example).documents)
    assert report.findings == ()
    assert [u for u in report.unchecked if u.check == check.id], "nothing in the ledger"


@pytest.mark.parametrize("check", ALL_CHECKS, ids=lambda check: check.id)
def test_the_record_is_whole(check: Check) -> None:
    assert re.fullmatch(r"[A-Z]{3}\d{3}", check.id)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", check.slug)
    assert check.scope in ("internal", "cross", "both", "copy", "accounts", "reference")
    for text in (check.summary, check.why, check.limits):
        assert text.strip().endswith((".", ")")), text
    kinds = {example.kind for example in check.examples}
    assert kinds >= {"bad", "good", "unknown"}
    languages = {d.language for example in check.examples for d in example.documents}
    assert languages >= {"zh", "en", "fr"}


def test_ids_and_slugs_are_unique_and_in_order() -> None:
    ids = [check.id for check in ALL_CHECKS]
    assert len(set(ids)) == len(ids)
    slugs = [check.slug for check in ALL_CHECKS]
    assert len(set(slugs)) == len(slugs)


def test_every_check_module_is_registered() -> None:
    registered = {check.id.lower() for check in ALL_CHECKS}
    modules = {module.name for module in pkgutil.iter_modules(consistency.checks.__path__)}
    named = {name for name in modules if re.fullmatch(r"[a-z]{3}\d{3}", name)}
    # A module may hold further checks of its family beside the one that it is named after.
    assert named <= registered
    for name in named:
        importlib.import_module(f"consistency.checks.{name}")


def content(findings: tuple[Finding, ...], names: dict[str, str]) -> set[tuple[object, ...]]:
    """The findings without offsets, messages' document names and ids; documents under `names`."""
    return {
        (f.check, f.severity, frozenset((names[s.document], s.text, s.role) for s in f.spans)) for f in findings
    }


_TWO_ACCOUNTS = [
    param
    for param in EXAMPLES
    if sum(d.role is Role.ACCOUNT for d in param.values[1].documents) >= 2
]


@pytest.mark.parametrize(("check", "example"), _TWO_ACCOUNTS)
def test_the_order_of_accounts_does_not_matter(check: Check, example: Example) -> None:
    documents = unmark(example).documents
    forward = run(check, documents)
    # Given in the other order, and with labels that sort the other way round.
    assert run(check, tuple(reversed(documents))) == forward
    renamed = tuple(
        dataclasses.replace(d, id=f"{'zyxwvuts'[n]}{d.label}", label=f"{'zyxwvuts'[n]}{d.label}")
        for n, d in enumerate(documents)
    )
    other = run(check, renamed)
    names = {r.id: d.id for r, d in zip(renamed, documents, strict=True)}
    assert content(other.findings, names) == content(forward.findings, {d.id: d.id for d in documents})


def told(report: Report) -> list[Finding]:
    return [dataclasses.replace(finding, confidence=1.0) for finding in report.findings]


UNRELATED = {
    "en": "The museum of the harbour opens its garden to visitors with paintings of birds and of flowers.",
    "zh": "海边的图书馆里摆放着许多关于花鸟的画册，读者可以安静地翻阅。",
    "fr": "Le musée du port ouvre son jardin aux visiteurs avec des peintures d'oiseaux et de fleurs.",
    "es": "El museo del puerto abre su jardín a los visitantes con pinturas de pájaros y de flores.",
    "ru": "В портовом музее открыт сад, где посетители видят картины с птицами и цветами.",
    "ar": "يفتح متحف الميناء حديقته للزوار مع لوحات للطيور والزهور.",
}


@pytest.mark.parametrize(("check", "example"), _OF["bad"] + _OF["good"])
def test_an_unrelated_paragraph_changes_nothing(check: Check, example: Example) -> None:
    if check.family.value in ("coverage", "structure"):
        pytest.skip("a paragraph of one document alone is what these checks tell")
    documents = unmark(example).documents
    longer = tuple(
        dataclasses.replace(d, text=f"{d.text.rstrip()}\n\n{UNRELATED[d.language]}\n") for d in documents
    )
    # Belief may shift with the alignment's; what is said and shown may not.
    assert told(run(check, longer)) == told(run(check, documents))


@pytest.mark.parametrize("check", ALL_CHECKS, ids=lambda check: check.id)
def test_examples_are_in_languages_with_packs(check: Check) -> None:
    used = {d.language for example in check.examples for d in example.documents}
    assert used <= set(available())


def test_a_document_without_a_pack_is_a_failure_and_not_clean() -> None:
    report = Checker().run([Document("a", "a", "Der Minister sprach.", "de")])
    assert [failure.where for failure in report.failures] == ["a"]
