"""The weights that ship with the package: both libraries load them, and they fit."""

from __future__ import annotations

import hashlib
import json

import numpy as np
import pytest

from consistency.align.encoders import embedded_path, load_encoder
from consistency.align.scores import yardstick

LIMIT = 40_000_000
"""Bytes that the folder may take in the package."""


def test_the_folder_fits_the_package() -> None:
    assert sum(path.stat().st_size for path in embedded_path().rglob("*") if path.is_file()) <= LIMIT


def test_weights_are_int8_rows_with_one_scale_each() -> None:
    from safetensors.numpy import load_file

    tensors = load_file(embedded_path() / "model.safetensors")
    assert sorted(tensors) == ["embeddings", "weights"]
    assert tensors["embeddings"].dtype == np.int8
    assert tensors["weights"].dtype == np.float32
    assert tensors["weights"].shape == tensors["embeddings"].shape[:1]


def test_the_revision_is_the_hash_of_what_is_there() -> None:
    from safetensors.numpy import load_file

    tensors = load_file(embedded_path() / "model.safetensors")
    content = tensors["embeddings"].tobytes() + tensors["weights"].tobytes()
    digest = hashlib.sha256(content + (embedded_path() / "tokenizer.json").read_bytes()).hexdigest()
    configuration = json.loads((embedded_path() / "config.json").read_text(encoding="utf-8"))
    assert configuration["revision"] == digest[:12]
    assert digest[:12] in (embedded_path() / "README.md").read_text(encoding="utf-8")


def test_sentence_transformers_gives_the_same_vectors() -> None:
    sentence_transformers = pytest.importorskip("sentence_transformers")
    texts = [text for sentences in yardstick().values() for text in sentences]
    model = sentence_transformers.SentenceTransformer(str(embedded_path()), device="cpu")
    assert np.allclose(model.encode(texts), load_encoder().encode(texts), atol=1e-5)


@pytest.mark.parametrize("code", ["zh", "fr", "es", "ar", "ru"])
def test_each_language_finds_its_translations(code: str) -> None:
    encoder = load_encoder()
    cosines = encoder.encode(yardstick()[code]) @ encoder.encode(yardstick()["en"]).T
    assert cosines.argmax(axis=1).tolist() == list(range(12))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Владимир Мединский", "Vladimir Medinsky"),  # a name in Cyrillic shares its pieces with the Latin form
        ("Élysée", "Elysee"),
        ("أحمد", "احمد"),
        ("２０２３年", "2023年"),
        ("МОСКВА", "москва"),
    ],
)
def test_spellings_of_one_word_stay_close(one: str, other: str) -> None:
    vectors = load_encoder().encode([one, other])
    assert float(vectors[0] @ vectors[1]) > 0.5
