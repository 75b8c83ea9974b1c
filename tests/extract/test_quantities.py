"""Quantities of six languages: exact spans, values, units and bounds."""

from __future__ import annotations

import tomllib
from decimal import Decimal

import pytest
from babel import Locale
from babel.numbers import get_decimal_symbol

from consistency.extract.numerals import other_reading, parse_digits, quantities_table, roman_value
from consistency.extract.quantities import find_quantities
from consistency.extract.units import convert, is_currency, units
from consistency.languages.loader import PACKS
from consistency.segment import segment
from consistency.types import DateValue, Document, Mention, MentionKind, QuantityValue

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")


def load_examples(language: str) -> list[dict[str, object]]:
    with (PACKS / language / "examples_quantities.toml").open("rb") as file:
        examples: list[dict[str, object]] = tomllib.load(file)["examples"]
    return examples


EXAMPLES = [(language, example) for language in LANGUAGES for example in load_examples(language)]


def read(text: str, language: str) -> tuple[Mention, ...]:
    segmented = segment(Document("a", "a", text, language))
    return find_quantities(segmented, ())[0]


def shown(value: QuantityValue) -> str:
    def one(number: Decimal) -> str:
        plain = number.normalize()
        return f"{plain:f}" if len(plain.as_tuple().digits) < 20 else f"{plain:.4f}"

    return one(value.low) if value.low == value.high else f"{one(value.low)}..{one(value.high)}"


@pytest.mark.parametrize(
    ("language", "example"), EXAMPLES, ids=lambda v: v if isinstance(v, str) else v["text"]
)
def test_examples_of_the_packs(language: str, example: dict[str, object]) -> None:
    found = []
    for mention in read(str(example["text"]), language):
        value = mention.value
        assert isinstance(value, QuantityValue)
        found.append([mention.text, shown(value), value.unit, value.bound])
    assert found == example["found"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_pack_has_thirty_examples_and_traps(language: str) -> None:
    examples = load_examples(language)
    assert len(examples) >= 30
    assert len({example["text"] for example in examples}) == len(examples)
    assert any(example["found"] == [] for example in examples)


@pytest.mark.parametrize(
    ("language", "example"), EXAMPLES, ids=lambda v: v if isinstance(v, str) else v["text"]
)
def test_spans_give_the_mention_back_inside_other_text(language: str, example: dict[str, object]) -> None:
    text = f"— {example['text']} —"
    for mention in read(text, language):
        assert text[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_decimal_mark_is_that_of_cldr(language: str) -> None:
    expected = "." if language == "ar" else get_decimal_symbol(Locale.parse(language))
    # CLDR gives Arabic the Arabic mark for Arabic-Indic digits; with European digits, as in most wires, it is the point.
    assert quantities_table(language).decimals[0] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_currencies_are_iso_codes(language: str) -> None:
    table = quantities_table(language)
    codes = {unit for unit in (*table.units.values(), *table.units_before.values()) if is_currency(unit)}
    assert codes <= set(Locale.parse("en").currencies)


@pytest.mark.parametrize(
    ("written", "language", "value", "other"),
    [
        ("1,000.00", "en", "1000.00", None),
        ("1.000,00", "es", "1000.00", None),
        ("1.500", "es", "1500", "1.500"),
        ("1.500", "en", "1.500", "1500"),
        ("1,500", "es", "1.500", "1500"),
        ("1.234.567", "en", "1234567", None),
        ("0,125", "fr", "0.125", None),
        ("3,2", "ru", "3.2", None),
    ],
)
def test_marks_by_locale(written: str, language: str, value: str, other: str | None) -> None:
    table = quantities_table(language)
    assert parse_digits(written, table) == Decimal(value)
    assert other_reading(written, table) == (None if other is None else Decimal(other))


def test_numbers_inside_dates_are_left_to_the_dates() -> None:
    text = "In 2017 the 36 ministers met."
    segmented = segment(Document("a", "a", text, "en"))
    date = segmented.mention(MentionKind.DATE, 3, 7, DateValue("year", year=2017))
    mentions, unchecked = find_quantities(segmented, (date,))
    assert [mention.text for mention in mentions] == ["36"]
    assert unchecked == ()


def test_written_figure_scale_and_noun_are_kept() -> None:
    (mention,) = read("3.2万人", "zh")
    value = mention.value
    assert isinstance(value, QuantityValue)
    assert (value.low, value.mantissa, value.scale) == (Decimal(32000), Decimal("3.2"), Decimal(10000))
    assert (value.counted, value.is_word) == ("人", False)


def test_counted_noun_of_words() -> None:
    (mention,) = read("three hundred soldiers", "en")
    value = mention.value
    assert isinstance(value, QuantityValue)
    assert (value.low, value.counted, value.is_word) == (Decimal(300), "soldiers", True)


def test_empty_text_has_no_quantities() -> None:
    assert read("", "en") == ()


@pytest.mark.parametrize(
    ("written", "value"), [("xix", 19), ("xv", 15), ("iv", 4), ("civil", None), ("iiii", None), ("", None)]
)
def test_roman_numerals(written: str, value: int | None) -> None:
    assert roman_value(written) == value


def test_conversion_is_exact() -> None:
    assert convert(Decimal(100), "mile", "km") == Decimal("160.9344")
    assert convert(Decimal(0), "celsius", "fahrenheit") == Decimal(32)
    assert convert(Decimal(12), "month", "year") == Decimal(1)
    assert convert(Decimal(1), "mile", "kg") is None


def test_units_stand_in_one_dimension_only() -> None:
    assert len(units()) > 50
