"""Errors planted in clean documents: exact spans, right words kept, the same seed the same error."""

from __future__ import annotations

import random
import re

import pytest

from consistency.evaluation.cases import Case
from consistency.evaluation.mutations import (
    Block,
    Material,
    Site,
    mutate,
    mutators,
    paragraph_blocks,
    plant,
    sites,
)
from consistency.evaluation.mutations.matching import longest, word_pattern
from consistency.evaluation.mutations.names import _misspelt
from consistency.evaluation.mutations.tables import tables
from consistency.segment import segment
from consistency.types import (
    AnalysedDocument,
    Document,
    Family,
    Mention,
    MentionKind,
    OfficeValue,
    PersonValue,
    Role,
)

SEEDS = range(6)


def read(document: Document, *mentions: Mention) -> AnalysedDocument:
    segmented = segment(document)
    return AnalysedDocument(document, segmented.sentences, segmented.quotations, mentions)


def pair(source: str, copy: str, language: str) -> tuple[Case, tuple[Block, ...]]:
    left = Document("source", "source", source, "en")
    right = Document("copy", "copy", copy, language, Role.COPY)
    return Case("doc", "set", (left, right)), paragraph_blocks(read(left), read(right))


def planted_in(source: str, copy: str, language: str, family: Family, seed: int = 1) -> list[tuple[str, str, str]]:
    """(kind, words that were right, words put) of all sites of a family."""
    _, blocks = pair(source, copy, language)
    material = Material(("Autre phrase ajoutée ici.",), ("tout autre chose",))
    return [(s.kind, copy[s.start : s.end], s.replacement) for s in sites(blocks, family, material, seed)]


SOURCES = {
    "fr": (
        "On Wednesday, June 14, 2023, France bought 125 aircraft for $3.5 billion in Paris.\n\n"
        'He said "no deal" and did not promise 40 percent to three envoys.\n\nPrime Minister May hopes it could work.',
        "Mercredi 14 juin 2023, France a acheté 125 avions pour 3,5 milliards de dollars à Paris.\n\n"
        "Il a dit « pas d’accord » et n’a pas promis 40 % à trois envoyés.\n\n"
        "Le premier ministre May espère que cela pourrait marcher.",
    ),
    "zh": (
        "On Wednesday, June 14, 2023, France bought 125 aircraft for 350 million in Paris.\n\n"
        'He said "no deal" and did not promise 40 percent to three envoys.\n\nPrime Minister May hopes it could work.',
        "2023年6月14日星期三，法国在巴黎以3.5亿购买125架飞机。\n\n他说“不成交”，没有承诺给三名特使40%。\n\n梅首相希望这可能会成功。",
    ),
}


@pytest.mark.parametrize("language", sorted(SOURCES))
@pytest.mark.parametrize("family", [f for f in mutators() if f not in (Family.NAME, Family.ATTRIBUTION, Family.TERM)])
def test_an_error_is_recorded_with_its_exact_span_and_can_be_taken_back(language: str, family: Family) -> None:
    case, blocks = pair(*SOURCES[language], language)
    copy = case.documents[1]
    made = 0
    for seed in SEEDS:
        for site in sites(blocks, family, Material(("Autre phrase ajoutée ici.",), ("tout autre chose",)), seed):
            mutated = plant(case, copy, site, seed)
            text = mutated.documents[1].text
            assert mutated.documents[0] == case.documents[0]
            assert text != copy.text
            [planted] = mutated.planted
            assert text[planted.span.start : planted.span.end] == planted.quote != ""
            assert planted.family is family
            end = site.start + len(site.replacement)
            assert text[: site.start] + planted.correct + text[end:] == copy.text
            made += 1
    assert made >= len(SEEDS)


@pytest.mark.parametrize("language", sorted(SOURCES))
def test_the_same_seed_plants_the_same_error_and_another_one_another(language: str) -> None:
    case, blocks = pair(*SOURCES[language], language)

    def texts(seed: int) -> list[str]:
        made, _ = mutate(case, blocks, Family.DATE, material=Material(), seed=seed, count=2)
        return [m.documents[1].text for m in made]

    assert texts(1) == texts(1)
    assert len({tuple(texts(seed)) for seed in SEEDS}) > 1


