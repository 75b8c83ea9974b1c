"""The model card: what the encoder was made from, how good it is, and what it cannot do."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from consistency.align.encoders import Encoder
from consistency.training.evaluate import pairs, read_ntrex, read_un, retrieval
from consistency.training.export import NUMBER_WEIGHT
from consistency.training.trainer import FINISH, Settings

LICENCES = {
    "tw_laws": "official texts of law of Taiwan, simplified with OpenCC",
    "canada_laws": "Open Government Licence - Canada",
    "tatoeba": "CC BY 2.0 FR (Tatoeba)",
    "tico19": "CC0 (TICO-19)",
    "xquad": "CC BY-SA 4.0 (XQuAD)",
    "un_dev": "United Nations Parallel Corpus v1.0, free use with the UN acknowledged as the source",
    "ms_docs": "CC BY 4.0 (Microsoft Docs)",
    "cedict": "CC BY-SA 4.0 (CC-CEDICT)",
    "names": "MIT (transliterated names)",
    "pivot": "mined from the sets above through shared English sentences",
}


@dataclass(frozen=True, slots=True)
class Figure:
    """Precision at 1 on one set: pair of languages, pool, and (there, back) by cosine and by margin."""

    data: str
    pair: str
    pool: int
    cosine: tuple[float, float]
    margin: tuple[float, float]


def measure(encoder: Encoder, data: Path) -> list[Figure]:
    """Retrieval on the held-out news sentences (fifteen pairs) and United Nations sentences (six)."""
    texts = read_ntrex(data)
    vectors = {code: encoder.encode(sentences) for code, sentences in texts.items()}
    figures: list[Figure] = []
    for one, other in pairs():
        found = retrieval(vectors[one], vectors[other])
        figures.append(Figure("NTREX dev", f"{one}-{other}", len(texts[one]), found["cosine"], found["margin"]))
    for (one, other), (left, right) in read_un(data).items():
        found = retrieval(encoder.encode(left), encoder.encode(right))
        figures.append(Figure("UN dev", f"{one}-{other}", len(left), found["cosine"], found["margin"]))
    return figures


def figures_table(figures: list[Figure]) -> str:
    """The figures as a Markdown table."""
    lines = ["| set | pair | pool | cosine, there / back | margin, there / back |", "|---|---|---|---|---|"]
    lines += [
        f"| {f.data} | {f.pair} | {f.pool:,} | {f.cosine[0]:.3f} / {f.cosine[1]:.3f} "
        f"| {f.margin[0]:.3f} / {f.margin[1]:.3f} |"
        for f in figures
    ]
    return "\n".join(lines)


def licence_of(name: str) -> str:
    """Licence of a training set, by the beginning of its file name."""
    own = name.split("/")[1]
    return next(licence for start, licence in LICENCES.items() if own.startswith(start))


def write_card(
    path: Path, settings: Settings, sizes: list[tuple[str, int]], figures: list[Figure], revision: str, entries: int
) -> None:
    """Write the card, with front matter that both libraries' hubs read."""
    rows = "\n".join(f"| {name} | {count:,} | {licence_of(name)} |" for name, count in sizes)
    path.write_text(
        f"""---
language: [ar, en, es, fr, ru, zh]
library_name: model2vec
tags: [sentence-transformers, model2vec, static-embeddings]
license: cc-by-sa-4.0
---

# Embedded encoder, revision {revision}

A static sentence encoder for Arabic, Chinese, English, French, Russian and Spanish: {entries:,} token vectors of
{settings.dimensions} dimensions, stored as int8 with one scale a row, averaged and scaled to unit length. It proposes
which sentences of two documents to compare and decides no fact. `model2vec.StaticModel.from_pretrained` and
`sentence_transformers.SentenceTransformer` both load this folder.

Made by `python -m consistency.training --data DIR`, seed {settings.seed}: {settings.steps:,} steps of {settings.batch:,}
pairs, symmetric in-batch softmax over cosines (scale {settings.scale:g}), lazy Adam from {settings.learning_rate:g}
decaying linearly, {settings.pieces:.0%} of the longer words in pieces; then {FINISH.steps:,} more steps from
{FINISH.learning_rate:g} at scale {FINISH.scale:g}. Numbers weigh {NUMBER_WEIGHT:g}. What was tried besides stands in
docs/encoder.md.

## Training data

| set | pairs | licence |
|---|---|---|
{rows}

Nothing under `dev/` was trained on. CC-CEDICT and XQuAD are under CC BY-SA 4.0, and so are these weights.

## Precision at 1

Share of sentences whose nearest neighbour among all of the pool in the other language is their translation. Margin: the
cosine less half the mean cosine to the ten nearest neighbours on each side.

{figures_table(figures)}

## Limits

- A mean of token vectors knows no word order and no negation: "A thanked B" and "B thanked A" are the same to it.
- Names and words that the training text lacks are made of pieces; Russian and Latin names share theirs, Arabic and
  Chinese ones do not.
- The training text is legal, diplomatic, technical and everyday. Slang, verse and dialects are out of its range.
""",
        encoding="utf-8",
    )
