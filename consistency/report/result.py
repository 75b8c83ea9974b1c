"""What the writers write: the reports of one or more cases, with what the project has accepted of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from consistency.report.fingerprint import fingerprints
from consistency.types import Finding, Report, Severity


@dataclass(frozen=True, slots=True)
class Mark:
    """Why a finding does not count: accepted by an entry of the configuration, or known since the baseline."""

    kind: str
    """'accepted' or 'baseline'."""
    reason: str


@dataclass(frozen=True, slots=True)
class MarkedFinding:
    """A finding with its fingerprint and, where it does not count, why."""

    finding: Finding
    fingerprint: str
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class CaseResult:
    """The report of one case: of the files of one `consistency check`, or of one `[[case]]` of the configuration."""

    report: Report
    name: str = ""
    """Empty for `consistency check`."""
    marks: Mapping[str, Mark] = field(default_factory=dict)
    """Fingerprint to mark."""

    def findings(self) -> tuple[MarkedFinding, ...]:
        """The findings in the report's order."""
        found = self.report.findings
        prints = fingerprints(self.report)
        return tuple(MarkedFinding(f, p, self.marks.get(p)) for f, p in zip(found, prints, strict=True))

    def counting(self) -> Iterator[MarkedFinding]:
        """The findings that count: neither accepted nor in the baseline."""
        return (marked for marked in self.findings() if marked.mark is None)


@dataclass(frozen=True, slots=True)
class Result:
    """All cases of a run, in the order in which they were given."""

    cases: tuple[CaseResult, ...]
    notices: tuple[str, ...] = ()
    """What the reader of the report should know besides: stale suppressions, expired ones."""
    fail_on: str = "error"
    """Least severity that fails the run, or 'never'."""

    def counts(self) -> dict[str, int]:
        """Findings that count, by severity, the worst first."""
        counts = {severity.value: 0 for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE)}
        for case in self.cases:
            for marked in case.counting():
                counts[marked.finding.severity.value] += 1
        return counts

    @property
    def is_complete(self) -> bool:
        """Whether every document was read and every check ran to its end."""
        return not any(case.report.failures for case in self.cases)


def exit_status(result: Result) -> int:
    """0, 1 or 3: incomplete wins over findings."""
    if not result.is_complete:
        return 3
    if result.fail_on == "never":
        return 0
    least = Severity(result.fail_on).rank
    found = any(m.finding.severity.rank >= least for case in result.cases for m in case.counting())
    return int(found)
