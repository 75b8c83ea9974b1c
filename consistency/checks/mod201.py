"""MOD201: the force of a statement changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.checks.claim_pairs import WEAK_SHARE, ClaimPair, claim_pairs
from consistency.checks.example_texts import bad, derived, given, good, unknown
from consistency.extract.acts import ForceComparison, act_phrases, compare_force, gloss, ladder
from consistency.languages.loader import fold
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Claim,
    Family,
    FindingSpan,
    Outcome,
    Result,
    Severity,
    Unchecked,
)


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for left, right in analysis.account_pairs():
        for pair in claim_pairs(analysis, left, right):
            yield from _between(left, right, pair)
    for copy in analysis.copies:
        pairs: dict[str, list[tuple[AnalysedDocument, ClaimPair]]] = {}
        for account in analysis.accounts:
            for pair in claim_pairs(analysis, account, copy):
                for claim in pair.right:
                    pairs.setdefault(claim.id, []).append((account, pair))
        for claim in copy.claims:
            if claim.id not in pairs:
                continue
            best = max(pair.similarity for _, pair in pairs[claim.id])
            strong = sorted(
                (entry for entry in pairs[claim.id] if entry[1].similarity >= WEAK_SHARE * best),
                key=lambda entry: -entry[1].similarity,
            )
            theirs = [(account, other) for account, pair in strong for other in pair.left]
            if claim.act_start is not None:
                yield from _judge(copy, claim, theirs)
            yield from _inside(copy, claim, theirs)


def _between(left: AnalysedDocument, right: AnalysedDocument, pair: ClaimPair) -> Iterator[Result]:
    for one in pair.left:
        for other in pair.right:
            if one.act_start is None or other.act_start is None:
                continue
            compared = compare_force(one.act, other.act)
            if compared.outcome is Outcome.AGREE:
                yield Agreement("MOD201", (one.span, other.span))
            elif compared.outcome is Outcome.CONFLICT:
                yield finding(
                    CHECK,
                    _message(left, one, right, other, compared),
                    [_words(left, one, "subject"), _words(right, other, "subject")],
                    confidence=0.6,
                    severity=Severity.NOTE,
                    values=(one.act, other.act),
                )


def _judge(
    copy: AnalysedDocument, claim: Claim, theirs: list[tuple[AnalysedDocument, Claim]]
) -> Iterator[Result]:
    """An act of the copy against those of all counterparts, the likeliest first: one that it can render is enough.

    That both only say something is no such reason where a likelier counterpart is in conflict.
    """
    compared = [
        (compare_force(other.act, claim.act), account, other)
        for account, other in theirs
        if other.act_start is not None  # an act carried over is too weak to hold a verb against
    ]
    conflict = next((entry for entry in compared if entry[0].outcome is Outcome.CONFLICT), None)
    for entry in compared:
        result, _, other = entry
        is_plain = ladder()[other.act].scale == "statement"
        if result.outcome is Outcome.AGREE and not (
            conflict is not None and is_plain and compared.index(conflict) < compared.index(entry)
        ):
            yield Agreement("MOD201", (other.span, claim.span))
            return
    if conflict is None:
        yield Unchecked(copy.id, claim.start, claim.end, "MOD201", "the acts have no common scale")
        return
    result, account, other = conflict
    if _is_rendered(copy, claim, other.act) or _is_rendered(account, other, claim.act):
        reason = "the sentence holds other verbs, one of which may be the counterpart"
        yield Unchecked(copy.id, claim.start, claim.end, "MOD201", reason)
        return
    yield finding(
        CHECK,
        _message(account, other, copy, claim, result),
        [_words(copy, claim, "subject"), _words(account, other, "reference")],
        confidence=0.75,
        values=(other.act, claim.act),
    )


def _inside(
    copy: AnalysedDocument, claim: Claim, theirs: list[tuple[AnalysedDocument, Claim]]
) -> Iterator[Result]:
    """Refusals inside what was said ("reiterated that it opposes …"), which are no act of their own."""
    mine = _refusals(copy, claim)
    if len(mine) != 1 or mine[0][0] == claim.act_start:
        return
    start, end, act = mine[0]
    others = [(account, other, found) for account, other in theirs for found in _refusals(account, other)]
    if not others or any(
        compare_force(found[2], act).outcome is not Outcome.CONFLICT for _, _, found in others
    ):
        return
    account, _, found = others[0]
    yield finding(
        CHECK,
        f"{copy.document.label!r} {gloss(act)} where {account.document.label!r} {gloss(found[2])}: "
        f"{compare_force(found[2], act).why}.",
        [
            text_span(copy.document, start, end),
            text_span(account.document, found[0], found[1], "reference"),
        ],
        confidence=0.65,
        values=(found[2], act),
    )


def _is_rendered(document: AnalysedDocument, claim: Claim, act: str) -> bool:
    """Whether another verb in the claim's sentence can render an act."""
    matcher = act_phrases(document.document.language)
    if matcher is None:
        return False
    sentence = document.sentences[claim.sentence]
    folded = fold(document.document.text, document.document.language)
    return any(
        start != claim.act_start
        and ladder()[other].scale != "statement"
        and compare_force(act, other).outcome is Outcome.AGREE
        for start, _, other in matcher.find(folded, sentence.start, sentence.end)
    )


