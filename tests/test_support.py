"""Verdicts on the sentences of a copy, and that COV201 tells the same."""

from __future__ import annotations

import pytest

from consistency.checker import Checker
from consistency.types import Document, Report, Role

PRC = "王毅在日内瓦会见了法国外长。王毅强调，台湾问题是中国核心利益中的核心。双方讨论了气候变化问题。"
FR = (
    "Le ministre a rencontré Wang Yi à Genève. Ils ont discuté du changement climatique. "
    "Le ministre a fait part de sa préoccupation concernant les droits de l'homme."
)
WIRE = (
    "Wang Yi met the French foreign minister in Geneva. "
    "The Taiwan question is the core of China's core interests, Wang stressed. "
    "The two sides discussed climate change."
)
STRANGE = " A volcano in Iceland destroyed 300 houses of fishermen overnight."


def report(copy: str) -> Report:
    checker = Checker()
    found = checker.run(
        [
            Document("prc", "prc", PRC, "zh"),
            Document("fr", "fr", FR, "fr"),
            Document("wire", "wire", copy, "en", Role.COPY),
        ]
    )
    assert found.failures == ()
    return found


@pytest.fixture(scope="module")
def clean() -> Report:
    return report(WIRE)


@pytest.fixture(scope="module")
def marred() -> Report:
    return report(WIRE + STRANGE)


def test_what_an_account_says_is_supported(clean: Report) -> None:
    assert [(s.sentence, s.verdict) for s in clean.support] == [(0, "supported"), (1, "supported"), (2, "supported")]
    assert clean.support[1].by == ("prc",)
    assert not [f for f in clean.findings if f.check == "COV201"]


def test_what_nobody_says_is_unsupported_and_reported(marred: Report) -> None:
    assert [s.verdict for s in marred.support][-1] == "unsupported"
    [finding] = [f for f in marred.findings if f.check == "COV201"]
    assert finding.spans[0].text == STRANGE.strip()
    assert finding.message.startswith("Neither 'fr' nor 'prc' supports this sentence")


def test_an_omission_is_shown_on_the_account_and_names_the_copy(clean: Report) -> None:
    [finding] = [
        f
        for f in clean.findings
        if f.check == "COV101" and "leaves out" in f.message and f.spans[0].document == "fr"
    ]
    assert finding.spans[0].text == "Le ministre a fait part de sa préoccupation concernant les droits de l'homme."
    assert finding.values[0] == "wire"
    assert finding.severity == "note"


def test_nothing_of_prc_is_left_out(clean: Report) -> None:
    assert not [
        f for f in clean.findings if f.check == "COV101" and "leaves out" in f.message and f.spans[0].document == "prc"
    ]


@pytest.mark.parametrize(
    ("copy", "expected"),
    [
        ("Qin Gang et Antony Blinken se sont parlé au téléphone mercredi.", ["应约"]),
        ("À la demande de la partie américaine, Qin Gang a parlé mercredi au téléphone avec Antony Blinken.", []),
    ],
)
def test_who_asked_is_missed_where_the_copy_does_not_tell(copy: str, expected: list[str]) -> None:
    found = Checker().run(
        [
            Document("prc", "prc", "国务委员兼外长秦刚应约同美国国务卿布林肯通电话。", "zh"),
            Document("wire", "wire", copy, "fr", Role.COPY),
        ]
    )
    notes = [f for f in found.findings if f.check == "COV101" and "who asked" in f.message]
    assert [f.spans[0].text for f in notes] == expected
