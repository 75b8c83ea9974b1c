"""NLI201 with a tiny cross-encoder that this test builds and trains on the check's own examples."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("sentence_transformers")

from consistency.checker import Checker
from consistency.checks.base import unmark
from consistency.checks.nli201 import CHECK, InferenceModel
from consistency.config import Config
from consistency.errors import EncoderError
from consistency.types import Outcome, Role, Span

LABELS = {0: "contradiction", 1: "entailment", 2: "neutral"}


def texts_of(number: int) -> tuple[str, str]:
    documents = unmark(CHECK.examples[number]).documents
    return documents[0].text, documents[1].text


def build(folder: Path, labels: dict[int, str], steps: int) -> str:
    """A BERT of one layer and sixteen dimensions, trained until it knows the examples by heart."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    examples = [(texts_of(0), 0), (texts_of(1), 1), (texts_of(2), 1)]
    examples += [((b, a), label) for (a, b), label in examples]
    words = sorted({w for (a, b), _ in examples for w in pre_tokenizers.BertPreTokenizer().pre_tokenize_str(f"{a} {b}")})
    vocabulary = {w: n for n, w in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *dict.fromkeys(w for w, _ in words)])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    )
    torch.manual_seed(0)
    model = BertForSequenceClassification(
        BertConfig(
            vocab_size=len(vocabulary),
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=128,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            id2label=labels,
            label2id={label: number for number, label in labels.items()},
        )
    )
    optimiser = torch.optim.Adam(model.parameters(), lr=0.02)
    batch = fast([a for (a, _), _ in examples], [b for (_, b), _ in examples], padding=True, return_tensors="pt")
    for _ in range(steps):
        loss = model(**batch, labels=torch.tensor([label for _, label in examples])).loss
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    model.save_pretrained(folder)
    fast.save_pretrained(folder)
    return str(folder)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    return build(tmp_path_factory.mktemp("nli"), LABELS, 60)


def test_the_probability_is_that_of_contradiction(model: str) -> None:
    found = InferenceModel(model).contradictions([texts_of(0), texts_of(1)])
    assert found[0] > 0.9
    assert found[1] < 0.1
    assert InferenceModel(model).contradictions([]) == []


@pytest.mark.parametrize("number", [n for n, e in enumerate(CHECK.examples) if e.kind != "unknown"])
def test_examples(model: str, number: int) -> None:
    marked = unmark(CHECK.examples[number])
    report = Checker(Config(select=("NLI201",), nli=model)).run(marked.documents)
    assert report.failures == ()
    assert {Span(s.document, s.start, s.end) for f in report.findings for s in f.subjects} == set(marked.spans)
    assert all(f.severity == "warning" and f.check == "NLI201" for f in report.findings)


def test_it_runs_only_where_a_model_is_named(model: str) -> None:
    assert "NLI201" not in {check.id for check in Checker(Config()).checks()}
    assert "NLI201" in {check.id for check in Checker(Config(nli=model)).checks()}
    assert "NLI201" not in {check.id for check in Checker(Config(nli=model, ignore=("NLI",))).checks()}


def test_typed_findings_stay_as_they_are(model: str) -> None:
    documents = unmark(CHECK.examples[0]).documents
    without = Checker(Config()).run(documents)
    with_model = Checker(Config(nli=model)).run(documents)
    assert [f for f in with_model.findings if f.check != "NLI201"] == list(without.findings)


def test_unaligned_sentences_are_not_asked_about(model: str) -> None:
    documents = unmark(CHECK.examples[0]).documents
    import dataclasses

    other = dataclasses.replace(documents[1], text="La pluie a fermé la route de montagne.", role=Role.COPY)
    report = Checker(Config(select=("NLI201",), nli=model)).run((documents[0], other))
    assert (report.findings, report.unchecked, report.compared) == ((), (), (("NLI201", (0, 0, 0)),))


def test_labels_without_contradiction_are_an_error(tmp_path: Path) -> None:
    folder = build(tmp_path, {0: "bad", 1: "good", 2: "neutral"}, 0)
    with pytest.raises(EncoderError, match=r"\['bad', 'good', 'neutral'\]"):
        InferenceModel(folder)


def test_a_missing_model_makes_the_run_incomplete(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    report = Checker(Config(select=("NLI201",), nli=str(tmp_path))).run(unmark(CHECK.examples[0]).documents)
    assert [failure.where for failure in report.failures] == ["NLI201"]
    assert "inference model" in report.failures[0].reason


def test_outcomes_are_counted(model: str) -> None:
    report = Checker(Config(select=("NLI201",), nli=model)).run(unmark(CHECK.examples[1]).documents)
    assert dict(report.compared)["NLI201"] == (1, 0, 0), Outcome.AGREE
