"""NLI201: a contradiction that the optional inference model asserts on an aligned pair."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

from consistency.checks.base import (
    Check,
    Example,
    ExampleDocument,
    Settings,
    finding,
    text_span,
)
from consistency.errors import EncoderError
from consistency.types import (
    Agreement,
    Alignment,
    AnalysedDocument,
    Analysis,
    Family,
    Result,
    Role,
    Severity,
    Span,
    Unchecked,
)

SURE = 0.9
"""Probability of "contradiction" from which the model is reported. Not measured: no inference model was at hand; high, since
a second opinion that is often wrong is worse than none."""
DOUBT = 0.5
"""Between this and `SURE` the pair counts as not checked."""
ALIGNED = 0.5
"""Belief in an alignment of sentences below which the model is not asked."""
LONGEST = 1200
"""Characters of both texts together beyond which the model is not asked: such models read about 512 tokens."""


class InferenceModel:
    """A sentence-transformers CrossEncoder with the labels of natural-language inference."""

    def __init__(self, name: str) -> None:
        """Load the model `name`, a folder or a model's name.

        Raises:
            EncoderError: sentence-transformers is missing, the model cannot be loaded, or none of its labels is "contradiction".
        """
        try:
            from sentence_transformers import CrossEncoder
        except ImportError as error:
            raise EncoderError(f"--nli needs sentence-transformers, which cannot be imported ({error})") from error
        try:
            self._model: Any = CrossEncoder(name, device="cpu")
            labels = dict(self._model.config.id2label)
        except Exception as error:  # the hub, safetensors, transformers and torch each raise classes of their own
            raise EncoderError(
                f"the inference model {name!r} is neither a folder with a cross-encoder nor a model that could be "
                f"fetched ({type(error).__name__}: {error})"
            ) from error
        named = [number for number, label in labels.items() if str(label).lower().startswith("contradict")]
        if len(named) != 1:
            raise EncoderError(
                f"the model {name!r} has the labels {sorted(map(str, labels.values()))}; one of them must be 'contradiction'"
            )
        self.name = name
        self._contradiction = int(named[0])

    def contradictions(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """For each (premise, hypothesis), the probability that the second contradicts the first, 0 to 1."""
        if not pairs:
            return []
        found = self._model.predict(list(pairs), apply_softmax=True, show_progress_bar=False, batch_size=16)
        return [float(row[self._contradiction]) for row in found]


@cache
def load_inference(name: str) -> InferenceModel:
    """The model of that name, loaded once a process. Raises `EncoderError`."""
    return InferenceModel(name)


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    asked = [
        (left, right, alignment)
        for left, right in analysis.pairs()
        for alignment in analysis.aligned(left.id, right.id)
        if alignment.score >= ALIGNED
    ]
    if not asked:
        return
    if settings.nli is None:
        for _, right, alignment in asked:
            yield _unknown(right, alignment, "no inference model is named (--nli MODEL)")
        return
    model = load_inference(settings.nli)
    short: list[tuple[AnalysedDocument, AnalysedDocument, Alignment]] = []
    for left, right, alignment in asked:
        if len(_text(left, alignment.left_sentences)) + len(_text(right, alignment.right_sentences)) > LONGEST:
            yield _unknown(right, alignment, "too long for the inference model")
        else:
            short.append((left, right, alignment))
    texts = [(_text(a, found.left_sentences), _text(b, found.right_sentences)) for a, b, found in short]
    forward = model.contradictions(texts)
    # Contradiction has no direction: the surer one of the two readings counts, so that the order of accounts does not.
    backward = model.contradictions([(other, one) for one, other in texts])
    for (left, right, alignment), there, back in zip(short, forward, backward, strict=True):
        yield from _judged(left, right, alignment, round(max(there, back), 4), model.name)


def _judged(
    left: AnalysedDocument, right: AnalysedDocument, alignment: Alignment, probability: float, model: str
) -> Iterator[Result]:
    if probability < DOUBT:
        both = (_hull(left, alignment.left_sentences), _hull(right, alignment.right_sentences))
        yield Agreement("NLI201", both)
        return
    if probability < SURE:
        yield _unknown(right, alignment, "the inference model is in doubt")
        return
    is_copy = right.document.role is Role.COPY
    spans = [
        text_span(document.document, document.sentences[i].start, document.sentences[i].end, role)
        for document, sentences, role in (
            (left, alignment.left_sentences, "reference" if is_copy else "subject"),
            (right, alignment.right_sentences, "subject"),
        )
        for i in sentences
    ]
    message = (
        f"The inference model {model} reads a contradiction between {left.id} and {right.id} here "
        f"(probability {probability:.2f}). This is a second opinion, not a typed fact."
    )
    yield finding(CHECK, message, spans, confidence=probability)


def _unknown(document: AnalysedDocument, alignment: Alignment, reason: str) -> Unchecked:
    span = _hull(document, alignment.right_sentences)
    return Unchecked(document.id, span.start, span.end, "NLI201", reason)


def _hull(document: AnalysedDocument, sentences: Sequence[int]) -> Span:
    return Span(document.id, document.sentences[sentences[0]].start, document.sentences[sentences[-1]].end)


def _text(document: AnalysedDocument, sentences: Sequence[int]) -> str:
    return " ".join(document.sentence_text(index) for index in sentences)


_ZH = "双方同意尽快重新开放领事馆。"
_EN = "The two sides agreed to reopen the consulate soon."
_FR = "Les deux parties ont convenu de rouvrir bientôt le consulat."
_FR_AGAINST = "Les deux parties ont refusé de rouvrir bientôt le consulat."

CHECK = Check(
    id="NLI201",
    slug="inferred-contradiction",
    family=Family.POLARITY,
    severity=Severity.WARNING,
    scope="cross",
    summary="The inference model reads a contradiction between two sentences that correspond.",
    why="Typed facts cover names, dates, figures, places, speakers and negation; a model reads what falls between them.",
    limits=(
        "Off by default, and only as good as the model that --nli names; it is asked about aligned sentences alone, its "
        "verdict is a warning, and it never overrides a typed fact. The limit on its probability has not been measured."
    ),
    run=run,
    examples=(
        Example("bad", (ExampleDocument(_EN, "en"), ExampleDocument(f"⟦{_FR_AGAINST}⟧", "fr", role=Role.COPY))),
        Example("good", (ExampleDocument(_EN, "en"), ExampleDocument(_FR, "fr", role=Role.COPY))),
        Example("good", (ExampleDocument(_ZH, "zh"), ExampleDocument(_EN, "en"))),
        Example(
            "unknown",
            (ExampleDocument(_ZH, "zh"), ExampleDocument(_FR, "fr", role=Role.COPY)),
            "no model is named",
        ),
    ),
    default=False,
    needs="nli",
)
