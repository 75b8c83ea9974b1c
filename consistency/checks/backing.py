"""What one account contradicts and another backs: a copy that follows either of two accounts is not wrong.

Accounts differ, and a copy derives from all of them. Where a check finds the copy's words in conflict with one account
and, in the same family, the same words in agreement with another, the difference is one between the accounts. It is
told there, and not held against the copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from consistency.types import Agreement, Analysis, Family, Finding, Role, Span


def without_backed(
    findings: Iterable[Finding], agreements: Mapping[Family, Iterable[Agreement]], analysis: Analysis
) -> list[Finding]:
    """The findings without those whose every subject, words of a copy, agrees with an account that they do not cite."""
    roles = {document.id: document.document.role for document in analysis.documents}
    backing: dict[Family, list[tuple[Span, frozenset[str]]]] = {}
    for family, agreed in agreements.items():
        for agreement in agreed:
            accounts = frozenset(s.document for s in agreement.spans if roles.get(s.document) is Role.ACCOUNT)
            if accounts:
                backing.setdefault(family, []).extend(
                    (span, accounts) for span in agreement.spans if roles.get(span.document) is Role.COPY
                )

    def is_backed(finding: Finding) -> bool:
        cited = {span.document for span in finding.spans if span.role != "subject"}
        subjects = [Span(s.document, s.start, s.end) for s in finding.subjects]
        return bool(cited) and all(
            roles.get(subject.document) is Role.COPY
            and any(
                (span.contains(subject) or subject.contains(span)) and accounts - cited
                for span, accounts in backing.get(finding.family, ())
            )
            for subject in subjects
        )

    return [finding for finding in findings if not is_backed(finding)]