def _refusals(document: AnalysedDocument, claim: Claim) -> list[tuple[int, int, str]]:
    """(start, end, act) of words in a claim that refuse something."""
    matcher = act_phrases(document.document.language)
    if matcher is None:
        return []
    folded = fold(document.document.text, document.document.language)
    return [
        found
        for found in matcher.find(folded, claim.start, claim.end)
        if ladder()[found[2]].scale == "rejection"
    ]


def _message(
    left: AnalysedDocument, one: Claim, right: AnalysedDocument, other: Claim, compared: ForceComparison
) -> str:
    return (
        f'{right.document.label!r} {gloss(other.act)} ("{_words(right, other, "").text}") where {left.document.label!r} '
        f'{gloss(one.act)} ("{_words(left, one, "").text}"): {compared.why}.'
    )


def _words(document: AnalysedDocument, claim: Claim, role: str) -> FindingSpan:
    """The words of the act; the whole statement where it carries the act over."""
    if claim.act_start is None or claim.act_end is None:
        return text_span(document.document, claim.start, claim.end, role)
    return text_span(document.document, claim.act_start, claim.act_end, role)


_EXAMPLES = (
    bad(
        given("zh", "王毅表示，希望美方取消对中国企业的制裁。"),
        derived("en", "Wang ⟦demanded⟧ that the United States lift its sanctions on Chinese companies."),
    ),
    bad(
        given("en", "The two ministers discussed the resumption of military talks."),
        derived("fr", "Les deux ministres ⟦sont convenus⟧ de reprendre les pourparlers militaires."),
    ),
    bad(
        given("en", "Sullivan said that the United States does not support Taiwan independence."),
        derived("fr", "M. Sullivan a dit que les États-Unis ⟦s'opposaient⟧ à l'indépendance de Taïwan."),
    ),
    good(
        given("zh", "王毅敦促美方取消对中国企业的制裁。"),
        derived("en", "Wang called on the United States to lift its sanctions on Chinese companies."),
        note="敦促 and call on stand on one step",
    ),
    good(
        given("zh", "王毅指出，台湾问题是中国内政。"),
        derived(
            "fr",
            "Wang Yi a souligné que la question de Taïwan relevait des affaires intérieures de la Chine.",
        ),
        note="verbs of saying render one another",
    ),
    unknown(
        given("en", "The minister thanked the United States for its support for the climate talks."),
        derived("fr", "Le ministre a exhorté les États-Unis à soutenir les négociations sur le climat."),
        note="thanks and a request have no common scale",
    ),
)


CHECK = Check(
    id="MOD201",
    slug="changed-force",
    family=Family.MODALITY,
    severity=Severity.WARNING,
    scope="cross",
    summary="The force of a statement changed.",
    why='Hope, urge and demand are three steps; "discussed" and "agreed" are the difference between talk and result.',
    limits="Only clear steps of the ladder in languages/ladder.toml; verbs of saying render one another freely.",
    run=run,
    examples=_EXAMPLES,
)
