"""Who holds which office in a document: the facts that NAM101 and the OFF checks compare."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from consistency.extract.names_table import has_names
from consistency.reference.parse import vocabulary
from consistency.resolve.likeness import Likeness, NameForm, compare
from consistency.resolve.persons import name_form
from consistency.types import (
    AnalysedDocument,
    Analysis,
    Mention,
    MentionKind,
    OfficeValue,
    Person,
    PersonValue,
    Span,
)

if TYPE_CHECKING:
    from consistency.reference import Reference

TITLES = frozenset(
    {"president", "king", "queen", "monarch", "emperor", "emir", "prime_minister", "premier", "chancellor"}
)

ALIKE: tuple[frozenset[str], ...] = (
    frozenset(
        {
            "president",
            "chair",
            "organisation_president",
            "chief_executive_officer",
            "director",
            "parliament_speaker",
            "upper_house_speaker",
            "head_of_state",
            "council_president",
            "commission_president",
            "parliament_president",
            "manager",
            "governor",
            "central_bank_governor",
            "party_leader",
            "advisory_body_head",
            "director_general",
            "secretary_general",
            "chief_executive",
            "commissioner",
        }
    ),
    frozenset({"prime_minister", "premier", "chancellor", "head_of_government"}),
    frozenset(
        {
            "king",
            "queen",
            "monarch",
            "emperor",
            "emir",
            "head_of_state",
            "prince",
            "princess",
            "crown_prince",
            "duke",
            "duchess",
        }
    ),
    frozenset({"lawmaker", "senator"}),
    frozenset({"lawmaker", "member_of_parliament"}),
    frozenset({"member_of_parliament", "permanent_representative", "special_envoy"}),
    frozenset({"chancellor", "finance_minister"}),
    frozenset({"judge", "justice_minister", "prosecutor", "lawyer"}),
    frozenset(
        {"general", "colonel", "admiral", "captain", "police_officer", "armed_forces_chief", "commissioner"}
    ),
    frozenset({"coach", "manager", "captain", "director"}),
    frozenset({"priest", "bishop", "cardinal", "pope", "director"}),
    frozenset({"professor", "physician", "director"}),
    frozenset(
        {
            "spokesperson",
            "foreign_ministry_spokesperson",
            "head_of_state_spokesperson",
            "secretary",
            "director",
            "member_of_parliament",
            "permanent_representative",
            "special_envoy",
        }
    ),
    frozenset({"foreign_minister", "high_representative", "secretary"}),
    frozenset({"state_councilor", "foreign_affairs_commission_director", "politburo_member"}),
    frozenset({"national_security_adviser", "deputy_national_security_adviser", "diplomatic_adviser"}),
    frozenset({"economy_minister", "finance_minister", "commerce_minister"}),
)
"""Functions that one word of some language can stand for (président, 主席; director, head): never in conflict."""

_GENERIC = frozenset({"minister", "secretary", "director", "chair", "spokesperson", "manager", "captain"})
"""Words short for a fuller title."""


@dataclass(frozen=True, slots=True)
class Holding:
    """An office that a document gives to a person."""

    office: Mention
    value: OfficeValue
    holder: Mention
    form: NameForm
    person: Person | None


def holdings(analysis: Analysis, document: AnalysedDocument) -> list[Holding]:
    """Offices with a named holder, in text order; the counterpart of a minister holds the minister's office."""
    if not has_names(document.document.language):
        return []
    mentions = {m.id: m for m in document.of_kind(MentionKind.PERSON)}
    found = []
    for office in document.of_kind(MentionKind.OFFICE):
        value = office.value
        if isinstance(value, OfficeValue) and value.holder in mentions:
            holder = mentions[value.holder]
            found.append(_holding(analysis, document, office, value, holder))
    found.extend(_counterparts(analysis, document, found))
    return sorted(found, key=lambda h: (h.office.start, h.holder.start, h.value.function))


