"""Sentence encoders behind one small protocol.

The embedded encoder ships with the package and is loaded with model2vec (no PyTorch). Any other name is a
sentence-transformers model, by name or by path, imported only when it is asked for. There is no fall-back: an
encoder that cannot be loaded is an error.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from consistency.errors import EncoderError
from consistency.languages.loader import traditional_to_simplified

EMBEDDED = "embedded"


class Encoder(Protocol):
    """Turns texts into unit vectors, so that texts with the same meaning lie close together in any language."""

    name: str
    """As the user gave it: 'embedded', a model's name, or a path."""
    revision: str
    """What tells two versions of the same model apart; part of the report."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of shape (len(texts), d) with unit rows; a text with nothing to encode gives a row of zeros."""
        ...


@dataclass(frozen=True, slots=True)
class Words:
    """Words of several texts: `texts[i]` holds rows of `vectors` (unit, (v, d)) and of `weights` (v,), in order."""

    texts: list[NDArray[np.int64]]
    vectors: NDArray[np.float32]
    weights: NDArray[np.float32]


def load_encoder(name: str = EMBEDDED) -> Encoder:
    """The encoder of that name; loaded once a process.

    Raises:
        EncoderError: the model is not on disk and cannot be fetched, or a library that it needs is missing.
    """
    return _load(name)


@cache
def _load(name: str) -> Encoder:
    return embedded() if name == EMBEDDED else SentenceTransformerEncoder(name)


@cache
def embedded() -> EmbeddedEncoder:
    """The encoder of the package, loaded once a process."""
    return EmbeddedEncoder()


def embedded_path() -> Path:
    """Folder of the embedded encoder's weights, tokenizer and model card."""
    return Path(str(resources.files("consistency") / "models" / "embedded"))


class _Uncopied:
    """A tokenizer that model2vec may call and does not copy.

    `StaticModel` deep-copies its tokenizer. With this vocabulary the copy costs 150 MB and half of the loading time, and
    nobody else holds the original.
    """

    def __init__(self, tokenizer: Any, unknown: int | None) -> None:
        self._tokenizer = tokenizer
        self._unknown = unknown

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tokenizer, name)

    def __deepcopy__(self, memo: dict[int, Any]) -> _Uncopied:
        return self

    def get_vocab(self) -> _Counted:
        # model2vec asks for the words to count them and for their median length, which only a `max_length` needs.
        # Handing out 130,000 strings to be sorted takes a third of the time and 30 MB of a cold start.
        return _Counted(self._tokenizer.get_vocab_size())

    def to_str(self) -> str:
        # Asked for the id of the unknown token alone; the whole would be written and parsed again.
        return json.dumps({"model": {"unk_id": self._unknown}})


@dataclass(frozen=True, slots=True)
class _Counted:
    """A vocabulary of which only the size and the ids are told."""

    size: int

    def items(self) -> list[tuple[str, int]]:
        return [("", index) for index in range(self.size)]


_HAN = re.compile("[\u3400-\u9fff]")


def _as_trained(texts: Sequence[str]) -> list[str]:
    """The texts with Chinese in simplified characters, which alone the encoder was trained on."""
    return [traditional_to_simplified(text) if _HAN.search(text) else text for text in texts]


