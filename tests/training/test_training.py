"""The pieces of the training, on small data made here."""

from __future__ import annotations

import lzma
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("sentence_transformers")
pytest.importorskip("jieba")

from consistency.training.batches import Bags, Decompositions, bags_of, draw, join, tokenise  # noqa: E402
from consistency.training.corpus import PairSet, load_pair_sets, pivot, read_cedict, read_tsv  # noqa: E402
from consistency.training.evaluate import margin_scores, precision_at_1  # noqa: E402
from consistency.training.export import quantise, save_model  # noqa: E402
from consistency.training.prune import entry_class, piece_tokenizer, prune  # noqa: E402
from consistency.training.trainer import Settings, loss_and_gradient, set_weights, thin, train  # noqa: E402
from consistency.training.vocabulary import build_tokenizer, build_vocabulary, fold, in_latin, split_word  # noqa: E402

COLOURS = {
    "en": ["red", "blue", "green", "white", "black"],
    "fr": ["rouge", "bleu", "vert", "blanc", "noir"],
    "ru": ["красный", "синий", "зелёный", "белый", "чёрный"],
    "zh": ["红色", "蓝色", "绿色", "白色", "黑色"],
}
THINGS = {
    "en": ["ship", "house", "tree", "road"],
    "fr": ["navire", "maison", "arbre", "route"],
    "ru": ["корабль", "дом", "дерево", "дорога"],
    "zh": ["船", "房子", "树木", "道路"],
}


def pair_set(left: str, right: str) -> PairSet:
    texts = [
        [f"{colour} {thing} {number}" for colour in COLOURS[code] for thing in THINGS[code] for number in range(10, 20)]
        for code in (left, right)
    ]
    return PairSet(f"{left}-{right}/made_here", left, right, *texts)


@pytest.fixture(scope="module")
def sets() -> list[PairSet]:
    made = [pair_set("fr", "en"), pair_set("ru", "en"), pair_set("zh", "en")]
    return [*made, PairSet("zh-en/cedict", "zh", "en", ["红色"], ["red"])]


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with lzma.open(path, "wt", encoding="utf-8") as file:
        file.write(text)


def test_lines_with_an_empty_side_are_left_out(tmp_path: Path) -> None:
    write(tmp_path / "a.tsv.xz", "un\tone\n\tnothing\nseul\ndeux\ttwo\tmore\n")
    assert list(read_tsv(tmp_path / "a.tsv.xz")) == [("un", "one"), ("deux", "two")]


def test_cedict_glosses_lose_their_notes(tmp_path: Path) -> None:
    write(
        tmp_path / "c.xz",
        "# comment\n會談 会谈 [hui4 tan2] /talks (formal)/to hold talks; discussion/CL:次[ci4]/fourth/fifth/\n"
        "個 个 [ge4] /variant of 箇/\n",
    )
    assert list(read_cedict(tmp_path / "c.xz")) == [("会谈", "talks"), ("会谈", "to hold talks"), ("会谈", "discussion")]


def test_missing_data_are_an_error_that_names_the_option(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="--data"):
        load_pair_sets(tmp_path)


def test_pivot_joins_what_shares_an_english_sentence() -> None:
    one = PairSet("fr-en/un_dev", "fr", "en", ["oui", "non"], ["Yes", "no"])
    other = PairSet("zh-en/un_dev", "zh", "en", ["是", "也许"], ["yes", "maybe"])
    unlike = PairSet("zh-en/tatoeba_x", "zh", "en", ["不"], ["no"])
    found = pivot([one, other, unlike], 10)
    assert [(s.name, s.left, s.right) for s in found] == [("fr-zh/pivot", ["oui"], ["是"])]


@pytest.mark.parametrize(
    ("text", "folded"),
    [("Élysée", "elysee"), ("أحمد وَ", "احمد و"), ("Зелёный", "зеленыи"), ("ＡＢＣ２", "abc2"), ("l’État", "l'etat")],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("word", "language", "parts"),
    [
        ("переговорами", "ru", ("", "переговор", "ами")),
        ("والحكومه", "ar", ("وال", "حكوم", "ه")),
        ("agreements", "en", ("", "agreement", "s")),
        ("go", "en", ("", "go", "")),
    ],
)
def test_splitting_words(word: str, language: str, parts: tuple[str, str, str]) -> None:
    assert split_word(word, language) == parts
    assert "".join(split_word(word, language)) == word


def test_cyrillic_in_latin_letters() -> None:
    assert in_latin("щука") == "shchuka"


def test_the_tokenizer_cuts_as_built(sets: list[PairSet]) -> None:
    tokenizer = build_tokenizer(build_vocabulary(sets))
    assert tokenizer.encode("Rouge navire, 12").tokens[:2] == ["▁rouge", "▁navire"]
    assert "12" in tokenizer.encode("navire 12").tokens
    assert tokenizer.encode("红色船").tokens == ["红色", "船"]
    assert tokenizer.encode("Красный дом").tokens == ["▂krasnyi", "▂dom"]