def _holding(
    analysis: Analysis, document: AnalysedDocument, office: Mention, value: OfficeValue, holder: Mention
) -> Holding:
    return Holding(
        office, value, holder, name_form(holder, document.document.language), analysis.person_of(holder.id)
    )


def _counterparts(analysis: Analysis, document: AnalysedDocument, known: list[Holding]) -> Iterator[Holding]:
    """ "Blinken a dit à son homologue chinois Chen Gang": Chen Gang holds for China what Blinken holds."""
    persons = [m for m in document.of_kind(MentionKind.PERSON) if isinstance(m.value, PersonValue)]
    for number, phrase in enumerate(persons[:-1]):
        value, named = phrase.value, persons[number + 1]
        assert isinstance(value, PersonValue) and isinstance(named.value, PersonValue)
        if value.form != "phrase" or value.counterpart_of is None or not named.value.name:
            continue
        gap = document.text[phrase.end : named.start]
        if not re.fullmatch(r"[\s,，、(（]{0,2}", gap):
            continue
        before = [h for h in known if h.holder.end <= phrase.start and phrase.start - h.holder.end < 400]
        if not before:
            continue
        partner = before[-1]
        functions = [h.value for h in known if h.holder.id == partner.holder.id]
        for function in functions:
            if vocabulary().single.get(function.function, function.function in TITLES):
                office = OfficeValue(function.function, value.counterpart_of, holder=named.id)
                yield _holding(analysis, document, phrase, office, named)


@cache
def is_single(function: str) -> bool:
    """Whether a country has one holder of the office at a time."""
    return function in TITLES or vocabulary().single.get(function, False)


@cache
def alike(a: str, b: str) -> bool:
    """Whether two functions may be one office in other words."""
    if a == b or any(a in group and b in group for group in ALIKE):
        return True
    short, full = (a, b) if a in _GENERIC else (b, a)
    if short in _GENERIC:
        return (
            short in full
            or (short == "secretary" and full.endswith("_minister"))
            or (short == "minister" and full in ("prime_minister", "state_councilor", "chancellor"))
            or full in _GENERIC
        )
    return False


def same_country(a: OfficeValue, b: OfficeValue) -> bool | None:
    """None where one of them leaves the country open. Two parts of one country are not the same."""
    if a.body is not None and b.body is not None and a.body != b.body:
        return False
    if a.country is None or b.country is None:
        return None
    return a.country.lower() == b.country.lower()


def different_people(a: Holding, b: Holding) -> bool:
    """Whether the two names certainly are two people's, as far as names tell."""
    return compare(a.form, b.form) is Likeness.DIFFERENT


def serve_different_states(a: Holding, b: Holding, reference: Reference) -> bool:
    """Whether the reference table knows both and never saw them serve one country: Biden's office is not Xi's."""
    one, other = _states(a, reference), _states(b, reference)
    return bool(one) and bool(other) and not one & other


def _states(holding: Holding, reference: Reference) -> frozenset[str]:
    """Countries that the holder served, where the table knows just one such person; else none."""
    language = holding.form.language
    known = reference.by_name(holding.form.text, language) or reference.by_surname(holding.form.text, language)
    if holding.person is not None and holding.person.reference is not None:
        clustered = reference.person(holding.person.reference)
        known = (clustered,) if clustered is not None else known
    return frozenset(office.country for office in known[0].offices) if len(known) == 1 else frozenset()


_BODIES = {"eu": "the European Union", "un": "the United Nations", "nato": "NATO", "asean": "ASEAN"}


def country_name(country: str) -> str:
    """A country or organisation by its English name in CLDR ("China" for CN); the code itself where CLDR has none."""
    from babel import Locale

    return _BODIES.get(country.lower()) or str(Locale("en").territories.get(country.upper(), country))


def both_span(holding: Holding) -> Span:
    """The stretch that holds both the office and its holder."""
    return Span(
        holding.office.document,
        min(holding.office.start, holding.holder.start),
        max(holding.office.end, holding.holder.end),
    )