class EmbeddedEncoder:
    """The static encoder that ships with the package: a mean of token vectors."""

    def __init__(self, path: Path | None = None) -> None:
        """Load the model at `path` (default: the one in the package).

        Raises:
            EncoderError: the folder lacks a file, or holds one that cannot be read.
        """
        folder = path or embedded_path()
        missing = [name for name in ("model.safetensors", "tokenizer.json", "config.json") if not (folder / name).is_file()]
        if missing:
            raise EncoderError(
                f"the embedded encoder lacks {', '.join(missing)} in {folder}: reinstall the package, "
                "or train the encoder with python -m consistency.training"
            )
        from model2vec import StaticModel
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        try:
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            arrays = load_file(folder / "model.safetensors")
            found = re.search(rb'"unk_id":\s*(\d+)', (folder / "tokenizer.json").read_bytes())
            unknown = int(found.group(1)) if found else None
            tokenizer: Any = _Uncopied(Tokenizer.from_file(str(folder / "tokenizer.json")), unknown)
            self._model: Any = StaticModel(
                arrays["embeddings"],
                tokenizer,
                config=config,
                normalize=config["normalize"],
                weights=arrays["weights"],
                max_length=None,
            )
        except Exception as error:  # safetensors, tokenizers and json each raise classes of their own
            raise EncoderError(f"the embedded encoder in {folder} cannot be read: {error}") from error
        self.name = EMBEDDED
        self.revision = str(config.get("revision", "unknown"))

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Encoder.encode`."""
        if not texts:
            return np.zeros((0, self._model.dim), dtype=np.float32)
        # One process and one thread: the same bytes on every machine, and documents are small.
        return unit_rows(self._model.encode(_as_trained(texts), max_length=None, use_multiprocessing=False))


    def words(self, texts: Sequence[str]) -> Words:
        """The tokens of each text with their vectors; a vector's length before scaling is the token's weight."""
        tokens = self._model.tokenize(_as_trained(texts))
        present = np.unique(np.concatenate([np.asarray(ids, dtype=np.int64) for ids in [[], *tokens]]))
        rows = self._model.embedding[present].astype(np.float32) * self._model.weights[present][:, None]
        lengths = np.linalg.norm(rows, axis=1)
        kept = lengths > 1e-6
        present, rows, lengths = present[kept], rows[kept], lengths[kept]
        known = set(present.tolist())
        return Words(
            [np.searchsorted(present, np.asarray([i for i in ids if i in known], dtype=np.int64)) for ids in tokens],
            unit_rows(rows),
            lengths.astype(np.float32),
        )


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by name or path."""

    def __init__(self, name: str) -> None:
        """Load `name`: a folder, or a model's name (fetched if it is not in the local cache).

        Raises:
            EncoderError: sentence-transformers is not installed, or the model cannot be found, fetched or read.
        """
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderError(
                f"the encoder {name!r} needs sentence-transformers, which cannot be imported ({error}): "
                "install it, or use --encoder embedded"
            ) from error
        try:
            self._model: Any = SentenceTransformer(name, device="cpu")
        except Exception as error:  # the hub, safetensors, transformers and torch each raise classes of their own
            raise EncoderError(
                f"the encoder {name!r} is neither a folder with a sentence-transformers model nor a model that could "
                f"be fetched ({type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else 'no details'}); "
                "give a path, download it beforehand, or use --encoder embedded"
            ) from error
        self.name = name
        self.revision = _revision(name, self._model)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See `Encoder.encode`."""
        # A text of white space is encoded with the others, so that the shape is right, and then set to zero.
        found = self._model.encode(
            [*texts, "."], batch_size=32, show_progress_bar=False, convert_to_numpy=True
        )[: len(texts)]
        vectors = unit_rows(found)
        vectors[[row for row, text in enumerate(texts) if not text.strip()]] = 0.0
        return vectors


def unit_rows(vectors: NDArray[Any]) -> NDArray[np.float32]:
    """`vectors` as float32 with rows of length one; rows of zeros (and of non-numbers) become zeros."""
    rows = np.nan_to_num(np.asarray(vectors, dtype=np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(np.divide(rows, lengths, out=np.zeros_like(rows), where=lengths > 1e-12), dtype=np.float32)


def _revision(name: str, model: Any) -> str:
    """Commit of a fetched model; for a folder, a hash of its configuration and of its files' names and sizes."""
    folder = Path(name)
    if folder.is_dir():
        digest = hashlib.sha256()
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            digest.update(f"{path.relative_to(folder).as_posix()}\t{path.stat().st_size}\n".encode())
            if path.suffix == ".json" and path.stat().st_size < 1_000_000:
                digest.update(path.read_bytes())
        return f"local-{digest.hexdigest()[:12]}"
    configuration = getattr(getattr(model[0], "auto_model", None), "config", None)
    return str(getattr(configuration, "_commit_hash", None) or "unknown")
