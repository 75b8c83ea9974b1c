"""NAM103: a surname that matches nobody introduced."""

from __future__ import annotations

from collections.abc import Iterator

from consistency.checks.base import Check, Example, ExampleDocument, Settings, finding, span_of
from consistency.extract.names_table import Names, has_names, names
from consistency.languages.loader import fold
from consistency.resolve.likeness import Likeness, compare
from consistency.resolve.persons import name_form
from consistency.types import (
    AnalysedDocument,
    Analysis,
    Family,
    Mention,
    MentionKind,
    OfficeValue,
    PersonValue,
    Result,
    Severity,
    Unchecked,
)

MIN_INTRODUCED = 2
"""People whom the document must introduce by full name before a bare surname can be a slip."""


def run(analysis: Analysis, settings: Settings) -> Iterator[Result]:
    for document in analysis.documents:
        if has_names(document.document.language):
            yield from _run(document, settings)


def _run(document: AnalysedDocument, settings: Settings) -> Iterator[Result]:
    language = document.document.language
    pack = names(language)
    persons = [
        m for m in document.of_kind(MentionKind.PERSON) if isinstance(m.value, PersonValue) and m.value.name
    ]
    full = [m for m in persons if isinstance(m.value, PersonValue) and m.value.form == "full"]
    introduces_enough = len({fold(m.text, language) for m in full}) >= MIN_INTRODUCED
    if not full:
        return
    held = {o.value.holder for o in document.of_kind(MentionKind.OFFICE) if isinstance(o.value, OfficeValue)}
    introduced = {fold(m.text, language) for m in persons if m.id in held or _has_honorific(m)}
    for mention in persons:
        value = mention.value
        assert isinstance(value, PersonValue)
        if value.form != "surname" or fold(mention.text, language) in introduced:
            continue
        if not _is_surname(mention, pack) or not _acts(document, mention, pack):
            continue
        form = name_form(mention, language)
        if any(compare(form, name_form(other, language)) is not Likeness.DIFFERENT for other in full):
            continue
        if settings.reference.by_surname(value.name, language) and not _is_family_first(mention, pack):
            continue
        if not introduces_enough:
            reason = f"“{mention.text}” matches nobody, but this document introduces too few people to tell"
            yield Unchecked(mention.document, mention.start, mention.end, CHECK.id, reason)
            continue
        nearest = next((m for m in full if _shares_kind(m, pack)), full[0])
        yield finding(
            CHECK,
            f"“{mention.text}” is nobody whom this document introduces; it names {_listed(full)}.",
            [span_of(mention), span_of(nearest, "reference")],
            confidence=0.8,
            values=(mention.text,),
        )


def _has_honorific(mention: Mention) -> bool:
    return isinstance(mention.value, PersonValue) and mention.value.honorific is not None


def _is_family_first(mention: Mention, pack: Names) -> bool:
    return fold(mention.text, pack.language) in pack.family_first


def _is_surname(mention: Mention, pack: Names) -> bool:
    """Whether the word is known to be a family name, and nothing else, in this script."""
    folded = fold(mention.text, pack.language)
    return folded in pack.family_first and folded not in pack.given and folded not in pack.common


def _acts(document: AnalysedDocument, mention: Mention, pack: Names) -> bool:
    """Whether a speech verb follows: the person takes part in what is reported."""
    following = fold(document.text[mention.end : mention.end + 40], pack.language).lstrip(" ,")
    return any(
        following.startswith(v) and not following[len(v) : len(v) + 1].isalpha() for v in pack.speech_verbs
    )


def _shares_kind(mention: Mention, pack: Names) -> bool:
    value = mention.value
    return isinstance(value, PersonValue) and fold(value.family or "", pack.language) in pack.family_first


def _listed(full: list[Mention]) -> str:
    return ", ".join(list(dict.fromkeys(m.text for m in full))[:4])


CHECK = Check(
    id="NAM103",
    slug="unintroduced-surname",
    family=Family.NAME,
    severity=Severity.ERROR,
    scope="internal",
    summary="A surname-only mention matches nobody whom the document introduces.",
    why="“Chen a expliqué” in an article about Qin Gang: the reader does not know who speaks.",
    limits=(
        "Only Chinese, Korean and Vietnamese family names in other scripts are judged, where the document introduces at least "
        "two people by full name and the bare surname speaks or acts. Other single names may be brands, pseudonyms or people "
        "too well known to introduce."
    ),
    run=run,
    examples=(
        Example(
            "bad",
            (
                ExampleDocument(
                    "Le ministre Qin Gang s'est entretenu avec Antony Blinken. ⟦Chen⟧ a expliqué la position de la Chine.",
                    "fr",
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "Le ministre Qin Gang s'est entretenu avec Antony Blinken. Qin a expliqué la position de la Chine.",
                    "fr",
                ),
            ),
        ),
        Example(
            "bad",
            (
                ExampleDocument(
                    "Qin Gang spoke with Antony Blinken. ⟦Chen⟧ explained China's position.", "en"
                ),
            ),
        ),
        Example(
            "good",
            (ExampleDocument("Qin Gang spoke with Antony Blinken. Mr. Chen explained the procedure.", "en"),),
            "An honorific introduces.",
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "国务委员兼外交部长秦刚同美国国务卿布林肯通电话。秦刚表示，中方重视双方关系。", "zh"
                ),
            ),
        ),
        Example(
            "unknown",
            (ExampleDocument("Qin Gang arrived in Paris. Chen said that the talks would go on.", "en"),),
            "With one person introduced Chen may be somebody everybody knows.",
        ),
    ),
)
