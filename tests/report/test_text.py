"""The report for people."""

from __future__ import annotations

import re

import pytest

from consistency.report.text import cells, terminal_lines, write_text
from tests.report.sample import HOSTILE, sample, sample_cases


def test_a_finding_shows_its_words_on_every_side() -> None:
    lines = write_text(sample()).splitlines()
    assert lines[:4] == [
        "error  NAM101 inconsistent-name  texts/wire.fr.md:7:1",
        "  Qin Gang is Chen Gang here.",
        "    wire  [Chen Gang] a parlé mercredi avec M. Blinken.",
        "    prc   [秦刚]同布林肯通电话",
    ]


def test_the_ledger_is_counted_and_listed_when_asked() -> None:
    text = write_text(sample())
    assert "Not checked: 3 places (DAT201 2, persons 1); --verbose lists them." in text
    assert "2 × DAT201: no date" in text
    assert text.endswith("1 error, 1 warning, 1 note.\n")
    verbose = write_text(sample(), verbose=True)
    assert "unchecked  DAT201  texts/gulf.ar.md:5:1  no date\n" in verbose


def test_quiet_leaves_findings_only() -> None:
    text = write_text(sample(), quiet=True)
    assert "NAM101" in text
    assert "Not checked" not in text


def test_accepted_findings_stay_visible_and_do_not_count() -> None:
    text = write_text(sample_cases())
    assert "texts/wire.fr.md:7:1  (accepted: as printed)" in text
    assert "1 error, 2 warnings, 2 notes. INCOMPLETE" in text
    assert "failed x.md: no such file" in text


def test_hostile_text_never_drives_the_terminal() -> None:
    for text in (write_text(sample_cases(HOSTILE), verbose=True), *map(str, terminal_lines(sample(HOSTILE), width=80))):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


@pytest.mark.parametrize("width", [40, 60, 100])
def test_terminal_lines_keep_to_the_width(width: int) -> None:
    lines = list(terminal_lines(sample(), width=width))
    assert max(cells(line.plain.rstrip()) for line in lines) <= max(width, 60)


def test_terminal_colours_the_words_and_needs_no_brackets() -> None:
    line = next(line for line in terminal_lines(sample(), width=100) if line.plain.startswith("    wire"))
    start = line.plain.index("Chen Gang")
    assert "[" not in line.plain
    assert [(s.start, s.end, s.style) for s in line.spans if "red" in str(s.style)] == [(start, start + 9, "bold red")]


@pytest.mark.parametrize(("text", "width"), [("abc", 3), ("秦刚", 4), ("é", 1), ("e\u0301", 1), ("حوار", 4), ("", 0)])
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width