def test_tokenised_sets_keep_their_pairs(sets: list[PairSet]) -> None:
    tokenizer = build_tokenizer(build_vocabulary(sets))
    [first, *_] = tokenise(sets, tokenizer)
    assert len(first) == 200
    ids = first.left.ids[first.left.offsets[3] : first.left.offsets[4]]
    assert [tokenizer.id_to_token(int(i)) for i in ids] == tokenizer.encode(sets[0].left[3]).tokens


def bags(*texts: list[int]) -> Bags:
    return Bags(np.asarray([i for t in texts for i in t], dtype=np.int32), np.cumsum([0, *map(len, texts)]))


def listed(many: Bags) -> list[list[int]]:
    return [many.ids[a:b].tolist() for a, b in zip(many.offsets, many.offsets[1:], strict=False)]


def test_taking_and_joining_bags() -> None:
    many = bags([1, 2], [3], [4, 5, 6])
    assert listed(many.take(np.asarray([2, 0]))) == [[4, 5, 6], [1, 2]]
    assert listed(join([many, bags([7])])) == [[1, 2], [3], [4, 5, 6], [7]]


def test_thinning_keeps_the_first_token() -> None:
    many = bags([1, 2, 3], [4], [5, 6])
    assert listed(thin(many, 1.0, np.random.default_rng(0))) == [[1], [4], [5]]
    assert thin(many, 0.0, np.random.default_rng(0)) is many


def test_decompositions_take_words_apart(sets: list[PairSet]) -> None:
    vocabulary = build_vocabulary(sets)
    tokenizer = build_tokenizer(vocabulary)
    parts = Decompositions(tokenizer, piece_tokenizer(vocabulary))
    whole = bags_of(["红色船"], tokenizer)
    taken = parts.apply(whole, 1.0, np.random.default_rng(0))
    assert [tokenizer.id_to_token(i) for i in listed(taken)[0]] == ["红", "色", "船"]
    assert listed(parts.apply(whole, 0.0, np.random.default_rng(0))) == listed(whole)


def test_batches_come_from_all_sets_and_never_mix_up_pairs(sets: list[PairSet]) -> None:
    tokenised = tokenise(sets, build_tokenizer(build_vocabulary(sets)))
    batches = draw(tokenised, np.ones(len(tokenised)), 32, 4, np.random.default_rng(1))
    known = {
        (tuple(left), tuple(right))
        for s in tokenised
        for left, right in zip(listed(s.left), listed(s.right), strict=True)
    }
    for _ in range(10):
        left, right, keys = next(batches)
        pairs = list(zip(map(tuple, listed(left)), map(tuple, listed(right)), strict=True))
        assert len(pairs) == len(keys)
        assert set(pairs) <= known


def test_the_written_out_gradient_is_that_of_the_loss() -> None:
    functional = torch.nn.functional
    rng = np.random.default_rng(0)
    left, right = (bags(*[rng.integers(3, 200, rng.integers(1, 9)).tolist() for _ in range(48)]) for _ in range(2))
    keys = np.arange(48)
    keys[5] = keys[9]
    table = torch.randn(200, 32, generator=torch.Generator().manual_seed(1))
    loss, rows, gradient = loss_and_gradient(table, left, right, keys, 12.0)
    leaf = table.clone().requires_grad_(True)

    def encoded(many: Bags) -> object:
        ids, offsets = torch.from_numpy(many.ids.astype(np.int64)), torch.from_numpy(many.offsets[:-1])
        return functional.normalize(functional.embedding_bag(ids, leaf, offsets, mode="sum"), dim=1)

    scores = encoded(left) @ encoded(right).T * 12.0
    same = torch.from_numpy(keys[:, None] == keys[None, :]).fill_diagonal_(False)
    scores = scores.masked_fill(same, -1e4)
    target = torch.arange(48)
    wanted = (functional.cross_entropy(scores, target) + functional.cross_entropy(scores.T, target)) / 2
    wanted.backward()
    assert loss == pytest.approx(float(wanted.detach()), abs=0.01)
    assert float((gradient - leaf.grad[rows]).abs().max()) < 0.02 * float(leaf.grad.abs().max())


def test_sets_are_drawn_by_the_root_of_their_size(sets: list[PairSet]) -> None:
    tokenised = tokenise(sets[:2], build_tokenizer(build_vocabulary(sets)))
    weights = set_weights(tokenised, Settings(boost=(("ru", 2.0),)))
    assert weights.tolist() == pytest.approx([200**0.5, 2 * 200**0.5])


