"""Accepted findings and the baseline."""

from __future__ import annotations

import dataclasses
from datetime import date
from pathlib import Path

import pytest

from consistency.config import Accept
from consistency.errors import ConfigError
from consistency.report.result import CaseResult, exit_status
from consistency.suppress import apply, baseline_text, read_baseline, today
from consistency.types import Failure
from tests.report.sample import sample_report

DAY = date(2024, 1, 1)


def case(name: str = "call") -> CaseResult:
    return CaseResult(sample_report(), name)


@pytest.fixture(autouse=True)
def _any_check(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ids of the sample's findings, whichever checks there are."""
    monkeypatch.setattr("consistency.config._known", lambda identifier, exact: identifier)


def marks(accept: Accept, day: date = DAY) -> list[str | None]:
    result = apply([case()], [accept], fail_on="error", day=day)
    return [None if m.mark is None else m.mark.reason for m in result.cases[0].findings()]


def test_by_check_and_words() -> None:
    assert marks(Accept(reason="ok", check="NAM101", quote="Chen  Gang")) == ["ok", None, None]
    assert marks(Accept(reason="ok", check="NAM101", quote="Gang")) == ["ok", None, None]
    assert marks(Accept(reason="ok", check="NAM102", quote="Chen Gang")) == [None, None, None]
    assert marks(Accept(reason="ok", check="NAM101", quote="秦刚")) == [None, None, None]


def test_by_fingerprint_and_case() -> None:
    fingerprint = case().findings()[1].fingerprint
    assert marks(Accept(reason="ok", fingerprint=fingerprint)) == [None, "ok", None]
    assert marks(Accept(reason="ok", fingerprint=fingerprint, case="other")) == [None, None, None]


def test_expiry() -> None:
    entry = Accept(reason="ok", check="NAM101", quote="Chen Gang", expires=date(2024, 1, 2))
    assert marks(entry, date(2024, 1, 1)) == ["ok", None, None]
    assert marks(entry, date(2024, 1, 2)) == [None, None, None]
    result = apply([case()], [entry], fail_on="error", day=date(2024, 1, 2))
    assert result.notices == (
        "[[accept]] entry expired on 2024-01-02, its finding counts again: NAM101 'Chen Gang' (ok)",
    )
    assert exit_status(result) == 1


def test_an_accepted_error_does_not_fail() -> None:
    entry = Accept(reason="ok", check="NAM101", quote="Chen Gang")
    result = apply([case()], [entry], fail_on="error", day=DAY)
    assert exit_status(result) == 0
    assert result.counts() == {"error": 0, "warning": 1, "note": 1}


def test_stale_entries_are_told_when_everything_ran() -> None:
    entry = Accept(reason="gone", check="NAM101", quote="Li Gang")
    known = frozenset({("call", "f" * 16)})
    result = apply([case()], [entry], known, fail_on="error", day=DAY)
    assert result.notices == (
        "stale [[accept]] entry, no finding matches it: NAM101 'Li Gang' (gone)",
        "stale baseline entry, the finding is gone: ffffffffffffffff in call",
    )
    assert apply([case()], [entry], known, fail_on="error", day=DAY, all_cases_ran=False).notices == ()
    broken = dataclasses.replace(case(), report=dataclasses.replace(sample_report(), failures=(Failure("x", "y"),)))
    assert apply([broken], [entry], known, fail_on="error", day=DAY).notices == ()


def test_baseline_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(baseline_text([case(), case("other")]), encoding="utf-8")
    known = read_baseline(path)
    assert len(known) == 6
    result = apply([case(), case("other")], [], known, fail_on="note", day=DAY)
    assert exit_status(result) == 0
    assert {m.mark.kind for c in result.cases for m in c.findings() if m.mark} == {"baseline"}
    # A finding that is new counts.
    assert exit_status(apply([case("third")], [], known, fail_on="error", day=DAY)) == 1
    assert baseline_text(result.cases) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ["", "{}", '{"schema": "other/1", "findings": []}', '{"schema": "consistency-baseline/1"}'])
def test_a_broken_baseline(tmp_path: Path, content: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=str(path)):
        read_baseline(path)


def test_today_can_be_fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1686700800")
    assert today() == date(2023, 6, 14)
