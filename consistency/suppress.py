"""Findings that a project accepts: by entries of its configuration, and by its baseline of known findings.

An accepted finding stays in the report, marked, and does not count. Entries that no longer match anything are told, so
that the list cannot rot.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from consistency.config import Accept
from consistency.errors import ConfigError
from consistency.report.json_report import dump
from consistency.report.result import CaseResult, Mark, MarkedFinding, Result

BASELINE_SCHEMA = "consistency-baseline/1"
BASELINE_NAME = "consistency-baseline.json"


def today() -> date:
    """The day on which entries expire: SOURCE_DATE_EPOCH where it is set (for reproducible runs), else the clock's."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch.isdigit() else datetime.now(UTC)
    return moment.date()


def apply(
    cases: Sequence[CaseResult],
    accepts: Sequence[Accept],
    baseline: frozenset[tuple[str, str]] = frozenset(),
    *,
    fail_on: str,
    day: date,
    all_cases_ran: bool = True,
) -> Result:
    """The cases with their accepted and known findings marked, and notices of entries that are stale or expired.

    `baseline` holds (case name, fingerprint). Where only some of the cases ran, an entry that matches nothing is not
    called stale: its finding may be in a case that did not run.
    """
    used: set[int] = set()
    marked_cases = []
    met: set[tuple[str, str]] = set()
    for case in cases:
        marks: dict[str, Mark] = {}
        for marked in case.findings():
            if (case.name, marked.fingerprint) in baseline:
                met.add((case.name, marked.fingerprint))
                marks[marked.fingerprint] = Mark("baseline", "known since the baseline was written")
            for number, entry in enumerate(accepts):
                if _matches(entry, marked, case.name):
                    used.add(number)
                    if entry.expires is None or day < entry.expires:
                        marks[marked.fingerprint] = Mark("accepted", entry.reason)
        marked_cases.append(dataclasses.replace(case, marks=marks))
    notices = [_expired(entry) for entry in accepts if entry.expires is not None and day >= entry.expires]
    # A case that could not be read to its end proves nothing about entries either.
    if all_cases_ran and not any(case.report.failures for case in cases):
        notices += [
            f"stale [[accept]] entry, no finding matches it: {_described(entry)}"
            for number, entry in enumerate(accepts)
            if number not in used
        ]
        notices += [
            f"stale baseline entry, the finding is gone: {fingerprint}{f' in {name}' if name else ''}"
            for name, fingerprint in sorted(baseline - met)
        ]
    return Result(tuple(marked_cases), tuple(notices), fail_on)


def _matches(entry: Accept, marked: MarkedFinding, case: str) -> bool:
    if entry.case is not None and entry.case != case:
        return False
    if entry.fingerprint is not None:
        return entry.fingerprint == marked.fingerprint
    quote = " ".join((entry.quote or "").split())
    return entry.check == marked.finding.check and any(
        quote in " ".join(span.text.split()) for span in marked.finding.subjects
    )


def _described(entry: Accept) -> str:
    what = entry.fingerprint if entry.fingerprint is not None else f"{entry.check} {entry.quote!r}"
    return f"{what} ({entry.reason})"


def _expired(entry: Accept) -> str:
    return f"[[accept]] entry expired on {entry.expires}, its finding counts again: {_described(entry)}"


def read_baseline(path: Path) -> frozenset[tuple[str, str]]:
    """(case name, fingerprint) of the known findings. Raises `ConfigError`."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        if record["schema"] != BASELINE_SCHEMA:
            raise ConfigError(f"{path}: schema is {record['schema']!r}; expected {BASELINE_SCHEMA!r}")
        return frozenset((str(entry["case"]), str(entry["fingerprint"])) for entry in record["findings"])
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror or error}. Write it with --write-baseline") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ConfigError(f"{path}: not a baseline ({error}); write it again with --write-baseline") from error


def baseline_text(cases: Iterable[CaseResult]) -> str:
    """The baseline of all findings that count now and those that were known before, sorted so that it can be reviewed."""
    entries: list[dict[str, Any]] = [
        {
            "case": case.name,
            "fingerprint": marked.fingerprint,
            "check": marked.finding.check,
            "severity": marked.finding.severity.value,
            "message": marked.finding.message,
        }
        for case in cases
        for marked in case.findings()
        if marked.mark is None or marked.mark.kind == "baseline"
    ]
    entries.sort(key=lambda entry: (entry["case"], entry["check"], entry["fingerprint"]))
    return dump({"schema": BASELINE_SCHEMA, "findings": entries})
