"""Names for findings that outlive edits elsewhere in the document."""

from __future__ import annotations

import hashlib
from collections import Counter

from consistency.types import Finding, Report

LENGTH = 16
"""Hexadecimal digits of a fingerprint: 64 bits, so that two of a million findings meet once in 10^7 projects."""


def fingerprints(report: Report) -> tuple[str, ...]:
    """One fingerprint a finding, in the report's order, all different.

    A fingerprint rests on the check, the documents' labels and the words shown, never on offsets, lines or the
    message. Findings alike in all that are numbered in the order of the text.
    """
    seen: Counter[str] = Counter()
    found = []
    for finding in sorted(report.findings, key=_place):
        content = _content(finding)
        seen[content] += 1
        found.append((finding, _digest(f"{content}\x1e{seen[content]}")))
    by_identity = {id(finding): digest for finding, digest in found}
    return tuple(by_identity[id(finding)] for finding in report.findings)


def _place(finding: Finding) -> tuple[tuple[str, int, int], ...]:
    return tuple((span.document, span.start, span.end) for span in finding.spans)


def _content(finding: Finding) -> str:
    spans = sorted((span.role, span.document, " ".join(span.text.split())) for span in finding.spans)
    return "\x1e".join(["\x1f".join(span) for span in spans] + [finding.check, *finding.values])


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
