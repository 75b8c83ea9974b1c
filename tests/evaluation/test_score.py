"""A report held against what is known of its documents."""

from __future__ import annotations

import dataclasses

import pytest

from consistency.evaluation.cases import Case, Difference, GoldAlignment, Trap
from consistency.evaluation.score import line_of, score
from consistency.types import Alignment, Failure, Family, Severity
from tests.evaluation.builders import account, case, copy, finding, planted, report, span

US, WIRE = account(), copy()


def test_a_finding_of_the_family_on_the_quote_is_a_hit_and_no_alarm() -> None:
    known = case(planted(WIRE, "Chen Gang"))
    scored = score(known, report(known.documents, finding((WIRE, "Chen"))))
    [hit] = scored.hits
    assert hit.found is not None
    assert hit.line == 1
    assert scored.alarms == ()


@pytest.mark.parametrize(
    ("family", "of_finding", "is_found"),
    [
        (Family.NAME, Family.NAME, True),
        (Family.NAME, Family.OFFICE, False),
        (Family.OFFICE, Family.NAME, True),
        (Family.POLARITY, Family.MODALITY, True),
        (Family.MODALITY, Family.POLARITY, True),
        (Family.ATTRIBUTION, Family.COVERAGE, True),
        (Family.COVERAGE, Family.ATTRIBUTION, False),
        (Family.QUANTITY, Family.DATE, False),
    ],
)
def test_which_families_count_for_which(family: Family, of_finding: Family, is_found: bool) -> None:
    known = case(planted(WIRE, "Chen", family))
    scored = score(known, report(known.documents, finding((WIRE, "Chen"), family=of_finding)))
    assert (scored.hits[0].found is not None) is is_found
    assert scored.alarms == ()  # it stands on a planted quote, so it is no false alarm either


def test_the_planted_familys_own_finding_goes_before_an_equivalent_one() -> None:
    known = case(planted(WIRE, "exhorté", Family.MODALITY))
    own = finding((WIRE, "exhorté"), family=Family.MODALITY, severity=Severity.WARNING)
    other = finding((WIRE, "exhorté"), family=Family.POLARITY)
    assert score(known, report(known.documents, other, own)).hits[0].found == own


def test_a_reference_span_on_the_quote_finds_nothing() -> None:
    known = case(planted(WIRE, "Chen"))
    scored = score(known, report(known.documents, finding((US, "Qin"), against=(WIRE, "Chen"))))
    assert scored.hits[0].found is None


def test_errors_and_warnings_of_fact_families_elsewhere_are_alarms() -> None:
    known = case(planted(WIRE, "Chen"))
    scored = score(
        known,
        report(
            known.documents,
            finding((WIRE, "mercredi"), family=Family.DATE, check="DAT201", against=(US, "Three")),
            finding((WIRE, "Quatre"), family=Family.QUANTITY, severity=Severity.WARNING, check="QTY201"),
            finding((WIRE, "sujets"), family=Family.TERM, severity=Severity.NOTE),
            finding((WIRE, "agir"), family=Family.COVERAGE),
        ),
    )
    assert [(a.check, a.line, a.quote, a.against, a.verdict) for a in scored.alarms] == [
        ("DAT201", 2, "mercredi", "Three", "unjudged"),
        ("QTY201", 2, "Quatre", "", "unjudged"),
    ]


def test_a_finding_on_a_trap_is_listed_with_the_reason() -> None:
    known = dataclasses.replace(case(), traps=(Trap(span(WIRE, "mercredi"), "mercredi", "another time zone"),))
    scored = score(known, report(known.documents, finding((WIRE, "mercredi"), family=Family.DATE)))
    [(why, alarm)] = scored.trapped
    assert (why, alarm.quote) == ("another time zone", "mercredi")
    quiet = score(known, report(known.documents, finding((WIRE, "mercredi"), severity=Severity.NOTE)))
    assert quiet.trapped == ()


def test_an_omission_needs_the_accounts_words_and_the_copy() -> None:
    known = case(planted(US, "Three issues", Family.COVERAGE, kind="omission"))

    def found(*args: object, **more: object) -> bool:
        made = finding(*args, **more)  # type: ignore[arg-type]
        return score(known, report(known.documents, made)).hits[0].found is not None

    note = {"family": Family.COVERAGE, "severity": Severity.NOTE}
    assert not found((US, "Three"), **note)
    assert found((US, "Three"), against=(WIRE, "Quatre"), **note)
    assert found((US, "Three"), values=("wire",), **note)
    assert not found((US, "Qin"), values=("wire",), **note)
    assert not found((US, "Three"), family=Family.NAME, values=("wire",))


def between(kind: str, family: Family = Family.TERM) -> Case:
    prc = account("秦刚谈台湾问题。", "prc", "zh")
    us = account("They discussed the Taiwan issue.", "us")
    difference = Difference(family, kind, span(prc, "台湾问题"), span(us, "Taiwan issue"), "a note")
    return Case("event", "set", (prc, us), differences=(difference,))


def test_a_warning_that_shows_a_known_difference_between_accounts_is_no_alarm() -> None:
    known = between("term")
    shown = finding((known.documents[0], "台湾问题"), family=Family.TERM, severity=Severity.WARNING)
    scored = score(known, report(known.documents, shown))
    assert scored.alarms == ()
    assert scored.differences[0].found == shown


@pytest.mark.parametrize("kind", ["time_zone", "unit", "figure"])
def test_what_is_the_same_in_two_wordings_is_an_alarm_all_the_same(kind: str) -> None:
    known = between(kind)
    shown = finding((known.documents[0], "台湾问题"), family=Family.TERM, severity=Severity.WARNING)
    scored = score(known, report(known.documents, shown))
    assert len(scored.alarms) == 1
    assert scored.differences == ()


def test_differences_of_a_twin_are_counted_with_its_case() -> None:
    known = dataclasses.replace(between("term"), is_twin=True)
    assert score(known, report(known.documents)).differences == ()


def test_alignments_are_scored_as_pairs_either_way_round() -> None:
    known = dataclasses.replace(case(), alignments=(GoldAlignment("us", "wire", ((0, 0), (1, 1), (1, 2))),))
    given = (Alignment("wire", (1, 2), "us", (1,), 0.9), Alignment("us", (0,), "wire", (1,), 0.8))
    [found] = score(known, report(known.documents, alignments=given)).alignments
    assert (found.languages, found.gold, found.given, found.shared) == ("en-fr", 3, 3, 2)


def test_failures_are_kept() -> None:
    known = case()
    scored = score(known, report(known.documents, failures=(Failure("NAM101", "crashed"),)))
    assert scored.failures == ("NAM101: crashed",)


def test_lines_count_without_blank_ones() -> None:
    assert [line_of(WIRE, WIRE.text.index(word)) for word in ("Chen", "agir", "Quatre", "mercredi")] == [1, 1, 2, 2]
