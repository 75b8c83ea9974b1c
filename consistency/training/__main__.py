"""Train the embedded encoder: python -m consistency.training --data DIR --output DIR

Reads the training sets under DATA (docs/encoder.md lists them), trains, measures on DATA/dev, and writes weights,
tokenizer, configuration and model card to OUTPUT. The same data, versions and seed give the same vocabulary; the
vectors may differ in the last digits between processors.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
import time
from pathlib import Path

from consistency.align.encoders import EmbeddedEncoder, embedded_path
from consistency.training.batches import Decompositions, tokenise
from consistency.training.card import measure, write_card
from consistency.training.corpus import load_pair_sets, pivot
from consistency.training.export import lighter_numbers, save_model
from consistency.training.prune import piece_tokenizer, prune
from consistency.training.trainer import FINISH, Settings, train
from consistency.training.vocabulary import build_tokenizer, build_vocabulary

PIVOT_PAIRS = 20_000
"""Mined pairs for each two languages that share English sentences."""


def main() -> int:
    """Run the training; exit status 0, or 2 where the data are missing."""
    parser = argparse.ArgumentParser(prog="python -m consistency.training", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="directory with parallel/, lexicon/, names/ and dev/")
    parser.add_argument("--output", type=Path, default=embedded_path(), help="where the model is written")
    for name, kind in (("steps", int), ("batch", int), ("dimensions", int), ("seed", int)):
        parser.add_argument(f"--{name}", type=kind, default=getattr(Settings(), name))
    arguments = parser.parse_args()
    settings = dataclasses.replace(
        Settings(),
        steps=arguments.steps,
        batch=arguments.batch,
        dimensions=arguments.dimensions,
        seed=arguments.seed,
    )
    began = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - began:6.0f} s  {what}", file=sys.stderr, flush=True)

    try:
        pair_sets = load_pair_sets(arguments.data)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    vocabulary = build_vocabulary(pair_sets)
    say(f"wide vocabulary: {len(vocabulary):,} entries")
    pair_sets += pivot(pair_sets, PIVOT_PAIRS)
    say(f"{sum(map(len, pair_sets)):,} pairs in {len(pair_sets)} sets")
    sets = tokenise(pair_sets, build_tokenizer(vocabulary))
    vocabulary, sets = prune(vocabulary, sets)
    tokenizer = build_tokenizer(vocabulary)
    say(f"tokenised; vocabulary pruned to {len(vocabulary):,} entries")
    parts = Decompositions(tokenizer, piece_tokenizer(vocabulary))
    module = train(tokenizer, sets, parts, settings)
    if settings.steps == Settings().steps:
        finish = dataclasses.replace(FINISH, batch=settings.batch, dimensions=settings.dimensions)
        module = train(tokenizer, sets, parts, finish, initial=module.embedding.weight.detach().numpy())
    table = lighter_numbers(module.embedding.weight.detach().numpy(), tokenizer)
    revision = save_model(table, tokenizer, arguments.output)
    say(f"trained; revision {revision}")
    figures = measure(EmbeddedEncoder(arguments.output), arguments.data)
    sizes = [(s.name, len(s)) for s in pair_sets]
    write_card(arguments.output / "README.md", settings, sizes, figures, revision, len(vocabulary))
    say(f"measured; model and card in {arguments.output}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
