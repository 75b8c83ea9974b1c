"""The ledger in words: what was not checked, counted so that silence is never read as a clean result."""

from __future__ import annotations

from collections import Counter

from consistency.types import Report, Role


def not_run(report: Report) -> tuple[str, ...]:
    """Why whole groups of checks had nothing to compare, in sentences."""
    documents = [analysed.document for analysed in report.documents]
    accounts = [document for document in documents if document.role is Role.ACCOUNT]
    copies = [document for document in documents if document.role is Role.COPY]
    if not documents:
        return ("No document could be read: nothing was checked.",)
    if len(documents) == 1:
        held = "" if accounts else " It is a copy, and no account was given to hold it against."
        return (f"Only one document: it was checked against itself, and no cross-source check ran.{held}",)
    if not accounts:
        return (f"No account was given to hold the {len(copies)} copies against: each was checked against itself only.",)
    return ()


def counted(report: Report) -> tuple[tuple[str, str, int], ...]:
    """(check or stage, reason, places) of all that could not be checked, in order of check, most frequent first."""
    counts = Counter((item.check, item.reason) for item in report.unchecked)
    ordered = sorted(counts.items(), key=lambda item: (item[0][0], -item[1], item[0][1]))
    return tuple((check, reason, number) for (check, reason), number in ordered)


def by_check(report: Report) -> tuple[tuple[str, int], ...]:
    """(check or stage, places that it could not check), in order of check."""
    return tuple(sorted(Counter(item.check for item in report.unchecked).items()))
