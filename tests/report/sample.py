"""Reports made by hand, so that the writers are tested without the checks."""

from __future__ import annotations

import dataclasses
import re
from datetime import datetime, timedelta, timezone

from consistency.report.result import CaseResult, Mark, Result
from consistency.segment import segment
from consistency.types import (
    Alignment,
    AnalysedDocument,
    Claim,
    ClaimAlignment,
    Document,
    Failure,
    Family,
    Finding,
    FindingSpan,
    Mention,
    MentionKind,
    OfficeValue,
    Person,
    PersonValue,
    Polarity,
    Report,
    Role,
    Severity,
    Speaker,
    Support,
    Unchecked,
)

HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(1)> \"'{{7*7}} ]]> &amp; \x1b[31m | `x` =1+1 \u202e"

ZH = "秦刚同布林肯通电话\n\n6月14日，秦刚同布林肯通电话。秦刚强调，美方应当尊重中方核心关切。\n"
AR = "اتصال بين الوزيرين\n\nتحدث الوزير هاتفيا يوم الأربعاء. وأكد على أهمية الحوار.\n"
FR = "Appel entre les ministres\n\nChen Gang a parlé mercredi avec M. Blinken. Il a demandé du respect.\n"


def analysed(label: str, text: str, language: str, role: Role = Role.ACCOUNT, **more: object) -> AnalysedDocument:
    """A document cut into sentences, without mentions."""
    values = {"path": f"texts/{label}.{language}.md", "text_line": 5, "sha256": "ab" * 32, **more}
    document = Document(label, label, text, language, role, **values)  # type: ignore[arg-type]
    cut = segment(document)
    return AnalysedDocument(document, cut.sentences, cut.quotations)


def span(document: AnalysedDocument, words: str, role: str = "subject") -> FindingSpan:
    """The first place of these words as evidence."""
    start = document.text.index(words)
    return FindingSpan(document.id, start, start + len(words), words, role)


def sample_report(hostile: str = "") -> Report:
    """Three documents in three scripts with findings of each severity; `hostile` goes into every free field."""
    zh = analysed("prc", ZH + hostile, "zh", issuer="MFA" + hostile, timezone="Asia/Shanghai")
    ar = analysed("gulf", AR, "ar", published=datetime(2023, 6, 14, 20, 0, tzinfo=timezone(timedelta(hours=8))))
    fr = analysed("wire", FR + hostile, "fr", Role.COPY)
    name = fr.text.index("Chen Gang")
    mention = Mention(
        MentionKind.PERSON, "wire", name, name + 9, "Chen Gang", 1, PersonValue("full", "Chen Gang", "Chen", "Gang")
    )
    fr = dataclasses.replace(fr, mentions=(mention,))
    start = zh.text.index("秦刚强调")
    claim = Claim(
        "prc:c1", "prc", 2, start, zh.text.index("。", start), "stress", 2, Polarity.POSITIVE,
        speaker=Speaker("person", mention.id, "CN"), topics=("taiwan",),
    )  # fmt: skip
    french = Claim(
        "wire:c1", "wire", 1, name, fr.text.index(". Il"), "talk", None, Polarity.POSITIVE, topics=("taiwan",)
    )
    zh = dataclasses.replace(zh, claims=(claim,))
    fr = dataclasses.replace(fr, claims=(french,))
    findings = (
        Finding(
            "NAM101", "inconsistent-name", Family.NAME, Severity.ERROR, 0.97, "Qin Gang is Chen Gang here." + hostile,
            (span(fr, "Chen Gang"), span(zh, "秦刚", "reference")), ("Chen Gang", "秦刚" + hostile),
        ),
        Finding(
            "TRM201", "loaded-term", Family.TERM, Severity.WARNING, 0.8, "Stressed against asked.",
            (span(fr, "Il a demandé du respect."), span(zh, "秦刚强调", "reference")), (),
        ),
        Finding(
            "COV101", "one-sided", Family.COVERAGE, Severity.NOTE, 0.5, "Only here.",
            (span(ar, "وأكد على أهمية الحوار."),), (),
        ),
    )  # fmt: skip
    person = Person(
        "p1", (("fr", ("Chen Gang" + hostile,)),), (mention.id,), (OfficeValue("foreign_minister", "cn"),), None
    )
    return Report(
        documents=(ar, zh, fr),
        persons=(person,),
        alignments=(Alignment("prc", (1,), "wire", (1,), 0.71, 0.6), Alignment("gulf", (1,), "prc", (1,), 0.5)),
        claim_alignments=(ClaimAlignment("prc", ("prc:c1",), "wire", ("wire:c1",), 0.6),),
        support=(
            Support("wire", 0, "unknown"), Support("wire", 1, "conflict", ("prc",)), Support("wire", 2, "supported", ("prc",)),
        ),
        findings=findings,
        unchecked=(
            Unchecked("gulf", 0, 5, "DAT201", "no date" + hostile),
            Unchecked("gulf", 6, 9, "DAT201", "no date" + hostile),
            Unchecked("wire", 0, 5, "persons", "nobody introduced"),
        ),
        failures=(),
        compared=(("NAM101", (3, 1, 0)), ("DAT201", (0, 0, 2))),
        encoder="embedded@test",
    )  # fmt: skip


def sample(hostile: str = "") -> Result:
    """The sample report as the result of one `check`."""
    return Result((CaseResult(sample_report(hostile)),))


def sample_cases(hostile: str = "") -> Result:
    """Two cases, the second with a failure; the first case's error is accepted."""
    report = sample_report(hostile)
    first = CaseResult(report, "appel" + hostile)
    accepted = first.findings()[0].fingerprint
    first = dataclasses.replace(first, marks={accepted: Mark("accepted", "as printed" + hostile)})
    broken = dataclasses.replace(report, failures=(Failure("x.md" + hostile, "no such file"),))
    return Result((first, CaseResult(broken, "second")), ("one entry is stale" + hostile,))


def printable(text: str) -> str:
    """Text without control characters."""
    return re.sub("[\x00-\x08\x0b-\x1f]", "", text)
