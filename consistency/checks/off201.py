"""OFF201: an office given to another person than the accounts give it to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from consistency.checks.base import Check, Example, ExampleDocument, Settings, finding, span_of, text_span
from consistency.checks.office_facts import TITLES, Holding, alike, both_span, holdings, same_country
from consistency.checks.pairs import aligned_mentions, mentions_in
from consistency.resolve.likeness import Likeness, compare
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Family,
    Finding,
    FindingSpan,
    Mention,
    MentionKind,
    OfficeValue,
    Result,
    Role,
    SentenceKind,
    Severity,
    Span,
    Unchecked,
)

COMPARABLE = frozenset(
    TITLES
    | {
        "vice_president", "head_of_state", "head_of_government", "deputy_head_of_government", "foreign_minister",
        "defence_minister", "finance_minister", "commerce_minister", "interior_minister", "justice_minister",
        "energy_minister", "health_minister", "education_minister", "environment_minister", "agriculture_minister",
        "transport_minister", "economy_minister", "labour_minister", "homeland_security_minister", "trade_representative",
        "national_security_adviser", "ambassador", "state_councilor", "senator", "member_of_parliament", "mayor", "governor",
        "minister", "judge", "prosecutor", "pope", "cardinal", "bishop", "crown_prince", "prince", "princess", "first_lady",
        "secretary_general", "high_representative", "spokesperson", "foreign_ministry_spokesperson", "general", "admiral",
        "deputy_foreign_minister", "opposition_leader", "professor", "police_officer", "priest", "lawyer", "coach",
    }
)  # fmt: skip
"""Offices whose words are plain enough in every pack to conflict with one another."""


def run(analysis: Analysis, settings: Settings) -> Iterator[Result]:
    held = {d.id: holdings(analysis, d) for d in analysis.documents}
    for copy in analysis.copies:
        given = [h for account in analysis.accounts for h in held[account.id]]
        settled: list[Span] = []
        for holding in held[copy.id]:
            if holding.value.status == "incumbent":
                for result in _judge(analysis, copy.id, holding, given):
                    if isinstance(result, Finding):
                        settled.extend(Span(s.document, s.start, s.end) for s in result.subjects)
                    elif isinstance(result, Agreement):
                        settled.extend(result.spans)
                    yield result
        for account in analysis.accounts:
            yield from _replaced(analysis, account, copy, settled)


def _replaced(
    analysis: Analysis, account: AnalysedDocument, copy: AnalysedDocument, settled: list[Span]
) -> Iterator[Result]:
    """Offices of the copy's sentences that no account has there, where the account has one that the copy lacks.

    `settled` are words of the copy on which the holder has been judged already. Headlines are left out: they name
    offices tersely, and a verb ("l'Union juge …") looks like one.
    """
    for block in aligned_mentions(analysis, account, copy, MentionKind.OFFICE):
        left = [m for m in block.left if not _begins_longer_title(m, account)]
        right = [m for m in block.right if copy.sentences[m.sentence].kind is not SentenceKind.HEADLINE]
        anywhere = [
            m
            for other in analysis.accounts
            for alignment in analysis.aligned(other.id, copy.id)
            if set(alignment.right_sentences) & set(block.alignment.right_sentences)
            for m in mentions_in(other, alignment.left_sentences, MentionKind.OFFICE)
        ]
        open_right = [m for m in right if not any(_alike(m, other) for other in anywhere)]
        open_left = [m for m in left if not any(_alike(m, other) for other in block.right)]
        for mention in open_right:
            if any(mention.span.overlaps(done) for done in settled) or not _is_comparable(mention):
                continue
            against = next((m for m in open_left if _is_comparable(m)), None)
            if against is None:
                continue
            open_left.remove(against)
            yield finding(
                CHECK,
                f"“{mention.text}” stands where the account has “{against.text}”.",
                [span_of(mention), span_of(against, "reference")],
                confidence=0.8,
                values=(_function(mention), _function(against)),
            )


def _begins_longer_title(mention: Mention, document: AnalysedDocument) -> bool:
    """Whether another office follows at once: 总统 in 总统国家安全事务助理 is nobody's office here."""
    return any(other.start == mention.end for other in document.of_kind(MentionKind.OFFICE))


def _function(mention: Mention) -> str:
    assert isinstance(mention.value, OfficeValue)
    return mention.value.function


def _alike(a: Mention, b: Mention) -> bool:
    return alike(_function(a), _function(b))


def _is_comparable(mention: Mention) -> bool:
    return _function(mention) in COMPARABLE


