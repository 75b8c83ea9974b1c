"""The JSON report (contract `consistency-report/1`, schema beside this file) and the record that all writers share."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib import resources
from typing import Any, TypeAlias

from consistency import __version__
from consistency.report.ledger import not_run
from consistency.report.location import Lines
from consistency.report.result import CaseResult, MarkedFinding, Result
from consistency.types import AnalysedDocument, Claim, Mention, OfficeValue, Report, Severity

Record: TypeAlias = dict[str, Any]

SCHEMA = "consistency-report/1"
CASES_SCHEMA = "consistency-cases/1"
"""Schema id of the report of `consistency ci`: a list of cases, each with a report of its own."""


def write_json(result: Result) -> str:
    """The report of one `check`, or the cases of one `ci`, each with its report."""
    if len(result.cases) == 1 and not result.cases[0].name:
        return dump({**report_record(result.cases[0]), "notices": [*not_run(result.cases[0].report), *result.notices]})
    return dump(
        {
            "schema": CASES_SCHEMA,
            "summary": result.counts(),
            "complete": result.is_complete,
            "notices": list(result.notices),
            "cases": [
                {"name": case.name, "report": {**report_record(case), "notices": list(not_run(case.report))}}
                for case in result.cases
            ],
        }
    )


def dump(record: Record) -> str:
    """JSON with two spaces of indentation, every script readable, keys in the order in which they were made."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def schema() -> Record:
    """The JSON Schema of the report."""
    text = resources.files("consistency.report").joinpath("schema.json").read_text(encoding="utf-8")
    loaded: Record = json.loads(text)
    return loaded


def report_record(case: CaseResult) -> Record:
    """One case's report as plain JSON values, without `notices`."""
    report = case.report
    person_of = {mention: person.id for person in report.persons for mention in person.mentions}
    mentions = {mention.id: mention for analysed in report.documents for mention in analysed.mentions}
    sentences = {analysed.id: analysed.sentences for analysed in report.documents}
    counts = {severity.value: 0 for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE)}
    for marked in case.counting():
        counts[marked.finding.severity.value] += 1
    return {
        "schema": SCHEMA,
        "tool": {"name": "readout-consistency", "version": __version__, "encoder": report.encoder},
        "documents": [_document(analysed) for analysed in report.documents],
        "persons": [
            {
                "id": person.id,
                "names": {language: list(forms) for language, forms in person.names},
                "offices": [office_text(office) for office in person.offices],
                "mentions": _places(mentions[mention] for mention in person.mentions if mention in mentions),
                "reference": person.reference,
            }
            for person in report.persons
        ],
        "claims": [_claim(claim, person_of) for analysed in report.documents for claim in analysed.claims],
        "alignments": [
            {
                "left": {"document": a.left, "sentences": [sentences[a.left][i].id for i in a.left_sentences]},
                "right": {"document": a.right, "sentences": [sentences[a.right][i].id for i in a.right_sentences]},
                "score": round(a.score, 4),
                "similarity": round(a.similarity, 4),
                "mode": a.mode,
            }
            for a in report.alignments
        ],
        "claim_alignments": [
            {
                "left": {"document": a.left, "claims": list(a.left_claims)},
                "right": {"document": a.right, "claims": list(a.right_claims)},
                "score": round(a.score, 4),
            }
            for a in report.claim_alignments
        ],
        "support": [
            {
                "document": item.document,
                "sentence": sentences[item.document][item.sentence].id,
                "verdict": item.verdict,
                "by": list(item.by),
            }
            for item in report.support
        ],
        "findings": [finding_record(marked, report) for marked in case.findings()],
        "unchecked": [
            {"document": u.document, "start": u.start, "end": u.end, "check": u.check, "reason": u.reason}
            for u in report.unchecked
        ],
        "compared": [
            {"check": check, "agree": agree, "conflict": conflict, "unknown": unknown}
            for check, (agree, conflict, unknown) in report.compared
        ],
        "failures": [{"where": failure.where, "reason": failure.reason} for failure in report.failures],
        "summary": counts,
    }


def finding_record(marked: MarkedFinding, report: Report) -> Record:
    """A finding as plain JSON values. `mark` is there only where the project accepts the finding."""
    finding = marked.finding
    record: Record = {
        "fingerprint": marked.fingerprint,
        "check": finding.check,
        "slug": finding.slug,
        "family": finding.family.value,
        "severity": finding.severity.value,
        "confidence": finding.confidence,
        "message": finding.message,
        "spans": [
            {"document": s.document, "start": s.start, "end": s.end, "text": s.text, "role": s.role}
            for s in finding.spans
        ],
        "values": list(finding.values),
    }
    if marked.mark is not None:
        record["mark"] = {"kind": marked.mark.kind, "reason": marked.mark.reason}
    return record


def _document(analysed: AnalysedDocument) -> Record:
    document = analysed.document
    event = analysed.event
    return {
        "id": document.id,
        "label": document.label,
        "role": document.role.value,
        "language": document.language,
        "path": document.path,
        "sha256": document.sha256,
        "issuer": document.issuer,
        "published": None if document.published is None else document.published.isoformat(),
        "timezone": document.timezone,
        "event_date": None if document.event_date is None else document.event_date.isoformat(),
        "source": document.source,
        "text_line": document.text_line if Lines(document).are_in_file else None,
        "text": document.text,
        "sentences": [
            {"id": s.id, "start": s.start, "end": s.end, "kind": s.kind.value} for s in analysed.sentences
        ],
        "event": {
            "start": None if event.start is None else event.start.isoformat(),
            "end": None if event.end is None else event.end.isoformat(),
            "zone": event.zone,
            "place": event.place,
        },
    }


def _claim(claim: Claim, person_of: dict[str, str]) -> Record:
    mention = None if claim.speaker is None else claim.speaker.mention
    return {
        "id": claim.id,
        "document": claim.document,
        "start": claim.start,
        "end": claim.end,
        "speaker": person_of.get(mention) if mention is not None else None,
        "speaker_kind": None if claim.speaker is None else claim.speaker.kind,
        "speaker_country": None if claim.speaker is None else claim.speaker.country,
        "act": claim.act,
        "force": claim.force,
        "polarity": claim.polarity.value,
        "topics": list(claim.topics),
    }


def _places(mentions: Iterable[Mention]) -> list[Record]:
    ordered = sorted(mentions, key=lambda m: (m.document, m.start, m.end))
    return [{"document": m.document, "start": m.start, "end": m.end} for m in ordered]


def office_text(office: OfficeValue) -> str:
    """An office in words of the shared vocabulary: 'acting foreign_minister (CN)'."""
    status = "" if office.status == "incumbent" else f"{office.status} "
    country = f" ({office.country.upper()})" if office.country else ""
    return f"{status}{office.function}{country}"
