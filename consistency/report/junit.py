"""JUnit XML, which CI systems show as test results: a suite a case, a test a finding.

A check that agreed everywhere is a test passed; one that could tell nothing is a test skipped; a document or check
that failed is a test in error. Findings below the threshold of `--fail-on` pass and are told in `system-out`.
"""

from __future__ import annotations

from xml.etree import ElementTree

from consistency.report.location import Lines
from consistency.report.markup import xml_text
from consistency.report.result import CaseResult, MarkedFinding, Result
from consistency.types import Report, Severity


def write_junit(result: Result) -> str:
    """The document, with an XML declaration."""
    root = ElementTree.Element("testsuites", name="readout-consistency")
    for case in result.cases:
        _suite(root, case, result.fail_on)
    suites = list(root)
    for key in ("tests", "failures", "errors", "skipped"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in suites)))
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _suite(root: ElementTree.Element, case: CaseResult, fail_on: str) -> None:
    report = case.report
    suite = ElementTree.SubElement(root, "testsuite", name=xml_text(case.name or "check"))
    lines = {analysed.id: Lines(analysed.document) for analysed in report.documents}
    found = case.findings()
    for marked in found:
        _finding(suite, marked, lines, fail_on)
    for failure in report.failures:
        test = _test(suite, xml_text(failure.where), "consistency.failures")
        ElementTree.SubElement(test, "error", message=xml_text(failure.reason), type="failure")
    _silent_checks(suite, report, {marked.finding.check for marked in found})
    tests = list(suite)
    suite.set("tests", str(len(tests)))
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(key, str(sum(test.find(tag) is not None for test in tests)))


def _finding(suite: ElementTree.Element, marked: MarkedFinding, lines: dict[str, Lines], fail_on: str) -> None:
    finding = marked.finding
    place = lines[finding.spans[0].document]
    where = place.describe(finding.spans[0].start)
    test = _test(suite, xml_text(f"{finding.check} {where}"), f"consistency.{finding.family.value}")
    if place.document.path is not None:
        test.set("file", xml_text(place.document.path))
        if place.are_in_file:
            test.set("line", str(place.position(finding.spans[0].start).line))
    evidence = [f"{span.role} {lines[span.document].describe(span.start)}: {span.text}" for span in finding.spans]
    text = xml_text("\n".join([f"{finding.severity.value}: {finding.message}", *evidence]))
    if marked.mark is not None:
        ElementTree.SubElement(test, "skipped", message=xml_text(f"{marked.mark.kind}: {marked.mark.reason}"))
    elif fail_on != "never" and finding.severity.rank >= Severity(fail_on).rank:
        failure = ElementTree.SubElement(test, "failure", message=xml_text(finding.message), type=finding.slug)
        failure.text = text
        return
    ElementTree.SubElement(test, "system-out").text = text


def _silent_checks(suite: ElementTree.Element, report: Report, found: set[str]) -> None:
    for check, (agreed, _, unknown) in report.compared:
        if check in found:
            continue
        test = _test(suite, check, "consistency.checks")
        if unknown and not agreed:
            ElementTree.SubElement(test, "skipped", message=f"{unknown} comparisons could not be told")


def _test(suite: ElementTree.Element, name: str, group: str) -> ElementTree.Element:
    return ElementTree.SubElement(suite, "testcase", name=name, classname=group, time="0")
