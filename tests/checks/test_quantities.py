"""Quantities compared by value: pairing, conversion, rounding, dates on one side, order of accounts."""

from __future__ import annotations

import pytest

from consistency.checks.base import Settings
from consistency.checks.qty101 import run as run_internal
from consistency.checks.qty201 import run as run_values
from consistency.checks.qty202 import run as run_scales
from consistency.extract.dates import find_dates
from consistency.extract.quantities import find_quantities
from consistency.reference import load_reference
from consistency.segment import segment
from consistency.types import (
    Agreement,
    Alignment,
    AnalysedDocument,
    Analysis,
    Document,
    Finding,
    Role,
    Severity,
    Unchecked,
)

SETTINGS = Settings(load_reference())


def analysed(identity: str, text: str, language: str, role: Role = Role.ACCOUNT) -> AnalysedDocument:
    segmented = segment(Document(identity, identity, text, language, role))
    dates, _ = find_dates(segmented)
    quantities, _ = find_quantities(segmented, dates)
    mentions = sorted((*dates, *quantities), key=lambda mention: (mention.start, mention.end, mention.kind))
    return AnalysedDocument(segmented.document, segmented.sentences, segmented.quotations, tuple(mentions))


def compared(left: AnalysedDocument, right: AnalysedDocument) -> Analysis:
    whole = Alignment(
        left.id, tuple(range(len(left.sentences))), right.id, tuple(range(len(right.sentences))), 0.9
    )
    return Analysis((left, right), alignments=(whole,))


def findings(account: tuple[str, str], copy: tuple[str, str]) -> list[tuple[str, str]]:
    analysis = compared(analysed("account", *account), analysed("copy", *copy, Role.COPY))
    return [
        (result.check, result.subjects[0].text)
        for run in (run_values, run_scales)
        for result in run(analysis, SETTINGS)
        if isinstance(result, Finding)
    ]


@pytest.mark.parametrize(
    ("account", "copy"),
    [
        ("The road is 100 miles long.", "La route fait 160 km de long."),
        ("It was 80 degrees Fahrenheit.", "Il faisait 27 degrés."),
        (
            "A quarter of the 2,847 voters stayed at home.",
            "25 % des quelque 2 800 électeurs sont restés chez eux.",
        ),
        ("They talked for an hour and a half; 90 minutes in all.", "Ils ont parlé pendant 90 minutes."),
        ("The visit lasted 24 hours.", "La visite a duré 1 jour."),
        ("It sold 30 thousand cars.", "Elle a vendu 30 000 voitures."),
        ("In 2017, 40 people came.", "40 personnes sont venues en 2017."),
    ],
)
def test_what_works_out_is_no_finding(account: str, copy: str) -> None:
    assert findings((account, "en"), (copy, "fr")) == []


@pytest.mark.parametrize(
    ("account", "copy", "found"),
    [
        ("The road is 100 miles long.", "La route fait 100 km de long.", ("QTY201", "100 km")),
        ("It rose by 50 percent.", "Elle a augmenté de 50.", ("QTY201", "50")),
        ("It sold 1,234 cars.", "Elle a vendu 1 243 voitures.", ("QTY201", "1 243")),
        (
            "It cost 30 million dollars.",
            "Il a coûté 30 milliards de dollars.",
            ("QTY202", "30 milliards de dollars"),
        ),
        ("It cost 30 million dollars.", "Il a coûté 30 millions d'euros.", ("QTY201", "30 millions d'euros")),
        ("He met the three ministers.", "Il a rencontré les cinq ministres.", ("QTY201", "cinq")),
        ("Five weeks remain.", "Il reste cinq jours.", ("QTY201", "cinq jours")),
    ],
)
def test_what_does_not_work_out_is_a_finding(account: str, copy: str, found: tuple[str, str]) -> None:
    assert findings((account, "en"), (copy, "fr")) == [found]


def test_a_copy_may_round_and_may_not_invent_precision() -> None:
    assert findings(("It has 2,847 members.", "en"), ("Il compte environ 2 800 membres.", "fr")) == []
    assert findings(("It has about 2,800 members.", "en"), ("Il compte environ 2 847 membres.", "fr")) == [
        ("QTY201", "2 847")
    ]


def test_a_number_of_the_copy_without_partner_is_unknown() -> None:
    analysis = compared(
        analysed("account", "The two sides discussed grain.", "en"),
        analysed("copy", "双方讨论了350万吨粮食。", "zh", Role.COPY),
    )
    results = list(run_values(analysis, SETTINGS))
    assert [type(result) for result in results] == [Unchecked]
    assert results[0].start == 5


def test_agreements_are_counted() -> None:
    analysis = compared(
        analysed("account", "It sold 3.2 million cars.", "en"),
        analysed("copy", "售出320万辆汽车。", "zh", Role.COPY),
    )
    assert [type(result) for result in run_values(analysis, SETTINGS)] == [Agreement]