def test_several_errors_are_of_different_kinds_as_far_as_there_are_sites() -> None:
    case, blocks = pair(*SOURCES["fr"], "fr")
    made, number = mutate(case, blocks, Family.DATE, material=Material(), seed=3, count=4)
    assert sorted(m.planted[0].kind for m in made) == ["day", "month", "weekday", "year"]
    assert number == 4
    assert mutate(case, blocks, Family.TERM, material=Material(), seed=3) == ((), 0)


@pytest.mark.parametrize(
    ("source", "copy", "language", "family"),
    [
        # The source names another day, country or figure, or none: nothing that the source holds is in the copy.
        ("It rained on Monday.", "Il a plu mardi.", "fr", Family.DATE),
        ("It rained.", "Il a plu en juin 2023.", "fr", Family.DATE),
        ("Spain won.", "L’équipe de France a gagné.", "fr", Family.PLACE),
        ("They bought 12.", "Ils en ont acheté 13.", "fr", Family.QUANTITY),
        ("He spoke.", "Il n’a pas parlé.", "fr", Family.POLARITY),
        ("He did not speak.", "Il a refusé.", "fr", Family.POLARITY),
        ("He wept.", "Il espère.", "fr", Family.MODALITY),
        # A date's year and day are no quantities; nor are centuries, clock times, telephone numbers and names.
        ("June 14, 2023", "14 juin 2023", "fr", Family.QUANTITY),
        ("the 17th century", "17世纪", "zh", Family.QUANTITY),
        ("at 5 p.m.", "下午5点", "zh", Family.QUANTITY),
        ("call 555-2368", "appelez le 555-2368", "fr", Family.QUANTITY),
        ("the G20 met", "le G20 s’est réuni", "fr", Family.QUANTITY),
        # 墨西哥城 is another place than 墨西哥, 朝鲜半岛 than 朝鲜.
        ("Mexico City", "墨西哥城", "zh", Family.PLACE),
        ("North Korea and the peninsula", "朝鲜半岛", "zh", Family.PLACE),
        # 上周一名: the one of Monday is a figure here.
        ("On Monday a man", "上周一名男子", "zh", Family.DATE),
        # 会 and 能 inside nouns and 是 inside conjunctions are no verbs.
        ("parliament, function and but", "议会的功能，但是总是", "zh", Family.POLARITY),
        # Two negations: nobody can say which one the source has.
        ("He did not speak or eat.", "Il n’a pas parlé, il n’a pas mangé.", "fr", Family.POLARITY),
        # A reflexive pronoun: "se n'est pas" would be no French.
        ("They met.", "Ils se sont vus.", "fr", Family.POLARITY),
        ("It must be good.", "Esto se debe a Holt.", "es", Family.POLARITY),
        # The source quotes nothing.
        ("He spoke of a so-called deal.", "Il a parlé d’un « prétendu accord ».", "fr", Family.QUOTE),
    ],
)
def test_nothing_is_planted_where_the_source_does_not_hold_the_fact(
    source: str, copy: str, language: str, family: Family
) -> None:
    assert planted_in(source, copy, language, family) == []


