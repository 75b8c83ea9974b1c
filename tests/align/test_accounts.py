"""The aligner for accounts, the choice between the two aligners, and anchors."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from consistency.align import align, align_claims
from consistency.align.accounts import Link, clauses, group, select
from consistency.align.anchors import anchor_key, find_anchors
from consistency.align.encoders import load_encoder
from consistency.align.scores import yardstick
from consistency.align.speech import Voice, relation, relations
from consistency.types import (
    AnalysedDocument,
    Analysis,
    Claim,
    DateValue,
    Mention,
    MentionKind,
    Person,
    PersonValue,
    PlaceValue,
    Polarity,
    QuantityValue,
    Role,
    Speaker,
)
from tests.align.documents import document, links

EN = yardstick()["en"]
ZH = yardstick()["zh"]
RU = yardstick()["ru"]
DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "dev" / "real_events"


def test_accounts_meet_in_any_order_and_the_rest_stays_unmatched() -> None:
    left = [ZH[0], ZH[3], ZH[8], ZH[4]]
    right = [EN[4], EN[10], EN[0], EN[7], EN[5]]
    found = align(document("l", "zh", left), document("r", "en", right), encoder=load_encoder(), mode="accounts")
    assert links(found) == [((0,), (2,)), ((3,), (0,))]


def test_a_long_sentence_meets_the_sentences_that_say_its_parts() -> None:
    left = [f"{ZH[4][:-1]}；{ZH[6][:-1]}；{ZH[2]}", ZH[9]]
    right = [EN[2], EN[4], EN[6], EN[11]]
    found = align(document("l", "zh", left), document("r", "en", right), encoder=load_encoder(), mode="accounts")
    assert links(found) == [((0,), (0, 1, 2))]


def test_unrelated_accounts_share_nothing_sure() -> None:
    left, right = document("l", "ru", RU[:4]), document("r", "en", EN[6:10])
    found = align(left, right, encoder=load_encoder(), mode="accounts")
    assert len(found) <= 1
    assert all(a.score < 0.5 for a in found)


def test_the_structure_decides_the_mode() -> None:
    encoder = load_encoder()
    translation = align(document("l", "ru", RU), document("r", "en", EN), encoder=encoder)
    assert {a.mode for a in translation} == {"translation"}
    mixed = align(
        document("l", "ru", RU[:9]), document("r", "en", [EN[8], EN[10], EN[3], EN[11], EN[0], EN[9]]), encoder=encoder
    )
    assert {a.mode for a in mixed} == {"accounts"}


def test_swapping_the_accounts_swaps_the_alignments() -> None:
    left = document("l", "zh", [*ZH[:5], f"{ZH[6][:-1]}，{ZH[7]}"], headline=True)
    right = document("r", "en", [EN[4], EN[7], EN[0], EN[6], EN[2]], headline=True)
    there = align(left, right, encoder=load_encoder(), mode="accounts")
    back = align(right, left, encoder=load_encoder(), mode="accounts")
    assert sorted((a.left_sentences, a.right_sentences, a.score, a.similarity) for a in there) == sorted(
        (a.right_sentences, a.left_sentences, a.score, a.similarity) for a in back
    )


def test_an_empty_document_aligns_with_nothing() -> None:
    assert align(document("l", "en", []), document("r", "en", EN), encoder=load_encoder()) == ()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("两国元首同意，双方外交团队保持战略沟通；开展经常性磋商活动。", ["两国元首同意，双方外交团队保持战略沟通；", "开展经常性磋商活动。"]),
        ("He urged restraint, but she did not agree with him at all.", ["He urged restraint,", "but she did not agree with him at all."]),
        ("Yes, we can.", ["Yes, we can."]),
        ("1,300 people", ["1,300 people"]),
        ("", []),
    ],
)
def test_clauses(text: str, pieces: list[str]) -> None:
    assert clauses(text) == pieces


def test_a_pair_is_kept_where_it_is_the_best_of_either_side() -> None:
    odds = np.asarray([[3.0, 1.0], [2.0, -2.0]], dtype=np.float32)
    kept = select(odds, np.zeros((2, 2), dtype=np.float32))
    assert [(link.left, link.right) for link in kept] == [(0, 0), (0, 1), (1, 0)]


def test_groups_are_stars() -> None:
    pairs = [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (3, 5), (4, 5)]
    found = group([Link(i, j, 1.0, 0.5) for i, j in pairs])
    assert found == [((0,), (1, 2)), ((1, 2), (3,)), ((3,), (4,)), ((3, 4), (5,))] or found == [
        ((0,), (1, 2)),
        ((1, 2), (3,)),
        ((3,), (4,)),
        ((3,), (5,)),
        ((4,), (5,)),
    ]
    assert sorted((i, j) for a, b in found for i in a for j in b) == sorted(pairs)


# --- anchors ----------------------------------------------------------------------------------------------


def mention(kind: MentionKind, where: AnalysedDocument, sentence: int, text: str, value: object) -> Mention:
    start = where.text.index(text, where.sentences[sentence].start)
    return Mention(kind, where.id, start, start + len(text), text, sentence, value)  # type: ignore[arg-type]


def with_mentions() -> tuple[AnalysedDocument, AnalysedDocument, Analysis]:
    left = document("prc", "zh", ["秦刚6月14日通电话。", "共有3人。", "他离开。"])
    right = document("us", "en", ["Three people came.", "Qin spoke on June 14.", "It rained."])
    lefts = (
        mention(MentionKind.PERSON, left, 0, "秦刚", PersonValue("full", "秦刚")),
        mention(MentionKind.DATE, left, 0, "6月14日", DateValue("day", month=6, day=14)),
        mention(MentionKind.QUANTITY, left, 1, "3人", QuantityValue(Decimal(3), Decimal(3))),
    )
    rights = (
        mention(MentionKind.QUANTITY, right, 0, "Three people", QuantityValue(Decimal("3.0"), Decimal("3.0"))),
        mention(MentionKind.PERSON, right, 1, "Qin", PersonValue("surname", "Qin")),
        mention(MentionKind.DATE, right, 1, "June 14", DateValue("day", year=2023, month=6, day=14)),
    )
    one = document("prc", "zh", [left.sentence_text(i) for i in range(3)], mentions=lefts)
    other = document("us", "en", [right.sentence_text(i) for i in range(3)], mentions=rights)
    person = Person("p1", (("en", ("Qin",)), ("zh", ("秦刚",))), (lefts[0].id, rights[1].id))
    return one, other, Analysis((one, other), (person,))


def test_anchors_are_equal_values_with_their_words() -> None:
    left, right, analysis = with_mentions()
    found = find_anchors(left, right, analysis)
    shown = {
        pair: [(a.kind, left.text[slice(*a.left)], right.text[slice(*a.right)]) for a in anchors]
        for pair, anchors in found.by_pair.items()
    }
    assert shown == {
        (0, 1): [("person", "秦刚", "Qin"), ("date", "6月14日", "June 14")],
        (1, 0): [("quantity", "3人", "Three people")],
    }


def test_a_person_needs_the_cluster() -> None:
    left, right, _ = with_mentions()
    assert [a.kind for a in find_anchors(left, right).by_pair[0, 1]] == ["date"]


def test_rare_values_weigh_more() -> None:
    words = [f"Item {n}." for n in range(6)]
    left = document("l", "en", words)
    right = document("r", "en", words)
    sides = []
    for where in (left, right):
        places = [
            mention(MentionKind.PLACE, where, n, "Item", PlaceValue("country:CN")) for n in range(4)
        ] + [mention(MentionKind.PLACE, where, 5, "Item", PlaceValue("city:bern"))]
        sides.append(document(where.id, "en", words, mentions=places))
    table = find_anchors(*sides)
    assert table.weight(5, 5) > table.weight(0, 0) > 0
    assert table.of((0, 1), (2,))[0].kind == "place"


def test_a_date_without_parts_names_nothing() -> None:
    left = document("l", "en", ["Recently."])
    assert anchor_key(mention(MentionKind.DATE, left, 0, "Recently", DateValue("day")), None) is None


def test_anchors_decide_between_like_sentences() -> None:
    left, right, analysis = with_mentions()
    found = align(left, right, encoder=load_encoder(), analysis=analysis, mode="accounts")
    assert ((0,), (1,)) in links(found)
    assert {a.kind for a in next(f for f in found if f.left_sentences == (0,)).anchors} == {"person", "date"}


# --- speakers and claims ----------------------------------------------------------------------------------


def voice(*persons: str, shared: bool = False, countries: tuple[str, ...] = ()) -> Voice:
    return Voice(frozenset(persons), frozenset(countries), shared)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (voice("p1"), voice("p1"), 1),
        (voice("p1"), voice("p2"), -1),
        (voice("p1", countries=("CN",)), voice(countries=("CN",)), 1),
        (voice(countries=("CN",)), voice(countries=("US",)), -1),
        (voice("p1"), voice(countries=("US",)), 0),
        (voice(shared=True), voice(shared=True), 1),
        (voice("p1"), voice(shared=True), 0),
        (voice("p1"), None, 0),
    ],
)
def test_relation_of_voices(one: Voice, other: Voice | None, expected: int) -> None:
    assert relation(one, other) == expected
    assert relation(other, one) == expected


def test_relations_tell_different_from_mixed() -> None:
    different, mixed = relations([voice("p1"), None], [voice("p2"), voice(shared=True), voice("p1")])
    assert different.tolist() == [[1, 0, 0], [0, 0, 0]]
    assert mixed.tolist() == [[0, 1, 0], [0, 0, 0]]


def claims_of(where: AnalysedDocument) -> list[Claim]:
    return [
        Claim(
            id=f"{where.id}:c{s.index + 1}",
            document=where.id,
            sentence=s.index,
            start=s.start,
            end=s.end,
            act="state",
            force=None,
            polarity=Polarity.POSITIVE,
            speaker=Speaker("narrator"),
            proposition_start=s.start,
            proposition_end=s.end,
        )
        for s in where.sentences
    ]


def test_claims_meet_and_others_stay_alone() -> None:
    left = document("l", "zh", [ZH[0], ZH[4], ZH[8]])
    right = document("r", "en", [EN[4], EN[3], EN[0]])
    left = document("l", "zh", [ZH[0], ZH[4], ZH[8]], claims=claims_of(left))
    right = document("r", "en", [EN[4], EN[3], EN[0]], claims=claims_of(right))
    encoder = load_encoder()
    found = align_claims(left, right, align(left, right, encoder=encoder), encoder=encoder)
    assert [(a.left_claims, a.right_claims) for a in found] == [(("l:c1",), ("r:c3",)), (("l:c2",), ("r:c1",))]
    assert all(0 < a.score < 1 and a.similarity > 0.2 for a in found)


def test_documents_without_claims_have_no_aligned_claims() -> None:
    left, right = document("l", "zh", ZH), document("r", "en", EN)
    assert align_claims(left, right, (), encoder=load_encoder()) == ()


# --- real events ------------------------------------------------------------------------------------------


def real_events() -> list[tuple[str, dict[str, list[list[int]]]]]:
    table = tomllib.loads((Path(__file__).parent / "real_events.toml").read_text(encoding="utf-8"))
    return sorted(table.items())


@pytest.mark.skipif(not DATA.is_dir(), reason="SHARED DATA ABSENT: the real events are not measured here")
@pytest.mark.parametrize(("name", "gold"), real_events())
def test_the_gold_fits_the_segmentation(name: str, gold: dict[str, list[list[int]]]) -> None:
    from consistency.ingest import read_document
    from consistency.segment import segment

    counts = [len(segment(read_document(str(DATA / name / file), role=Role.ACCOUNT)).sentences) for file in ("prc.zh.md", "us.en.md")]
    assert counts == gold["sentences"]