def test_pruning_keeps_single_characters_and_replaces_the_rest(
    sets: list[PairSet], monkeypatch: pytest.MonkeyPatch
) -> None:
    from consistency.training import prune as module

    monkeypatch.setitem(module.BUDGETS, "han", 2)
    vocabulary = build_vocabulary(sets)
    tokenised = tokenise(sets, build_tokenizer(vocabulary))
    smaller, replaced = prune(vocabulary, tokenised)
    entries = [entry for entry, _ in smaller]
    assert sum(entry_class(n, entry) == "han" for n, entry in enumerate(entries)) == 2
    tokenizer = build_tokenizer(smaller)
    chinese = next(n for n, s in enumerate(sets) if s.name.startswith("zh-en/made"))
    assert listed(replaced[chinese].left)[:20] == [
        [i for i in tokenizer.encode(text).ids if i] for text in sets[chinese].left[:20]
    ]


def test_training_learns_and_is_reproducible(sets: list[PairSet], tmp_path: Path) -> None:
    from consistency.align.encoders import EmbeddedEncoder

    vocabulary = build_vocabulary(sets)
    tokenizer = build_tokenizer(vocabulary)
    tokenised = tokenise(sets, tokenizer)
    parts = Decompositions(tokenizer, piece_tokenizer(vocabulary))
    settings = Settings(dimensions=32, steps=120, batch=64, blocks=2, learning_rate=0.05)
    tables = [train(tokenizer, tokenised, parts, settings).embedding.weight.detach().numpy() for _ in range(2)]
    assert np.array_equal(*tables)
    save_model(tables[0], tokenizer, tmp_path)
    encoder = EmbeddedEncoder(tmp_path)
    cosines = encoder.encode(["rouge maison", "синий корабль", "绿色道路"]) @ encoder.encode(
        ["red house", "blue ship", "green road", "black tree"]
    ).T
    assert cosines.argmax(axis=1).tolist() == [0, 1, 2]


def test_quantising_keeps_every_entry_within_half_a_step() -> None:
    table = np.random.default_rng(0).normal(size=(50, 16)).astype(np.float32)
    table[3] = 0
    rows, scale = quantise(table)
    assert rows.dtype == np.int8
    assert np.abs(rows * scale[:, None] - table).max() <= scale.max() / 2 + 1e-6
    assert not rows[3].any()


def test_precision_counts_both_directions() -> None:
    scores = np.asarray([[0.9, 0.1, 0.0], [0.8, 0.5, 0.1], [0.0, 0.2, 0.3]], dtype=np.float32)
    assert precision_at_1(scores) == (pytest.approx(2 / 3), 1.0)


def test_the_margin_takes_hubs_down() -> None:
    similarity = np.asarray([[0.6, 0.3], [0.62, 0.6]], dtype=np.float32)
    assert similarity.argmax(axis=1).tolist() == [0, 0]
    assert margin_scores(similarity).argmax(axis=1).tolist() == [0, 1]


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "consistency.training", "--data", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert found.returncode == 2
    assert "give the data directory with --data" in found.stderr


def test_one_command_makes_a_model_with_its_card(tmp_path: Path) -> None:
    from consistency.align.encoders import EmbeddedEncoder

    data = tmp_path / "data"
    for left in ("fr", "ru", "zh"):
        made = pair_set(left, "en")
        lines = "".join(f"{a}\t{b}\n" for a, b in zip(made.left, made.right, strict=True))
        write(data / "parallel" / f"{left}-en" / "tatoeba_made.tsv.xz", lines)
    write(data / "lexicon" / "cedict_ts.u8.xz", "紅色 红色 [hong2 se4] /red/\n")
    write(data / "names" / "zh-en_transliteration.tsv.xz", "秦\tqin\tqin\ttrain\n")
    (data / "dev" / "ntrex").mkdir(parents=True)
    for code in ("zh", "en", "fr", "es", "ar", "ru"):
        texts = pair_set("fr", code if code in COLOURS else "en").right[:12]
        lines = "".join(f"d\t{text}\n" for text in texts)
        (data / "dev" / "ntrex" / f"{code}.tsv").write_text(lines, encoding="utf-8")
    write(data / "dev" / "un" / "fr-en.tsv.xz", "rouge\tred\nbleu\tblue\n")
    command = [sys.executable, "-m", "consistency.training", "--data", str(data), "--output", str(tmp_path / "model")]
    found = subprocess.run(
        [*command, "--steps", "30", "--batch", "32", "--dimensions", "16"], capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stderr
    encoder = EmbeddedEncoder(tmp_path / "model")
    card = (tmp_path / "model" / "README.md").read_text(encoding="utf-8")
    assert encoder.revision in card
    assert "| fr-en/tatoeba_made | 200 | CC BY 2.0 FR (Tatoeba) |" in card
    assert "| NTREX dev | zh-en | 12 |" in card
    assert encoder.encode(["rouge"]).shape == (1, 16)