@pytest.mark.parametrize(
    ("source", "copy", "language", "family", "kind", "right", "allowed"),
    [
        ("on Monday", "lundi", "fr", Family.DATE, "weekday", "lundi", {"mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"}),
        ("on Monday", "в понедельник", "ru", Family.DATE, "weekday", "в понедельник", {"во вторник", "в среду", "в четверг", "в пятницу", "в субботу", "в воскресенье"}),
        ("on Monday", "周一", "zh", Family.DATE, "weekday", "周一", {"周二", "周三", "周四", "周五", "周六", "周日"}),
        ("in 2016", "en 2016", "fr", Family.DATE, "year", "2016", {"2006", "2014", "2015", "2017", "2018", "2026"}),
        ("two years", "两年", "zh", Family.QUANTITY, "number word", "两年", {"三年", "四年"}),
        ("five people", "пять человек", "ru", Family.QUANTITY, "number word", "пять", {"шесть", "семь", "восемь"}),
        ("2 billion", "2 mil millones", "es", Family.QUANTITY, "scale slip", "mil millones", {"millones"}),
        ("3 trillion", "3万亿", "zh", Family.QUANTITY, "scale slip", "万亿", {"亿"}),
        ("40 per cent", "40 %", "fr", Family.QUANTITY, "percent lost", "40 %", {"40"}),
        ("Portugal", "Portugal", "fr", Family.PLACE, "country", "Portugal", {"Espagne"}),
        ("It can work.", "它能成功。", "zh", Family.POLARITY, "negation added", "能", {"不能"}),
        ("It cannot work.", "它不能成功。", "zh", Family.POLARITY, "negation dropped", "不能", {"能"}),
        ("It is rare.", "Es raro.", "es", Family.POLARITY, "negation added", "Es", {"No es"}),
        ("They have voted.", "Ils ont voté.", "fr", Family.POLARITY, "negation added", "ont", {"n’ont pas"}),
        ("He never hid it.", "Je ne suis jamais venu.", "fr", Family.POLARITY, "negation dropped", "ne suis jamais", {"suis"}),
        ("the prime minister", "le premier ministre", "fr", Family.OFFICE, "other office", "premier ministre", {"président", "vice-président"}),
        ("They urged calm.", "他们敦促冷静。", "zh", Family.MODALITY, "other force", "敦促", {"感谢", "祝贺"}),
        ("It might rain.", "Il pourrait pleuvoir.", "fr", Family.MODALITY, "other certainty", "pourrait", {"va"}),
        ("denuclearization of the Korean Peninsula", "朝鲜半岛无核化", "zh", Family.TERM, "other term", "朝鲜半岛无核化", {"朝鲜无核化"}),
    ],
)  # fmt: skip
def test_what_is_planted(
    source: str, copy: str, language: str, family: Family, kind: str, right: str, allowed: set[str]
) -> None:
    put = set()
    for seed in range(40):
        found = [(was, other) for k, was, other in planted_in(source, copy, language, family, seed) if k == kind]
        assert {was for was, _ in found} == {right}
        put |= {other for _, other in found}
    assert put == allowed


def test_digits_changed_stay_a_figure_of_the_same_length_and_differ_from_the_sources() -> None:
    for seed in range(30):
        for kind, right, put in planted_in("12 of 34", "12 sur 34", "fr", Family.QUANTITY, seed):
            assert re.fullmatch(r"[1-9]\d", put)
            assert put not in ("12", "34")
            if kind == "digits transposed":
                assert put == right[::-1]


def person(document: Document, name: str, family: str | None = None) -> Mention:
    start = document.text.index(name)
    value = PersonValue("full" if " " in name else "surname", name, family)
    return Mention(MentionKind.PERSON, document.id, start, start + len(name), name, 0, value)


def named_blocks(source: str, copy: str, language: str, names: list[str], in_copy: list[str]) -> tuple[Block, ...]:
    left, right = Document("source", "source", source, "en"), Document("copy", "copy", copy, language, Role.COPY)
    return paragraph_blocks(
        read(left, *(person(left, n) for n in names)), read(right, *(person(right, n) for n in in_copy))
    )


def test_names_that_the_sources_person_has_are_found_even_where_the_copys_extractor_sees_none() -> None:
    blocks = named_blocks("Mr. Séjourné and Lyon won.", "M. Sejourne et Lyon ont gagné.", "fr", ["Séjourné"], [])
    found = sites(blocks, Family.NAME, Material(), 1)
    assert {(s.start, s.end) for s in found} == {(3, 11)}
    assert {s.kind for s in found} == {"near miss", "other surname"}