def test_between_accounts_both_are_subjects_and_order_does_not_matter() -> None:
    one = analysed("a", "The delegation had 36 members.", "en")
    other = analysed("b", "代表团有63名成员。", "zh")

    def spans(analysis: Analysis) -> set[tuple[str, str, str]]:
        (found,) = [r for r in run_values(analysis, SETTINGS) if isinstance(r, Finding)]
        assert found.severity is Severity.WARNING
        return {(span.document, span.text, span.role) for span in found.spans}

    assert (
        spans(compared(one, other))
        == spans(compared(other, one))
        == {("a", "36", "subject"), ("b", "63", "subject")}
    )


def test_small_words_on_one_side_raise_no_alarm() -> None:
    assert findings(("He spoke to both sides.", "en"), ("Il a parlé aux deux parties.", "fr")) == []
    assert findings(("He came again.", "en"), ("Il est venu une deuxième fois.", "fr")) == []


def test_an_unrelated_paragraph_changes_nothing() -> None:
    headline = "Earthquake kills 213 people on the northern coast"
    body = "An earthquake killed 231 people on the northern coast, officials said."
    document = analysed("a", f"{headline}\n\n{body}", "en")
    longer = analysed("a", f"{headline}\n\n{body}\n\nThe football match was watched by 512 people.", "en")
    found = [r for r in run_internal(Analysis((document,)), SETTINGS) if isinstance(r, Finding)]
    assert [span.text for span in found[0].subjects] == ["213", "231"]
    assert found == [r for r in run_internal(Analysis((longer,)), SETTINGS) if isinstance(r, Finding)]


def aligned_lines(account: str, copy: str, language: str, pairs: list[tuple[int, int]]) -> list[str]:
    """Subjects of what is found where only these sentences are aligned."""
    left, right = analysed("account", account, "en"), analysed("copy", copy, language, Role.COPY)
    alignments = tuple(Alignment(left.id, (i,), right.id, (j,), 0.9) for i, j in pairs)
    results = run_values(Analysis((left, right), alignments=alignments), SETTINGS)
    return [result.subjects[0].text for result in results if isinstance(result, Finding)]


def test_a_sentence_that_the_aligner_left_out_is_compared_with_the_one_at_its_place() -> None:
    account = "The talks began late. A total of 832 people died. The talks ended early."
    copy = "Les pourparlers ont commencé tard. Au total, {} personnes sont mortes. Ils ont fini tôt."
    ends = [(0, 0), (2, 2)]
    assert aligned_lines(account, copy.format(823), "fr", ends) == ["823"]
    assert aligned_lines(account, copy.format(832), "fr", ends) == []


def test_a_sentence_cut_in_two_is_found_again() -> None:
    account = "The talks began late. Police arrested 45 people, and 832 died. The talks ended early."
    copy = "Les pourparlers ont commencé tard. La police a arrêté 45 personnes. Il y a eu {} morts. Ils ont fini tôt."
    pairs = [(0, 0), (1, 1), (2, 3)]
    assert aligned_lines(account, copy.format(832), "fr", pairs) == []
    assert aligned_lines(account, copy.format(823), "fr", pairs) == ["823"]


def test_a_number_that_moved_to_the_next_sentence_is_no_finding() -> None:
    account = "Exports rose to 4,512 tonnes in one year. Imports fell by 37 percent."
    copy = "Les exportations ont augmenté. Elles ont atteint 4 512 tonnes et les importations ont baissé de 37 %."
    assert aligned_lines(account, copy, "fr", [(0, 0), (1, 1)]) == []


@pytest.mark.parametrize(
    ("account", "copy", "language"),
    [
        ("It rained 2 to 4 inches, in places 10.", "Il est tombé de 5 à 10 cm, par endroits 25.", "fr"),
        ("It will reach 80 degrees.", "气温将达到26度。", "zh"),
        ("The 6-foot-6 forward.", "El delantero mide 1,98 m.", "es"),
        ("More than a dozen people died.", "十多人死亡。", "zh"),
        ("About a third of the area is water.", "约三分之一的面积是水域。", "zh"),
        (
            "No vaccine is expected in less than 18 months.",
            "Aucun vaccin n'est attendu avant au moins 18 mois.",
            "fr",
        ),
        ("483,918 people were reached.", "وصلت المساعدات إلى 918 483 شخصا.", "ar"),
        ("45 and 46 per cent of them.", "其中的45%和46%。", "zh"),
        ("Two 18-year-olds and a 20-year-old were arrested.", "Trois jeunes gens ont été arrêtés.", "fr"),
    ],
)
def test_what_languages_say_differently_is_no_finding(account: str, copy: str, language: str) -> None:
    assert findings((account, "en"), (copy, language)) == []


def test_a_number_of_a_name_is_only_held_against_the_same_name() -> None:
    assert findings(("The COVID-19 wards.", "en"), ("Les services COVID-91.", "fr")) == [("QTY201", "91")]
    assert findings(("The COVID-19 wards.", "en"), ("Les services du G20.", "fr")) == []
