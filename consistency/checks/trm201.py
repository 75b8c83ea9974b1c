"""TRM201: a loaded term replaced by another side's wording."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consistency.checks.base import Check, Settings, finding, span_of
from consistency.checks.example_texts import bad, derived, given, good, unknown
from consistency.checks.sides import Side, compare_sides, side_of
from consistency.extract.terms import can_say, concepts, versions_of
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Claim,
    Family,
    Mention,
    MentionKind,
    Outcome,
    Result,
    Severity,
    TermValue,
    Unchecked,
)


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for left, right in analysis.account_pairs():
        yield from _between(left, right)
    for copy in analysis.copies:
        if analysis.accounts:
            yield from _in_copy(analysis, copy)


# --- between accounts -------------------------------------------------------------------------------------


def _between(left: AnalysedDocument, right: AnalysedDocument) -> Iterator[Result]:
    """One result a concept that both accounts name: the first mention of each version is the evidence."""
    mine, theirs = _by_concept(left), _by_concept(right)
    for concept, entry in concepts().items():
        if entry.kind == "theme" or concept not in mine or concept not in theirs:
            continue
        left_versions = frozenset().union(*(versions_of(_term(m)) for m in mine[concept]))
        right_versions = frozenset().union(*(versions_of(_term(m)) for m in theirs[concept]))
        evidence = (*_firsts(mine[concept]), *_firsts(theirs[concept]))
        if left_versions & right_versions:
            yield Agreement("TRM201", tuple(m.span for m in evidence))
            continue
        severity = Severity(concepts()[concept].between)
        yield finding(
            CHECK,
            f"{concepts()[concept].title}: {left.document.label!r} says {_quoted(mine[concept])}, "
            f"{right.document.label!r} says {_quoted(theirs[concept])}.",
            [span_of(mention) for mention in evidence],
            confidence=0.9,
            severity=severity,
            values=(_shown(left_versions), _shown(right_versions)),
        )


# --- in a copy --------------------------------------------------------------------------------------------


def _in_copy(analysis: Analysis, copy: AnalysedDocument) -> Iterator[Result]:
    for mention in copy.of_kind(MentionKind.TERM):
        concept = _term(mention).concept
        if concepts()[concept].kind != "rival":
            continue
        sources = [
            (account, other)
            for account in analysis.accounts
            for other in account.of_kind(MentionKind.TERM)
            if _term(other).concept == concept
        ]
        if not sources:
            continue
        claim = claim_at(copy, mention)
        side = side_of(analysis, claim.speaker) if claim is not None else None
        related = [
            (account, other) for account, other in sources if _is_same_voice(analysis, side, account, other)
        ]
        yield _compare(copy, mention, related or sources, is_related=bool(related))


def _compare(
    copy: AnalysedDocument,
    mention: Mention,
    sources: list[tuple[AnalysedDocument, Mention]],
    *,
    is_related: bool,
) -> Result:
    term = _term(mention)
    used = frozenset().union(*(versions_of(_term(other)) for _, other in sources))
    backing = [other for _, other in sources if versions_of(_term(other)) & versions_of(term)]
    if backing:
        return Agreement("TRM201", (mention.span, backing[0].span))
    if not any(can_say(copy.document.language, term.concept, version) for version in used):
        reason = f"{copy.document.language!r} has no wording of its own for {_shown(used)}"
        return Unchecked(copy.id, mention.start, mention.end, "TRM201", reason)
    concept = concepts()[term.concept]
    owners = "; ".join(
        f"{v} is the wording of {concept.versions[v]}"
        for v in sorted(versions_of(term))
        if v in concept.versions
    )
    account, first = sources[0]
    return finding(
        CHECK,
        f'{concept.title}: {copy.document.label!r} has "{mention.text}" where {account.document.label!r} has '
        f'"{first.text}" ({owners}).',
        [span_of(mention), *(span_of(other, "reference") for other in _firsts([m for _, m in sources]))],
        confidence=0.85 if is_related else 0.7,
        values=(_shown(versions_of(term)), _shown(used)),
    )


def _is_same_voice(analysis: Analysis, side: Side | None, account: AnalysedDocument, other: Mention) -> bool:
    """Whether the account puts its term in the mouth of the copy's speaker, or of that speaker's side."""
    theirs = claim_at(account, other)
    if theirs is None or side is None or side.kind == "joint":
        return False
    return compare_sides(side_of(analysis, theirs.speaker), side) is Outcome.AGREE


def claim_at(document: AnalysedDocument, mention: Mention) -> Claim | None:
    """The claim that a mention stands in; None where it stands in none."""
    return next((c for c in document.claims if c.start <= mention.start < c.end), None)


def _by_concept(document: AnalysedDocument) -> dict[str, list[Mention]]:
    found: dict[str, list[Mention]] = {}
    for mention in document.of_kind(MentionKind.TERM):
        found.setdefault(_term(mention).concept, []).append(mention)
    return found


def _firsts(mentions: list[Mention]) -> list[Mention]:
    """The first mention of each version in each document."""
    found: dict[tuple[str, str], Mention] = {}
    for mention in mentions:
        found.setdefault((mention.document, _term(mention).version), mention)
    return list(found.values())


def _term(mention: Mention) -> TermValue:
    assert isinstance(mention.value, TermValue)
    return mention.value


def _shown(versions: frozenset[str]) -> str:
    return " or ".join(version.replace("_", " ") for version in sorted(versions))


def _quoted(mentions: list[Mention]) -> str:
    return ", ".join(f'"{mention.text}"' for mention in _firsts(mentions))


_EXAMPLES = (
    bad(
        given("zh", "马克龙表示，法方奉行一个中国政策。"),
        derived("en", "Macron said that France followed the ⟦one-China principle⟧."),
    ),
    bad(
        given("en", "Secretary Blinken reaffirmed the one-China policy of the United States."),
        derived("fr", "M. Blinken a réaffirmé le ⟦principe d'une seule Chine⟧."),
    ),
    bad(
        given("zh", "中方愿推动乌克兰危机的政治解决。"),
        derived("en", "China was ready to help settle ⟦Russia's war against Ukraine⟧."),
    ),
    good(
        given("zh", "马克龙表示，法方奉行一个中国政策。"),
        derived("en", "Macron said that France followed its one-China policy."),
    ),
    good(
        given("en", "The Secretary discussed the Taiwan issue."),
        derived("zh", "国务卿谈到台湾问题。"),
        note="Chinese has one word for question and issue",
    ),
    unknown(
        given("en", "The Secretary discussed Ayungin Shoal."),
        derived("zh", "国务卿谈到仁爱礁。"),
        note="Chinese has no word of its own for the Philippine name",
    ),
)


CHECK = Check(
    id="TRM201",
    slug="replaced-term",
    family=Family.TERM,
    severity=Severity.WARNING,
    scope="cross",
    summary="A loaded term is replaced by another side's wording.",
    why="The one-China principle is Beijing's, the one-China policy Washington's: a copy that swaps them signs for a side.",
    limits="Knows the concepts of languages/concepts.toml, 159 in Chinese, English and French, 135 in Spanish, Russian and Arabic.",
    run=run,
    examples=_EXAMPLES,
)
