"""OFF101: one office given to two people in one document."""

from __future__ import annotations

from collections.abc import Iterator

from consistency.checks.base import Check, Example, ExampleDocument, Settings, finding, text_span
from consistency.checks.nam101 import is_one_role, looks_like_one_person, may_be_one_role
from consistency.checks.office_facts import (
    Holding,
    alike,
    both_span,
    country_name,
    different_people,
    holdings,
    same_country,
    serve_different_states,
)
from consistency.types import Agreement, AnalysedDocument, Analysis, Family, Result, Severity, Unchecked


def run(analysis: Analysis, settings: Settings) -> Iterator[Result]:
    for document in analysis.documents:
        found = holdings(analysis, document)
        seen: set[tuple[str, str, str]] = set()
        for number, first in enumerate(found):
            for second in found[number + 1 :]:
                judged = _judge(first, second, found)
                if judged is None:
                    continue
                if isinstance(judged, str):
                    if serve_different_states(first, second, settings.reference):
                        continue
                    names = f"{first.form.text} and {second.form.text}"
                    span = both_span(second)
                    reason = f"it is not said of which country {names} hold the office"
                    yield Unchecked(span.document, span.start, span.end, CHECK.id, reason)
                    continue
                wrong, right = judged
                if wrong is right:
                    yield Agreement(CHECK.id, (first.office.span, second.office.span))
                    continue
                key = (wrong.value.function, wrong.form.text, right.form.text)
                if key not in seen:
                    seen.add(key)
                    yield _finding(document, wrong, right)


def _judge(first: Holding, second: Holding, found: list[Holding]) -> tuple[Holding, Holding] | str | None:
    """(wrong, right); the same one twice where they agree; 'open' where a country is not told; else None."""
    if first.value.status != "incumbent" or second.value.status != "incumbent":
        return None
    if first.value.function != second.value.function:
        return None
    if first.holder.id == second.holder.id or first.value.body != second.value.body:
        return None
    if not different_people(first, second):
        return first, first
    if (
        may_be_one_role(first, second)
        and not _serves_another(first, second, found)
        and not _serves_another(second, first, found)
    ):
        return "open"
    for wrong, right in ((first, second), (second, first)):
        if _serves_another(wrong, right, found):
            return wrong, right
    if is_one_role(first, second) and not looks_like_one_person(first, second):
        if _has_other_office(first, found) != _has_other_office(second, found):
            return (first, second) if _has_other_office(first, found) else (second, first)
        if (first.form.is_full and second.form.is_full) or first.form.text != second.form.text:
            return second, first
    return None


def _serves_another(wrong: Holding, right: Holding, found: list[Holding]) -> bool:
    """Whether the one holds office for another country than the office's: nobody serves two states."""
    country = right.value.country
    if country is None or (wrong.value.country or country).lower() != country.lower():
        return False
    others = [
        h
        for h in found
        if not different_people(h, wrong)
        and h.holder.id != wrong.holder.id
        and h.office.id != wrong.office.id
    ]
    foreign = [
        h for h in others if h.value.country is not None and h.value.country.lower() != country.lower()
    ]
    own = [
        h
        for h in others
        if alike(h.value.function, wrong.value.function) and same_country(h.value, right.value) is not False
    ]
    if wrong.value.country is None and any(alike(h.value.function, wrong.value.function) for h in foreign):
        return False  # "Foreign Minister Lavrov", elsewhere Russia's: the office without a country is his own
    return bool(foreign) and not own


def _has_other_office(holding: Holding, found: list[Holding]) -> bool:
    return any(
        not different_people(h, holding)
        and h.value.function != holding.value.function
        and h.value.status == "incumbent"
        for h in found
    )


def _finding(document: AnalysedDocument, wrong: Holding, right: Holding) -> Result:
    label = wrong.value.function.replace("_", " ")
    country = right.value.country or wrong.value.country
    message = (
        f"“{wrong.office.text}” is given to {wrong.form.text}, but in this document {right.form.text} is the {label}"
        + (f" of {country_name(country)}." if country else ".")
    )
    spans = []
    for holding, role in ((wrong, "subject"), (right, "reference")):
        span = both_span(holding)
        spans.append(text_span(document.document, span.start, span.end, role))
    return finding(CHECK, message, spans, confidence=0.85, values=(wrong.form.text, right.form.text))


CHECK = Check(
    id="OFF101",
    slug="office-held-twice",
    family=Family.OFFICE,
    severity=Severity.ERROR,
    scope="internal",
    summary="One office is given to two people in one document.",
    why="A title that goes to the wrong man turns a foreign minister into his own counterpart.",
    limits=(
        "Judges offices of which a country has one holder, and offices given to somebody who serves another country in the same "
        "document. Former, acting, deputy and designate holders are left alone."
    ),
    run=run,
    examples=(
        Example(
            "bad",
            (
                ExampleDocument(
                    "Le conseiller d'État chinois Qin Gang a parlé au secrétaire d'État américain Antony Blinken. "
                    "⟦Blinken, membre du Conseil d'État⟧, a souligné l'importance du dialogue.",
                    "fr",
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "Le conseiller d'État chinois Qin Gang a parlé au secrétaire d'État américain Antony Blinken. "
                    "Qin, membre du Conseil d'État, a souligné l'importance du dialogue.",
                    "fr",
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "French President Emmanuel Macron met former French President François Hollande.", "en"
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "美国国务卿布林肯会见了中国外长王毅。布林肯国务卿表示，双方应加强合作。", "zh"
                ),
            ),
        ),
        Example(
            "unknown",
            (
                ExampleDocument(
                    "The foreign minister Peter Novak arrived on Monday. "
                    "On Tuesday the French foreign minister Catherine Colonna spoke.",
                    "en",
                ),
            ),
        ),
    ),
)
