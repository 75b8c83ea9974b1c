"""ATT203: one account reports that the other side said something, and the other side's own account lacks it."""

from __future__ import annotations

from collections.abc import Iterable

from consistency.checks.base import Check, Settings, finding, text_span
from consistency.checks.coverage_pairs import coverage
from consistency.checks.sides import side_of
from consistency.extract.issuers import country_of_issuer
from consistency.types import Agreement, AnalysedDocument, Analysis, Claim, Family, Result, Severity


def run(analysis: Analysis, settings: Settings) -> Iterable[Result]:
    for left, right in analysis.account_pairs():
        for reporter, reported in ((left, right), (right, left)):
            yield from _second_hand(analysis, reporter, reported)


def _second_hand(analysis: Analysis, reporter: AnalysedDocument, reported: AnalysedDocument) -> Iterable[Result]:
    own = country_of_issuer(reporter.document.issuer) if reporter.document.issuer else None
    theirs = country_of_issuer(reported.document.issuer) if reported.document.issuer else None
    if theirs is None or own == theirs:
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
)
