"""ATT203: one account reports that the other side said something, and the other side's own account lacks it."""

from __future__ import annotations

from collections.abc import Iterable

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.checks.coverage_pairs import coverage
from consistency.checks.example_texts import bad, given, good, unknown
from consistency.checks.sides import side_of
from consistency.extract.issuers import country_of_issuer
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Claim,
    Family,
    Result,
    Severity,
    Unchecked,
)


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for left, right in analysis.account_pairs():
        for reporter, reported in ((left, right), (right, left)):
            yield from _second_hand(analysis, reporter, reported)


def _second_hand(
    analysis: Analysis, reporter: AnalysedDocument, reported: AnalysedDocument
) -> Iterable[Result]:
    own = country_of_issuer(reporter.document.issuer, reporter.document.language) if reporter.document.issuer else None
    theirs = country_of_issuer(reported.document.issuer, reported.document.language) if reported.document.issuer else None
    if own is None or theirs is None:
        if not reporter.document.issuer or not reported.document.issuer:
            reason = "no issuer is given for both accounts, so that their own sides are not known"
            yield Unchecked(reporter.id, 0, len(reporter.document.text), "ATT203", reason)
        return
    if own == theirs:
        return
    found = coverage(analysis, reporter, reported)
    carried = {claim.id for claim in found.carried}
    for claim in reporter.claims:
        if not _is_of(analysis, claim, theirs) or claim.act == "state":
            continue
        if claim.id in carried:
            yield Agreement("ATT203", (claim.span,))
            continue
        side = side_of(analysis, claim.speaker)
        name = side.name if side is not None and side.name else theirs
        yield finding(
            CHECK,
            f"{reporter.document.label!r} reports that {name} said this; {reported.document.label!r}, that side's own "
            f"account, does not have it.",
            [text_span(reporter.document, claim.start, claim.end)],
            confidence=0.7,
            values=(theirs, *claim.topics),
        )


def _is_of(analysis: Analysis, claim: Claim, country: str) -> bool:
    side = side_of(analysis, claim.speaker)
    return side is not None and side.kind != "joint" and side.country == country


_EXAMPLES = (
    bad(
        given(
            "zh",
            "外交部长王毅同法国外长塞茹尔内会谈。⟦塞茹尔内表示，法方奉行一个中国政策。⟧",
            issuer="Ministry of Foreign Affairs of China",
        ),
        given(
            "fr",
            "Le ministre s'est entretenu à Pékin avec son homologue chinois. Ils ont parlé du climat.",
            issuer="Ministry of Foreign Affairs of France",
        ),
    ),
    bad(
        given(
            "en",
            "The Secretary met Foreign Minister Wang Yi. ⟦The Chinese side agreed to buy more soybeans.⟧",
            issuer="U.S. Department of State",
        ),
        given(
            "zh",
            "外交部长王毅同美国国务卿布林肯会谈，就台湾问题阐明了立场。",
            issuer="Ministry of Foreign Affairs of China",
        ),
    ),
    good(
        given(
            "zh",
            "外交部长王毅同法国外长塞茹尔内会谈。王毅说，中方愿同法方加强气候合作。",
            issuer="Ministry of Foreign Affairs of China",
        ),
        given(
            "fr",
            "Le ministre s'est entretenu à Pékin avec son homologue chinois.",
            issuer="Ministry of Foreign Affairs of France",
        ),
        note="its own side's words",
    ),
    unknown(
        given("zh", "外交部长王毅同法国外长塞茹尔内会谈。塞茹尔内表示，法方奉行一个中国政策。"),
        given("en", "The ministers met in Beijing."),
        note="no issuer is given: whose account is whose cannot be told",
    ),
)


CHECK = Check(
    id="ATT203",
    slug="only-reported-by-other-side",
    family=Family.ATTRIBUTION,
    severity=Severity.NOTE,
    scope="accounts",
    summary="One account says that the other side said something which that side's own account lacks.",
    why="马克龙表示，法方奉行一个中国政策: the capital that is quoted may not have wished to be.",
    limits="Needs the issuer of both accounts, and a speaker whose country is known.",
    run=run,
    examples=_EXAMPLES,
)