def test_another_person_of_the_document_takes_the_place_of_one_that_the_line_names() -> None:
    blocks = named_blocks("Trump spoke.\n\nMoon left.", "Trump a parlé.\n\nMoon est parti.", "fr", ["Trump", "Moon"], ["Trump", "Moon"])
    swapped = [s for s in sites(blocks, Family.NAME, Material(), 1) if s.kind == "another person"]
    assert [(s.start, s.end, s.replacement) for s in swapped] == [(0, 5, "Moon"), (16, 20, "Trump")]


def test_two_offices_swapped_are_two_planted_errors() -> None:
    text = "le ministre Wang et le président Xi"
    copy = Document("copy", "copy", text, "fr", Role.COPY)
    source = Document("source", "source", "Minister Wang and President Xi", "en")

    def office(word: str, function: str, holder: str) -> Mention:
        start = text.index(word)
        value = OfficeValue(function, "CN", holder=holder)
        return Mention(MentionKind.OFFICE, "copy", start, start + len(word), word, 0, value)

    analysed = read(copy, office("ministre", "minister", "a"), office("président", "president", "b"))
    [site] = [
        s
        for s in sites(paragraph_blocks(read(source), analysed), Family.OFFICE, Material(), 1)
        if s.kind == "offices swapped"
    ]
    mutated = plant(Case("doc", "set", (source, copy)), copy, site, 1)
    assert mutated.documents[1].text == "le président Wang et le ministre Xi"
    assert [p.quote for p in mutated.planted] == ["président", "ministre"]
    assert len({p.id for p in mutated.planted}) == 2


@pytest.mark.parametrize("name", ["Kavanaugh", "Блинкен", "卡瓦诺", "بلينكن"])
def test_a_near_miss_keeps_the_first_letter_and_changes_one_place(name: str) -> None:
    letters = tables({"K": "en", "Б": "ru", "卡": "zh", "ب": "ar"}[name[0]]).letters
    for seed in range(60):
        changed = _misspelt(name, letters, random.Random(seed))
        assert changed is not None
        assert changed != name
        assert changed[0] == name[0]
        assert abs(len(changed) - len(name)) <= 1
        assert changed[-1] == name[-1] or name == "卡瓦诺" or changed[-2:] == name[:-3:-1]


@pytest.mark.parametrize("name", ["Xi", "Moon", "O’Neil", "梅"])
def test_no_near_miss_of_names_too_short(name: str) -> None:
    assert _misspelt(name, "aeiou", random.Random(1)) is None


def test_words_taken_out_show_on_the_characters_around_the_gap() -> None:
    copy = Document("copy", "copy", "Y no ha sucedido.", "es", Role.COPY)
    case = Case("doc", "set", (copy,))
    [planted] = plant(case, copy, Site(Family.POLARITY, "negation dropped", 2, 5, ""), 1).planted
    assert (planted.quote, planted.correct) == (" h", "no ")


def test_lines_that_do_not_match_cannot_be_mutated() -> None:
    with pytest.raises(ValueError, match="2 lines against 1"):
        pair("One.\n\nTwo.", "Un et deux.", "fr")


def test_the_longest_word_is_found_first() -> None:
    assert [m.group() for m in longest(["mil", "millones", "mil millones"], "2 mil millones y 3 mil")] == ["mil millones", "mil"]
    assert re.search(word_pattern("mai"), "maison") is None
    assert re.search(word_pattern("亿"), "3亿元") is not None


@pytest.mark.parametrize("language", ["en", "zh", "fr", "es", "ru", "ar"])
def test_all_patterns_of_the_tables_compile_and_nothing_is_put_for_itself(language: str) -> None:
    table = tables(language)
    for entry in (*table.offices, *table.forces, *table.certainties, *table.terms):
        re.compile(entry.find)
        re.compile(entry.source)
        assert all(not re.fullmatch(entry.find, put) for put in entry.put if "\\" not in put)
    for negation in (*table.negations_dropped, *table.negations_added):
        re.compile(negation.find)
    for pattern in (table.negation, table.not_quantities, table.not_after_place, table.not_after_weekday):
        re.compile(pattern)
    for value, forms in table.number_words.items():
        assert value.isdigit()
        assert forms
    for word, others in table.scale_words.items():
        assert word not in others
