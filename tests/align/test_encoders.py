"""Encoders: the shape and scale of what they give, and clear errors."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from consistency.align.encoders import EmbeddedEncoder, embedded, embedded_path, load_encoder, unit_rows
from consistency.errors import EncoderError

TEXTS = [
    "国务卿布林肯同外长通电话",
    "Secretary of State Blinken spoke by telephone with the foreign minister",
    "Le secrétaire d'État Blinken s'est entretenu au téléphone avec le ministre des affaires étrangères",
    "Heavy rain closed the mountain road.",
    "",
    "   ",
]


def test_rows_are_unit_vectors_and_empty_texts_are_zero() -> None:
    vectors = load_encoder().encode(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (6, embedded().encode(["x"]).shape[1])
    assert np.allclose(np.linalg.norm(vectors[:4], axis=1), 1.0, atol=1e-5)
    assert not vectors[4:].any()


def test_no_texts_give_no_rows() -> None:
    assert load_encoder().encode([]).shape[0] == 0


def test_translations_lie_closer_than_other_sentences() -> None:
    vectors = load_encoder().encode(TEXTS)
    cosines = vectors @ vectors.T
    assert min(cosines[0, 1], cosines[0, 2], cosines[1, 2]) > max(cosines[0, 3], cosines[1, 3], cosines[2, 3]) + 0.2


def test_the_same_text_gives_the_same_vector_in_any_company() -> None:
    encoder = load_encoder()
    assert np.array_equal(encoder.encode(TEXTS)[1], encoder.encode([TEXTS[1]])[0])


def test_a_long_text_is_read_to_its_end() -> None:
    encoder = load_encoder()
    filler = "The two sides met. " * 600
    one, other = encoder.encode([filler + "Wheat prices rose.", filler + "A ship sank."])
    assert not np.array_equal(one, other)


def test_name_and_revision() -> None:
    encoder = load_encoder("embedded")
    configuration = json.loads((embedded_path() / "config.json").read_text(encoding="utf-8"))
    assert (encoder.name, encoder.revision) == ("embedded", configuration["revision"])


def test_the_encoder_is_loaded_once() -> None:
    assert load_encoder() is load_encoder("embedded") is embedded()


def test_a_missing_embedded_model_is_an_error_that_names_the_files(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"lacks model\.safetensors, tokenizer\.json, config\.json"):
        EmbeddedEncoder(tmp_path)


def test_a_broken_embedded_model_is_an_error(tmp_path: Path) -> None:
    for name in ("model.safetensors", "tokenizer.json", "config.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    with pytest.raises(EncoderError, match="cannot be read"):
        EmbeddedEncoder(tmp_path)


def test_a_folder_without_a_model_is_an_error_and_no_fall_back(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    with pytest.raises(EncoderError, match="--encoder embedded"):
        load_encoder(str(tmp_path))


def test_a_sentence_transformers_model_by_path(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding
    from tokenizers import Tokenizer, models, pre_tokenizers

    tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "red": 1, "rouge": 2, "ship": 3}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    table = np.asarray([[0, 0], [2, 0], [2, 0], [0, 3]], dtype=np.float32)
    SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=table)]).save(str(tmp_path / "tiny"))
    encoder = load_encoder(str(tmp_path / "tiny"))
    assert encoder.name == str(tmp_path / "tiny")
    assert encoder.revision.startswith("local-")
    assert encoder.encode(["red", "rouge", "ship", ""]).tolist() == [[1, 0], [1, 0], [0, 1], [0, 0]]


def test_the_embedded_encoder_needs_no_torch() -> None:
    code = (
        "import sys; from consistency.align.encoders import load_encoder; load_encoder().encode(['a']);"
        "sys.exit('torch' in sys.modules or 'sentence_transformers' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_words_weigh_less_where_they_are_frequent() -> None:
    words = embedded().words(["the wheat", "the ship"])
    assert [len(text) for text in words.texts] == [2, 2]
    the, wheat = (float(words.weights[row]) for row in words.texts[0])
    assert the < wheat
    assert np.allclose(np.linalg.norm(words.vectors, axis=1), 1.0, atol=1e-5)


def test_unit_rows_leave_zeros_and_drop_what_is_no_number() -> None:
    found = unit_rows(np.asarray([[3.0, 4.0], [0.0, 0.0], [np.nan, 2.0]]))
    assert np.allclose(found, [[0.6, 0.8], [0, 0], [0, 1]])