def _judge(analysis: Analysis, copy: str, holding: Holding, given: Sequence[Holding]) -> Iterator[Result]:
    """The copy's holding against what the accounts give to this person and to others."""
    own = [g for g in given if _is_same_person(holding, g)]
    if any(
        alike(g.value.function, holding.value.function) and same_country(g.value, holding.value) is not False
        for g in own
    ):
        yield Agreement(CHECK.id, (holding.office.span,))
        return
    others = [
        g
        for g in given
        if g.value.function == holding.value.function
        and g.value.status == "incumbent"
        and same_country(g.value, holding.value) is not False
        and not any(g is o for o in own)
    ]
    document = analysis.document(copy).document
    span = both_span(holding)
    subject = text_span(document, span.start, span.end)
    named = [g for g in others if compare(g.form, holding.form) is Likeness.DIFFERENT]
    if own and named:
        message = (
            f"“{holding.office.text}” is given to {holding.form.text}; the accounts give it to {named[0].form.text}, "
            f"and to {own[0].form.text} “{own[0].office.text}”."
        )
        yield _finding(analysis, message, subject, [named[0], own[0]], holding, 0.9)
        return
    blocks = [
        (a.id, alignment.left_sentences)
        for a in analysis.accounts
        for alignment in analysis.aligned(a.id, copy)
        if holding.holder.sentence in alignment.right_sentences
    ]
    near = [
        g
        for g in own
        if any(g.office.document == account and g.office.sentence in left for account, left in blocks)
    ]
    replaced = [
        g
        for g in near
        if g.value.status == "incumbent"
        and g.value.function in COMPARABLE
        and holding.value.function in COMPARABLE
    ]
    if replaced:
        message = (
            f"“{holding.office.text}” is given to {holding.form.text}, who is “{replaced[0].office.text}” in the account "
            f"and nowhere the other."
        )
        yield _finding(analysis, message, subject, replaced[:1], holding, 0.8)
    elif own or named:
        reason = f"the accounts do not say whether {holding.form.text} is {holding.value.function.replace('_', ' ')}"
        yield Unchecked(copy, span.start, span.end, CHECK.id, reason)


def _is_same_person(holding: Holding, other: Holding) -> bool:
    if holding.person is not None and other.person is not None and holding.person.id == other.person.id:
        return True
    return compare(holding.form, other.form) in (Likeness.SAME, Likeness.NEAR)


def _finding(
    analysis: Analysis,
    message: str,
    subject: FindingSpan,
    against: Sequence[Holding],
    holding: Holding,
    confidence: float,
) -> Result:
    spans = [subject]
    for other in against:
        span = both_span(other)
        document = analysis.document(span.document).document
        spans.append(text_span(document, span.start, span.end, "reference"))
    values = (holding.form.text, holding.value.function)
    return finding(CHECK, message, spans, confidence=confidence, values=values)


CHECK = Check(
    id="OFF201",
    slug="office-of-another",
    family=Family.OFFICE,
    severity=Severity.ERROR,
    scope="cross",
    summary="A copy gives an office to somebody to whom the accounts do not give it.",
    why="Titles travel: the translator's eye takes State Councilor from one minister and sets it beside the other.",
    limits=(
        "The accounts must give the person some other office, or the office to another person. Words that may mean the same "
        "office in another language (président, 主席, director, head) never conflict."
    ),
    run=run,
    examples=(
        Example(
            "bad",
            (
                ExampleDocument("国务委员兼外交部长秦刚同美国国务卿布林肯通电话。", "zh", "prc"),
                ExampleDocument(
                    "⟦Blinken, membre du Conseil d'État⟧, et Qin Gang ont discuté.", "fr", "wire", Role.COPY
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument("国务委员兼外交部长秦刚同美国国务卿布林肯通电话。", "zh", "prc"),
                ExampleDocument(
                    "Le conseiller d'État chinois Qin Gang et le secrétaire d'État américain Antony Blinken ont discuté.",
                    "fr",
                    "wire",
                    Role.COPY,
                ),
            ),
        ),
        Example(
            "bad",
            (
                ExampleDocument(
                    "Prime Minister Zoran Zaev spoke. President Gjorge Ivanov will not vote.", "en", "a"
                ),
                ExampleDocument(
                    "Le ⟦président Zoran Zaev⟧ a pris la parole. Le président Gjorge Ivanov ne votera pas.",
                    "fr",
                    "b",
                    Role.COPY,
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "Prime Minister Zoran Zaev spoke. President Gjorge Ivanov will not vote.", "en", "a"
                ),
                ExampleDocument(
                    "Le Premier ministre Zoran Zaev a pris la parole. Le président Gjorge Ivanov ne votera pas.",
                    "fr",
                    "b",
                    Role.COPY,
                ),
            ),
        ),
        Example(
            "unknown",
            (
                ExampleDocument(
                    "President Gjorge Ivanov will not vote. The speech of Zoran Zaev was long and loud.",
                    "en",
                    "a",
                ),
                ExampleDocument(
                    "Le président Gjorge Ivanov ne votera pas. Le discours du président Zoran Zaev a été long et bruyant.",
                    "fr",
                    "b",
                    Role.COPY,
                ),
            ),
            "The account gives Zaev no office.",
        ),
    ),
)
