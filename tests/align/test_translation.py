"""The aligner for translations, on sentences written for these tests."""

from __future__ import annotations

import numpy as np
import pytest

from consistency.align import align
from consistency.align.anchors import AnchorTable
from consistency.align.encoders import load_encoder
from consistency.align.scores import scale_of, yardstick
from consistency.align.translation import Side, align_translation
from tests.align.documents import document, links

EN = yardstick()["en"]
FR = yardstick()["fr"]
ZH = yardstick()["zh"]


def aligned(left: list[str], right: list[str], languages: tuple[str, str] = ("fr", "en")) -> list[tuple[object, object]]:
    encoder = load_encoder()
    return links(
        align(document("l", languages[0], left), document("r", languages[1], right), encoder=encoder, mode="translation")
    )


def one_to_one(count: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [((i,), (i,)) for i in range(count)]


@pytest.mark.parametrize("language", ["zh", "fr", "es", "ar", "ru"])
def test_a_translation_in_order_is_aligned_one_to_one(language: str) -> None:
    assert aligned(list(yardstick()[language]), list(EN), (language, "en")) == one_to_one(12)


def test_dropped_sentences_stay_without_counterpart() -> None:
    right = [text for number, text in enumerate(EN) if number not in (0, 4, 5, 11)]
    assert aligned(list(FR), right) == [((i,), (j,)) for j, i in enumerate(n for n in range(12) if n not in (0, 4, 5, 11))]


def test_an_added_sentence_stays_without_counterpart() -> None:
    right = [*EN[:3], "The price of a ticket has doubled since last summer.", *EN[3:6]]
    assert aligned(list(FR[:6]), right) == [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), (4,)), ((4,), (5,)), ((5,), (6,))]


def test_two_sentences_made_into_one() -> None:
    right = [EN[0], f"{EN[1][:-1]}, and {EN[2][0].lower()}{EN[2][1:]}", *EN[3:6]]
    assert aligned(list(FR[:6]), right) == [((0,), (0,)), ((1, 2), (1,)), ((3,), (2,)), ((4,), (3,)), ((5,), (4,))]


def test_one_sentence_made_into_two() -> None:
    right = [EN[0], "The government urged both sides.", "They should return to the negotiating table.", *EN[5:7]]
    assert aligned([FR[0], FR[4], FR[5], FR[6]], right) == [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,)), ((3,), (4,))]


def test_a_moved_sentence_is_found() -> None:
    right = [*EN[1:8], EN[0]]
    assert sorted(aligned(list(FR[:8]), right)) == [((0,), (7,)), *[((i,), (i - 1,)) for i in range(1, 8)]]


def test_swapping_the_sides_swaps_the_blocks() -> None:
    left, right = [*ZH[:4], *ZH[6:]], [*FR[2:5], FR[0], *FR[5:]]
    there = aligned(left, right, ("zh", "fr"))
    back = aligned(right, left, ("fr", "zh"))
    assert sorted(there) == sorted((b, a) for a, b in back)


def test_nothing_to_align() -> None:
    assert aligned([], list(EN)) == []
    assert aligned(list(FR), []) == []


def test_unrelated_texts_are_left_apart() -> None:
    assert aligned(list(FR[:4]), list(EN[6:10])) == []


def test_one_sentence_each() -> None:
    encoder = load_encoder()
    found = align(document("l", "zh", [ZH[4]]), document("r", "en", [EN[4]]), encoder=encoder)
    assert [(a.left_sentences, a.right_sentences, a.mode) for a in found] == [((0,), (0,), "translation")]
    assert 0.5 < found[0].score <= 1
    assert found[0].similarity > 0.3


def test_sentences_without_words_do_no_harm() -> None:
    assert aligned([FR[0], "***", FR[1]], [EN[0], "***", EN[1]])[0] == ((0,), (0,))


def many(count: int) -> tuple[list[int], Side, Side]:
    """Random unit vectors and noisy copies of them, a tenth of the copies left out; which copies there are."""
    rng = np.random.default_rng(3)
    left = rng.normal(size=(count, 64)).astype(np.float32)
    kept = [int(i) for i in np.flatnonzero(rng.random(count) > 0.1)]
    right = left[kept] + 0.4 * rng.normal(size=(len(kept), 64)).astype(np.float32)
    sides = [Side(x / np.linalg.norm(x, axis=1, keepdims=True), np.full(len(x), 80.0)) for x in (left, right)]
    return kept, sides[0], sides[1]


def test_a_long_document_goes_through_the_band() -> None:
    kept, left, right = many(700)
    blocks = align_translation(left, right, AnchorTable({}), scale_of(load_encoder()))
    pairs = {(b.left[0], b.right[0]) for b in blocks if len(b.left) == len(b.right) == 1}
    wanted = {(i, j) for j, i in enumerate(kept)}
    assert len(pairs & wanted) >= 0.99 * len(wanted)
    assert len(pairs - wanted) <= 0.02 * len(wanted)


def test_a_block_in_the_band_has_the_cosine_of_its_sums() -> None:
    rng = np.random.default_rng(5)
    left = rng.normal(size=(300, 32)).astype(np.float32)
    left /= np.linalg.norm(left, axis=1, keepdims=True)
    # The right side joins sentences 100 and 101, weighted by their lengths as the aligner weighs them.
    joined = 3 * left[100] + left[101]
    right = np.vstack([left[:100], joined / np.linalg.norm(joined), left[102:]])
    lengths = np.full(300, 50.0)
    lengths[100] = 150.0
    others = np.concatenate([lengths[:100], [200.0], lengths[102:]])
    blocks = align_translation(Side(left, lengths), Side(right, others), AnchorTable({}), scale_of(load_encoder()))
    block = next(b for b in blocks if b.left[0] == 100)
    assert (block.left, block.right) == ((100, 101), (100,))
    assert block.similarity == pytest.approx(1.0, abs=1e-3)
