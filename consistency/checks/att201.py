"""ATT201: a statement put in another speaker's mouth."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.checks.claim_pairs import (
    RIVAL_SHARE,
    WEAK_SHARE,
    ClaimPair,
    claim_pairs,
    is_close_translation,
    rivals,
)
from consistency.checks.example_texts import bad, derived, given, good, unknown
from consistency.checks.sides import Side, compare_sides, knows_person, side_of
from consistency.extract.issuers import country_of_issuer
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Claim,
    Family,
    Finding,
    FindingSpan,
    Outcome,
    Result,
    Severity,
    Unchecked,
)

MUTUAL = ("discuss", "agree", "sign")
"""Acts that nobody does alone: "Blinken discussed Taiwan with Qin" and "they discussed Taiwan" are the same."""

SIMILARITY = 0.35
"""Cosine of what was said from which two speakers can be in conflict over it."""


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for left, right in analysis.account_pairs():
        for pair in claim_pairs(analysis, left, right):
            yield from _between(analysis, left, right, pair)
    for copy in analysis.copies:
        yield from _in_copy(analysis, copy)


def _between(
    analysis: Analysis, left: AnalysedDocument, right: AnalysedDocument, pair: ClaimPair
) -> Iterator[Result]:
    one, other = pair.left[0], pair.right[0]
    outcome = _compare(analysis, left, one, right, other)
    spans = (*_voice(analysis, left, one, "subject"), *_voice(analysis, right, other, "subject"))
    if outcome is Outcome.AGREE:
        yield Agreement("ATT201", (one.span, other.span))
    elif outcome is Outcome.CONFLICT and pair.similarity >= SIMILARITY:
        yield finding(
            CHECK,
            f"{left.document.label!r} has {_named(analysis, one)} say what {right.document.label!r} has "
            f"{_named(analysis, other)} say.",
            spans,
            confidence=0.5,
            severity=Severity.NOTE,
        )


def _in_copy(analysis: Analysis, copy: AnalysedDocument) -> Iterator[Result]:
    """Each statement of the copy is held against the counterparts in all accounts: one that agrees is enough."""
    pairs: dict[str, list[tuple[AnalysedDocument, ClaimPair]]] = {}
    for account in analysis.accounts:
        for pair in claim_pairs(analysis, account, copy):
            for claim in pair.right:
                pairs.setdefault(claim.id, []).append((account, pair))
    for claim in copy.claims:
        if claim.id in pairs and claim.speaker is not None and claim.speaker.kind != "narrator":
            yield from _judge(analysis, copy, claim, pairs[claim.id])


def _judge(
    analysis: Analysis, copy: AnalysedDocument, claim: Claim, pairs: list[tuple[AnalysedDocument, ClaimPair]]
) -> Iterator[Result]:
    conflicts: list[tuple[AnalysedDocument, Claim, float]] = []
    best = max(pair.similarity for _, pair in pairs)
    open_pairs = 0
    for account, pair in pairs:
        if pair.similarity < WEAK_SHARE * best:
            continue
        outcomes = [(_compare(analysis, account, theirs, copy, claim), theirs) for theirs in pair.left]
        agreeing = next((theirs for outcome, theirs in outcomes if outcome is Outcome.AGREE), None)
        if agreeing is not None:
            yield Agreement("ATT201", (agreeing.span, claim.span))
            return
        conflict = next((theirs for outcome, theirs in outcomes if outcome is Outcome.CONFLICT), None)
        if (
            not any(outcome is not Outcome.UNKNOWN for outcome, _ in outcomes)
            and pair.similarity >= RIVAL_SHARE * best
        ):
            open_pairs += 1
        # Where another account has the better counterpart and its speaker is not known, nothing is known.
        if conflict is not None and pair.similarity >= max(SIMILARITY, best):
            if is_close_translation(account, copy, analysis.aligned(account.id, copy.id)) and not (
                _is_plain(analysis, account, conflict) and _is_plain(analysis, copy, claim)
            ):
                continue
            if not _are_mixed(analysis, account, conflict, copy, claim):
                conflicts.append((account, conflict, pair.similarity))
    if not conflicts or open_pairs:
        yield Unchecked(
            copy.id, claim.start, claim.end, "ATT201", "the speaker could not be told on both sides"
        )
        return
    mine = side_of(analysis, claim.speaker)
    for account in analysis.accounts:
        for theirs in rivals(analysis, account, copy, claim):
            if compare_sides(side_of(analysis, theirs.speaker), mine) is Outcome.AGREE:
                reason = "another statement of the same speaker is nearly as similar"
                yield Unchecked(copy.id, claim.start, claim.end, "ATT201", reason)
                return
    account, theirs, _ = conflicts[0]
    yield _conflict(analysis, copy, claim, account, theirs)


def _conflict(
    analysis: Analysis, copy: AnalysedDocument, claim: Claim, account: AnalysedDocument, theirs: Claim
) -> Finding:
    return finding(
        CHECK,
        f"{copy.document.label!r} has {_named(analysis, claim)} say this; in {account.document.label!r} it is "
        f"{_named(analysis, theirs)}.",
        [*_voice(analysis, copy, claim, "subject"), *_voice(analysis, account, theirs, "reference")],
        confidence=0.75,
    )


def _compare(
    analysis: Analysis, left: AnalysedDocument, one: Claim, right: AnalysedDocument, other: Claim
) -> Outcome:
    """Whether two statements have one speaker. `left` is an account."""
    mine, theirs = side_of(analysis, one.speaker), side_of(analysis, other.speaker)
    outcome = compare_sides(mine, theirs)
    if outcome is Outcome.CONFLICT and "joint" in _kinds(mine, theirs) and {one.act, other.act} & set(MUTUAL):
        return Outcome.AGREE
    is_party = theirs is not None and theirs.kind == "party" and theirs.country is not None
    if is_party and theirs is not None and country_of_issuer(left.document.issuer or "", left.document.language) == theirs.country:
        return (
            Outcome.AGREE
        )  # "The White House spoke of …" names the account as the source of whatever it holds
    if (
        outcome is Outcome.UNKNOWN
        and mine is not None
        and theirs is not None
        and mine.person
        and theirs.person
    ):
        # Two people, and each text knows both: then it is no misspelt name of one.
        known = all(knows_person(analysis, d, p) for d in (left, right) for p in (mine.person, theirs.person))
        return Outcome.CONFLICT if known else Outcome.UNKNOWN
    return outcome


def _are_mixed(
    analysis: Analysis, left: AnalysedDocument, one: Claim, right: AnalysedDocument, other: Claim
) -> bool:
    """Whether a sentence names the speaker that the other text gives the statement to: then who says what is a matter
    of parsing ("Kim told Trump that …"), and nothing can be held against either."""
    for document, claim, speaker in ((left, one, other.speaker), (right, other, one.speaker)):
        side = side_of(analysis, speaker)
        if side is None or side.kind == "joint":
            continue
        sentence = document.sentences[claim.sentence]
        own = claim.speaker.mention if claim.speaker is not None else None
        for mention in document.mentions:
            if not sentence.start <= mention.start < sentence.end or mention.id == own:
                continue
            person = analysis.person_of(mention.id)
            if person is not None and person.id == side.person:
                return True
    return False


def _is_plain(analysis: Analysis, document: AnalysedDocument, claim: Claim) -> bool:
    """Whether a sentence has one verb of speech, and names the person who speaks before it.

    News that is translated sentence by sentence is full of sentences with several: there the rest is left alone.
    """
    acts = [c for c in document.claims if c.sentence == claim.sentence and c.act_start is not None]
    if (
        len(acts) != 1
        or claim.speaker is None
        or claim.speaker.mention is None
        or claim.speaker.kind != "person"
    ):
        return False
    mention = analysis.mention(claim.speaker.mention)
    return claim.start <= mention.start and mention.end <= claim.end


def _kinds(*sides: Side | None) -> tuple[str, ...]:
    return tuple(side.kind for side in sides if side is not None)


def _named(analysis: Analysis, claim: Claim) -> str:
    side = side_of(analysis, claim.speaker)
    return "nobody" if side is None else (side.name or side.country or "one side")


def _voice(analysis: Analysis, document: AnalysedDocument, claim: Claim, role: str) -> Iterator[FindingSpan]:
    """The words that name the speaker with the verb, or the verb, or the statement where it carries both over."""
    end = claim.act_end if claim.act_end is not None else claim.end
    start = claim.act_start if claim.act_start is not None else claim.start
    if claim.speaker is not None and claim.speaker.mention is not None:
        mention = analysis.mention(claim.speaker.mention)
        if claim.start <= mention.start and mention.end <= claim.end:
            start, end = min(start, mention.start), max(end, mention.end)
        else:
            start = claim.start
    else:
        start = claim.start
    yield text_span(document.document, start, end, role)


_EXAMPLES = (
    bad(
        given(
            "zh",
            "外交部长王毅同美国国务卿布林肯会谈。王毅敦促美方取消对中国企业的制裁。布林肯说，美方愿保持沟通渠道畅通。",
        ),
        derived(
            "en",
            "Chinese Foreign Minister Wang Yi met U.S. Secretary of State Antony Blinken. "
            "⟦Blinken urged⟧ the United States to lift its sanctions on Chinese companies. "
            "Blinken said that Washington wanted to keep channels of communication open.",
        ),
    ),
    bad(
        given(
            "en",
            "U.S. Secretary of State Antony Blinken met Chinese Foreign Minister Wang Yi. "
            "Blinken raised concerns about China's support for Russia's defense industry. "
            "Wang said that China was ready to keep talking about climate change.",
        ),
        derived(
            "fr",
            "Le secrétaire d'État américain Antony Blinken a rencontré le ministre chinois des Affaires étrangères Wang Yi. "
            "⟦Wang Yi a exprimé sa préoccupation⟧ au sujet du soutien de la Chine à l'industrie de défense de la Russie. "
            "Wang Yi s'est dit prêt à continuer de parler du changement climatique.",
        ),
    ),
    good(
        given("zh", "外交部长王毅同美国国务卿布林肯会谈。王毅敦促美方取消对中国企业的制裁。"),
        derived(
            "en",
            "Chinese Foreign Minister Wang Yi met U.S. Secretary of State Antony Blinken. "
            "China urged the United States to lift its sanctions on Chinese companies.",
        ),
        note="a minister speaks for his side",
    ),
    good(
        given("en", "Blinken discussed Taiwan with Wang Yi."),
        derived("fr", "Les deux ministres ont discuté de Taïwan."),
        note="nobody discusses alone",
    ),
    unknown(
        given("en", "The spokesperson urged all parties to exercise restraint in the South China Sea."),
        derived(
            "fr", "Le responsable a exhorté toutes les parties à la retenue en mer de Chine méridionale."
        ),
        note="neither speaker can be told apart from the other",
    ),
)


CHECK = Check(
    id="ATT201",
    slug="other-speaker",
    family=Family.ATTRIBUTION,
    severity=Severity.ERROR,
    scope="cross",
    summary="A statement is put in another speaker's mouth.",
    why="Who said it is the news: a demand of one side told as a shared position settles what was never settled.",
    limits="Compares statements that are each other's best counterparts. Between accounts it is a note.",
    run=run,
    examples=_EXAMPLES,
)
