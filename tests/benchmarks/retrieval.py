"""Precision at 1 of an encoder on the held-out news and United Nations sentences.

    python tests/benchmarks/retrieval.py [--encoder NAME_OR_PATH] [--data DIR]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from consistency.align.encoders import load_encoder  # noqa: E402
from consistency.training.card import figures_table, measure  # noqa: E402


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--encoder", default="embedded")
    arguments = parser.parse_args()
    encoder = load_encoder(arguments.encoder)
    print(f"{encoder.name}@{encoder.revision}\n\n{figures_table(measure(encoder, arguments.data))}")


if __name__ == "__main__":
    main()
