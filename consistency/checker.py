"""The facade that the command line, CI, web and API share: documents in, one report out.

This module alone knows the order of the stages, and holds the one broad catch of the package: a stage or check that
crashes is recorded as a failure, and the run is then incomplete, never clean.
"""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from consistency.checks import ALL_CHECKS
from consistency.checks.backing import without_backed
from consistency.checks.base import Check, Settings
from consistency.config import Config
from consistency.errors import ConsistencyError, IngestError
from consistency.types import (
    Agreement,
    Alignment,
    AnalysedDocument,
    Analysis,
    ClaimAlignment,
    Document,
    Failure,
    Family,
    Finding,
    Person,
    Report,
    Role,
    Support,
    Unchecked,
)

if TYPE_CHECKING:
    from consistency.align.encoders import Encoder
    from consistency.reference import Reference

logger = logging.getLogger(__name__)

SENTENCE_LIMIT = 20_000
"""Longest sentence in code points. The longest of the 717 White House readouts has
1,981; patterns that look ahead over a sentence take quadratic time on what is none."""


class Checker:
    """Checks documents against each other and each against itself. Holds the loaded encoder and reference table."""

    def __init__(self, config: Config | None = None) -> None:
        self.config = config or Config()
        self._encoder: Encoder | None = None
        self._reference: Reference | None = None

    @property
    def reference(self) -> Reference:
        if self._reference is None:
            from consistency.reference import load_reference

            self._reference = load_reference([Path(path) for path in self.config.reference])
        return self._reference

    @property
    def encoder(self) -> Encoder:
        """The encoder that the configuration names, loaded at first use. Raises `EncoderError`."""
        if self._encoder is None:
            from consistency.align.encoders import load_encoder

            self._encoder = load_encoder(self.config.encoder)
        return self._encoder

    def run(self, documents: Sequence[Document], *, failures: Iterable[Failure] = ()) -> Report:
        """The report on these documents: one is checked against itself, several as one event.

        The order of the documents does not matter. `failures` are of documents that could not be read: they make the
        report incomplete. Raises `EncoderError` where the encoder cannot be loaded.
        """
        failed = list(failures)
        analysis = self.analyse(documents, failed)
        findings, unchecked, compared = self._check(analysis, failed)
        support = self._support(analysis, findings, failed)
        return Report(
            documents=analysis.documents,
            persons=analysis.persons,
            alignments=analysis.alignments,
            claim_alignments=analysis.claim_alignments,
            support=support,
            findings=findings,
            unchecked=unchecked,
            failures=tuple(failed),
            compared=compared,
# Named where this run aligned, whatever an earlier run of the same checker loaded: the same bytes each time.
            encoder=f"{self.encoder.name}@{self.encoder.revision}" if any(True for _ in analysis.pairs()) else "",
        )

    def analyse(self, documents: Sequence[Document], failed: list[Failure]) -> Analysis:
        """The documents after all stages up to alignment; what crashes goes to `failed`."""
        from consistency.resolve.event import resolve_event
        from consistency.resolve.persons import resolve_persons

        analysed: list[AnalysedDocument] = []
        for document in sorted(_with_unique_ids(documents), key=lambda d: (d.role is Role.COPY, d.id)):
            try:
                found = self.read(document)
                analysed.append(dataclasses.replace(found, event=resolve_event(found)))
            except ConsistencyError as error:
                failed.append(Failure(document.path or document.id, str(error)))
            except Exception as error:
                logger.exception("%s", document.id)
                failed.append(Failure(document.path or document.id, _crash(error)))
        persons: tuple[Person, ...] = ()
        try:
            persons = resolve_persons(analysed, self.reference)
        except Exception as error:
            logger.exception("resolution")
            failed.append(Failure("resolution", _crash(error)))
        resolved = Analysis(tuple(analysed), persons)
        alignments, claim_alignments = self._align(resolved, failed)
        return Analysis(tuple(analysed), persons, alignments, claim_alignments)

    def read(self, document: Document) -> AnalysedDocument:
        """One document segmented, with its mentions and claims.

        Raises `LanguageError` where no pack covers it, `IngestError` for text that is no text: lone surrogates,
        nothing to read, a sentence without end.
        """
        from consistency.extract import extract
        from consistency.segment import segment

        surrogate = next((i for i, c in enumerate(document.text) if 0xD800 <= ord(c) < 0xE000), None)
        if surrogate is not None:
            raise IngestError(f"a lone surrogate at character {surrogate:,}, which no text can hold; mend the text")
        segmented = segment(document)
        longest = max((sentence.end - sentence.start for sentence in segmented.sentences), default=0)
        if not any(character.isalpha() for character in document.text):
            raise IngestError("there is no word in the text; nothing was checked")
        if longest > SENTENCE_LIMIT:
            raise IngestError(
                f"one sentence has {longest:,} characters; the limit is {SENTENCE_LIMIT:,}. This is no running text"
            )
        return extract(segmented, self.reference)

    def _align(
        self, analysis: Analysis, failed: list[Failure]
    ) -> tuple[tuple[Alignment, ...], tuple[ClaimAlignment, ...]]:
        pairs = list(analysis.pairs())
        if not pairs:
            return (), ()
        from consistency.align import align, align_claims

        encoder = self.encoder
        alignments: list[Alignment] = []
        claims: list[ClaimAlignment] = []
        for left, right in pairs:
            try:
                found = align(left, right, encoder=encoder, analysis=analysis, mode=self.config.align_mode)
                alignments.extend(found)
                claims.extend(align_claims(left, right, found, encoder=encoder, analysis=analysis))
            except Exception as error:
                logger.exception("alignment of %s and %s", left.id, right.id)
                failed.append(Failure(f"alignment of {left.id} and {right.id}", _crash(error)))
        return tuple(alignments), tuple(claims)

    def _check(
        self, analysis: Analysis, failed: list[Failure]
    ) -> tuple[tuple[Finding, ...], tuple[Unchecked, ...], tuple[tuple[str, tuple[int, int, int]], ...]]:
        settings = Settings(self.reference, self.config.nli)
        findings: dict[Finding, None] = {}
        unchecked: dict[Unchecked, None] = {u: None for d in analysis.documents for u in d.unchecked}
        agreements: dict[Family, list[Agreement]] = {}
        compared: list[tuple[str, tuple[int, int, int]]] = []
        for check in self.checks():
            counts = [0, 0, 0]
            try:
                for result in check.run(analysis, settings):
                    if isinstance(result, Agreement):
                        counts[0] += 1
                        agreements.setdefault(check.family, []).append(result)
                    elif isinstance(result, Finding):
                        counts[1] += 1
                        severity = self.config.severity.get(check.id, result.severity)
                        findings.setdefault(dataclasses.replace(result, severity=severity))
                    else:
                        counts[2] += 1
                        unchecked.setdefault(result)
            except Exception as error:
                logger.exception("check %s", check.id)
                failed.append(Failure(check.id, _crash(error)))
            compared.append((check.id, (counts[0], counts[1], counts[2])))
        order = {document.id: number for number, document in enumerate(analysis.documents)}

        def place(found: Finding) -> tuple[int, int, int, int, str, str]:
            subject = found.spans[0]
            return -found.severity.rank, order[subject.document], subject.start, subject.end, found.check, found.message

        ledger = sorted(unchecked, key=lambda u: (order.get(u.document, -1), u.start, u.end, u.check, u.reason))
        kept = without_backed(findings, agreements, analysis)
        return tuple(sorted(kept, key=place)), tuple(ledger), tuple(compared)

    def checks(self) -> tuple[Check, ...]:
        """The checks that this configuration runs, in the order of the catalogue."""
        select, ignore = self.config.select, self.config.ignore

        def is_chosen(check: Check) -> bool:
            if any(check.id.startswith(prefix.upper()) for prefix in ignore):
                return False
            if select:
                return any(check.id.startswith(prefix.upper()) for prefix in select)
            return check.default or (check.needs == "nli" and self.config.nli is not None)

        return tuple(check for check in ALL_CHECKS if is_chosen(check))

    def _support(
        self, analysis: Analysis, findings: tuple[Finding, ...], failed: list[Failure]
    ) -> tuple[Support, ...]:
        from consistency.support import support

        try:
            return support(analysis, findings)
        except Exception as error:
            logger.exception("support")
            failed.append(Failure("support", _crash(error)))
            return ()


def _crash(error: Exception) -> str:
    return f"crashed with {type(error).__name__}: {error}. This is a fault of the tool: please report it"


def _with_unique_ids(documents: Sequence[Document]) -> list[Document]:
    """The documents with ids made unique: where two share a label the later in order of label and text is numbered."""
    seen: dict[str, int] = {}
    unique = []
    for document in sorted(documents, key=lambda d: (d.label, d.role, d.language, d.text)):
        seen[document.label] = seen.get(document.label, 0) + 1
        number = seen[document.label]
        unique.append(dataclasses.replace(document, id=document.label if number == 1 else f"{document.label}-{number}"))
    return unique
