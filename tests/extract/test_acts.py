"""The ladder of force: which acts render one another, which do not, and that nothing compares with what is not on it."""

from __future__ import annotations

import pytest

from consistency.extract.acts import ActsTable, act_phrases, compare_force, ladder
from consistency.languages.loader import available, fold, load
from consistency.types import Outcome


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("urge", "call_on"),
        ("hope", "ask"),
        ("point_out", "stress"),
        ("say", "explain"),
        ("oppose", "firmly_oppose"),
        ("agree", "sign"),
    ],
)
def test_renderings_agree(left: str, right: str) -> None:
    assert compare_force(left, right).outcome is Outcome.AGREE
    assert compare_force(right, left).outcome is Outcome.AGREE


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("hope", "urge"),
        ("urge", "demand"),
        ("hope", "require"),
        ("discuss", "agree"),
        ("mention", "commit"),
        ("willing", "commit"),
        ("agree", "commit"),
        ("not_support", "oppose"),
        ("concern", "condemn"),
        ("urge", "agree"),
    ],
)
def test_steps_conflict(left: str, right: str) -> None:
    assert compare_force(left, right).outcome is Outcome.CONFLICT
    assert compare_force(right, left).outcome is Outcome.CONFLICT


@pytest.mark.parametrize(
    ("left", "right"), [("thank", "urge"), ("say", "hope"), ("deny", "accuse"), ("nonsense", "say")]
)
def test_acts_without_a_common_scale_are_unknown(left: str, right: str) -> None:
    assert compare_force(left, right).outcome is Outcome.UNKNOWN


@pytest.mark.parametrize("language", available())
def test_every_pack_knows_the_acts_that_checks_rest_on(language: str) -> None:
    table = load(language, "acts", ActsTable)
    assert set(table.phrases) <= set(ladder())
    needed = {
        "say",
        "stress",
        "hope",
        "call_on",
        "urge",
        "oppose",
        "condemn",
        "agree",
        "commit",
        "discuss",
        "willing",
    }
    assert needed <= set(table.phrases)


def test_a_phrase_with_a_gap() -> None:
    text = "He expressed his serious concern about it."
    matcher = act_phrases("en")
    assert matcher is not None
    found = [(text[a:b], act) for a, b, act in matcher.find(fold(text, "en"), 0, len(text))]
    assert found == [("expressed his serious concern", "concern")]
