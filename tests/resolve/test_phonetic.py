"""Costs of transliteration: the same name, a slip in it, another name, or not to be told."""

from __future__ import annotations

import pytest

from consistency.resolve import phonetic
from consistency.resolve.likeness import Likeness, NameForm, compare, compare_words
from consistency.resolve.phonetic_training import reference_pairs


@pytest.mark.parametrize(
    ("language", "form", "latin", "expected"),
    [
        ("zh", "布林肯", "Blinken", "same"),
        ("zh", "沙利文", "Sullivan", "same"),
        ("zh", "耶伦", "Yellen", "same"),
        ("zh", "克伦威尔", "Cromwell", "same"),
        ("zh", "沙利文", "Blinken", "other"),
        ("zh", "威洛克", "Willoughby", "slip"),  # 威洛比
        ("ru", "Блинкен", "Blinken", "same"),
        ("ru", "Блинкену", "Blinken", "same"),  # dative
        ("ru", "Салливан", "Blinken", "other"),
        ("ar", "بلينكن", "Blinken", "same"),
        ("ar", "وبلينكن", "Blinken", "same"),  # "and Blinken"
        ("ar", "سوليفان", "Blinken", "other"),
    ],
)
def test_judge(language: str, form: str, latin: str, expected: str) -> None:
    fit = phonetic.best_fit(form, latin, language)
    assert fit is not None
    assert phonetic.judge(fit, language) == expected


def test_a_language_without_costs_gives_none() -> None:
    assert phonetic.best_fit("Blinken", "Blinken", "fr") is None


@pytest.mark.parametrize("language", ["ru", "ar"])
def test_held_out_names_of_the_reference(language: str) -> None:
    """Floors for people whose names the table was not made from; a random pairing as the other class."""
    pairs = [(form, latin) for form, latin, _ in reference_pairs(language, held_out=True) if len(form) > 3]
    assert len(pairs) > 300
    verdicts = [
        phonetic.judge(fit, language)
        for form, latin in pairs
        if (fit := phonetic.best_fit(form, latin, language))
    ]
    shifted = [(form, pairs[(number + 97) % len(pairs)][1]) for number, (form, _) in enumerate(pairs)]
    random = [
        phonetic.judge(fit, language)
        for form, latin in shifted
        if (fit := phonetic.best_fit(form, latin, language))
    ]
    assert verdicts.count("same") >= 0.93 * len(verdicts)
    assert verdicts.count("other") <= 0.02 * len(verdicts)
    assert random.count("other") >= 0.95 * len(random)
    assert random.count("same") <= 0.02 * len(random)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (("en", "putin"), ("fr", "poutine"), Likeness.SAME),
        (("en", "zelensky"), ("fr", "zelensky"), Likeness.SAME),
        (("en", "antony"), ("fr", "anthony"), Likeness.NEAR),
        (("en", "jones"), ("fr", "durand"), Likeness.DIFFERENT),
        (("en", "erdogan"), ("es", "erdoğan"), Likeness.SAME),
        (("en", "charles"), ("es", "carlos"), Likeness.SAME),
        (("en", "jinping"), ("en", "jinpeng"), Likeness.NEAR),
        (("ru", "трампа"), ("ru", "трампом"), Likeness.SAME),
        (("zh", "布林肯"), ("zh", "沙利文"), Likeness.DIFFERENT),
        (("zh", "大卫"), ("en", "david"), Likeness.SAME),
    ],
)
def test_compare_words(a: tuple[str, str], b: tuple[str, str], expected: Likeness) -> None:
    assert compare_words(a[1], a[0], b[1], b[0]) is expected
    assert compare_words(b[1], b[0], a[1], a[0]) is expected


def test_compare_full_names() -> None:
    qin = NameForm("zh", "秦刚", "秦", "刚", True)
    assert compare(qin, NameForm("fr", "Qin Gang", "Qin", "Gang", True)) is Likeness.SAME
    assert compare(qin, NameForm("fr", "Chen Gang", "Chen", "Gang", True)) is Likeness.DIFFERENT
    blinken = NameForm("en", "Antony J. Blinken", "Blinken", "Antony", True)
    assert compare(blinken, NameForm("zh", "安东尼·布林肯", "布林肯", "安东尼", True)) is Likeness.SAME
    assert compare(blinken, NameForm("fr", "Anthony Blinken", "Blinken", "Anthony", True)) is Likeness.NEAR
