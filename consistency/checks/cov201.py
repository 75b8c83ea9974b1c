"""COV201: a sentence of the copy that no account supports."""

from __future__ import annotations

from collections.abc import Iterable

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.checks.example_texts import bad, derived, given, good, unknown
from consistency.support import Backing, backing_of
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Family,
    Result,
    SentenceKind,
    Severity,
    Unchecked,
)


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    if not analysis.accounts:
        return
    for copy in analysis.copies:
        for sentence in copy.sentences:
            if sentence.kind is not SentenceKind.BODY:
                continue
            backing = backing_of(analysis, copy, sentence.index)
            if backing.verdict == "supported":
                yield Agreement("COV201", (copy.document.span(sentence.start, sentence.end),))
            elif backing.verdict == "unsupported":
                yield _unsupported(analysis, copy, sentence.index, backing)
            else:
                yield Unchecked(copy.id, sentence.start, sentence.end, "COV201", backing.reason)


def _unsupported(analysis: Analysis, copy: AnalysedDocument, index: int, backing: Backing) -> Result:
    sentence = copy.sentences[index]
    labels = [repr(account.document.label) for account in analysis.accounts]
    nobody = (
        f"{labels[0]} does not support this sentence"
        if len(labels) == 1
        else (
            f"None of {', '.join(labels)} supports this sentence"
            if len(labels) > 2
            else f"Neither {labels[0]} nor {labels[1]} supports this sentence"
        )
    )
    why = (
        backing.reason.replace("in them", "there").replace("they report", "it reports")
        if len(labels) == 1
        else backing.reason
    )
    return finding(
        CHECK,
        f"{nobody}: {why}.",
        [text_span(copy.document, sentence.start, sentence.end)],
        confidence=backing.confidence,
        values=backing.novel,
    )


_EXAMPLES = (
    bad(
        given("zh", "两国外长星期一在日内瓦会晤，讨论了气候变化。"),
        derived(
            "en",
            "The two foreign ministers met in Geneva on Monday and discussed climate change. "
            "⟦Brazil offered to host 300 soldiers for joint military exercises in Patagonia.⟧",
        ),
    ),
    bad(
        given("en", "The two foreign ministers met in Geneva on Monday and discussed climate change."),
        derived(
            "fr",
            "Les deux ministres des Affaires étrangères se sont rencontrés lundi à Genève et ont parlé du climat. "
            "⟦Le Brésil a proposé d'accueillir 300 soldats pour des manœuvres en Patagonie.⟧",
        ),
    ),
    good(
        given("zh", "两国外长星期一在日内瓦会晤，讨论了气候变化。"),
        derived("en", "The two foreign ministers met in Geneva on Monday and discussed climate change."),
    ),
    unknown(
        given("zh", "两国外长星期一在日内瓦会晤，讨论了气候变化。"),
        derived(
            "en",
            "The two foreign ministers met in Geneva on Monday and discussed climate change. The ministers discussed many things.",
        ),
        note="it may be a summary of what the account says",
    ),
)


CHECK = Check(
    id="COV201",
    slug="unsupported-sentence",
    family=Family.COVERAGE,
    severity=Severity.WARNING,
    scope="copy",
    summary="No account supports a sentence of the copy.",
    why="What a wire adds of its own may be background, or may be invented; the reader cannot tell.",
    limits="Rests on the words and the meaning of the sentence as a whole: a false detail in a sentence that corresponds is "
    "for the other checks. What may be a free rendering is listed as not checked.",
    run=run,
    examples=_EXAMPLES,
)
