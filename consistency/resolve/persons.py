"""Who is who: person mentions gathered into persons, within a document and across documents and scripts.

Gathered loosely on purpose: Xi Jinping and Xi Jinpeng, Antony and Anthony Blinken are one person here, so that the
checks can hold their spellings against each other. What cannot be told ("the two ministers", a surname that two people
share) stays out of every person: UNKNOWN.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from consistency.extract.names_table import has_names
from consistency.languages.loader import fold
from consistency.resolve.likeness import Likeness, NameForm, compare, compare_words, words_of
from consistency.types import AnalysedDocument, Mention, MentionKind, OfficeValue, Person, PersonValue

if TYPE_CHECKING:
    from consistency.reference import Reference


@dataclass(slots=True)
class _Group:
    """Mentions of one form, and then of one person. `full` are its full names, `single` its names of one word."""

    mentions: list[Mention] = field(default_factory=list)
    full: dict[tuple[str, str], NameForm] = field(default_factory=dict)
    single: dict[tuple[str, str], NameForm] = field(default_factory=dict)
    reference: set[str] = field(default_factory=set)

    def absorb(self, other: _Group) -> None:
        self.mentions.extend(other.mentions)
        self.full.update(other.full)
        self.single.update(other.single)
        self.reference |= other.reference


def name_form(mention: Mention, language: str) -> NameForm:
    """The name in a person mention."""
    value = mention.value
    assert isinstance(value, PersonValue)
    return NameForm(language, value.name, value.family, value.given, value.form == "full")


def resolve_persons(documents: Sequence[AnalysedDocument], reference: Reference) -> tuple[Person, ...]:
    """The persons that the documents name, in order of first mention. Nothing is looked at but names and offices."""
    groups: list[_Group] = []
    for document in documents:
        if has_names(document.document.language):
            groups.extend(_within(document, reference))
    groups = _across(groups)
    language = {document.id: document.document.language for document in documents}
    order = {document.id: number for number, document in enumerate(documents)}
    _attach_counterparts(groups, documents)
    groups.sort(key=lambda g: min((order[m.document], m.start) for m in g.mentions))
    offices = _offices(documents)
    return tuple(
        _person(f"person-{n}", group, language, order, offices, reference)
        for n, group in enumerate(groups, 1)
    )


def _within(document: AnalysedDocument, reference: Reference) -> list[_Group]:
    """The persons of one document."""
    language = document.document.language
    named = [
        m
        for m in document.of_kind(MentionKind.PERSON)
        if isinstance(m.value, PersonValue) and m.value.form in ("full", "surname")
    ]
    groups: list[_Group] = []
    for mention in named:
        if isinstance(mention.value, PersonValue) and mention.value.form == "full":
            form = name_form(mention, language)
            known = {p.id for p in reference.by_name(form.text, language)}
            home = next((g for g in groups if _same_full(g, form, known)), None)
            if home is None:
                groups.append(home := _Group())
            home.mentions.append(mention)
            home.full[language, form.text] = form
            home.reference |= known
    for mention in named:
        if isinstance(mention.value, PersonValue) and mention.value.form == "surname":
            form = name_form(mention, language)
            home = _home_of_single(groups, mention, form)
            if home is None:
                groups.append(home := _Group())
                known_persons = reference.by_surname(form.text, language)
                if len(known_persons) == 1:
                    home.reference.add(known_persons[0].id)
            home.mentions.append(mention)
            home.single[language, form.text] = form
    return groups


def _same_full(group: _Group, form: NameForm, known: set[str]) -> bool:
    if known & group.reference:
        return True
    return any(compare(other, form) >= Likeness.NEAR for other in group.full.values())


def _home_of_single(groups: list[_Group], mention: Mention, form: NameForm) -> _Group | None:
    """The person that a name of one word belongs to: the one last named before it, else the first named after it."""
    fitting: list[tuple[bool, int, _Group]] = []
    for group in groups:
        fits = any(_is_part(form, other) for other in group.full.values())
        fits = fits or any(
            compare_words(w, form.language, v, o.language) == Likeness.SAME
            for o in group.single.values()
            for w in form.words
            for v in o.words
        )
        if fits:
            before = [m.start for m in group.mentions if m.start < mention.start]
            fitting.append(
                (bool(before), max(before) if before else -min(m.start for m in group.mentions), group)
            )
    return max(fitting, key=lambda item: item[:2])[2] if fitting else None


def _is_part(form: NameForm, full: NameForm) -> bool:
    return any(
        compare_words(w, form.language, v, full.language) == Likeness.SAME
        for w in form.words
        for v in ({*full.words, *words_of(full.family or "", full.language)} if full.family else full.words)
    )


def _across(groups: list[_Group]) -> list[_Group]:
    """Groups of different documents that are one person, joined: by the reference, by full names, then by single ones."""
    joined: list[_Group] = []
    for group in groups:
        home = next((g for g in joined if g.reference & group.reference), None)
        if home is None and group.full:
            fits = [g for g in joined if g.full and _fits_full(g, group)]
            home = fits[0] if fits else None
        if home is None:
            joined.append(group)
        else:
            home.absorb(group)
    result: list[_Group] = []
    for group in sorted(joined, key=lambda g: not g.full):
        fits = []
        if not group.full or any(not g.full for g in result):
            fits = [g for g in result if _fits_single(g, group)]
        if len(fits) == 1:
            fits[0].absorb(group)
        else:
            result.append(group)
    return result


def _documents(group: _Group) -> set[str]:
    return {m.document for m in group.mentions}


def _fits_full(a: _Group, b: _Group) -> bool:
    if a.reference and b.reference and not a.reference & b.reference:
        return False
    return any(compare(x, y) >= Likeness.NEAR for x in a.full.values() for y in b.full.values())


def _fits_single(a: _Group, b: _Group) -> bool:
    """Whether a person known by single names only is the other one, in another document."""
    if _documents(a) & _documents(b) or (a.reference and b.reference and not a.reference & b.reference):
        return False
    if a.full and b.full:
        return False
    bare, other = (a, b) if not a.full else (b, a)
    return any(
        compare(x, y) == Likeness.SAME
        for x in bare.single.values()
        for y in (*other.full.values(), *other.single.values())
    )


def _offices(documents: Sequence[AnalysedDocument]) -> dict[str, list[OfficeValue]]:
    """Offices by the id of the mention that holds them."""
    held: dict[str, list[OfficeValue]] = {}
    for document in documents:
        for office in document.of_kind(MentionKind.OFFICE):
            if isinstance(office.value, OfficeValue) and office.value.holder:
                held.setdefault(office.value.holder, []).append(replace(office.value, holder=None))
    return held


def _attach_counterparts(groups: list[_Group], documents: Sequence[AnalysedDocument]) -> None:
    """ "Son homologue chinois", where just one person of the document holds an office of that country."""
    for document in documents:
        holders: dict[str, list[_Group]] = {}
        for office in document.of_kind(MentionKind.OFFICE):
            value = office.value
            if isinstance(value, OfficeValue) and value.holder and value.country:
                group = next((g for g in groups if any(m.id == value.holder for m in g.mentions)), None)
                if group is not None and group not in holders.setdefault(value.country.lower(), []):
                    holders[value.country.lower()].append(group)
        for mention in document.of_kind(MentionKind.PERSON):
            value = mention.value
            if isinstance(value, PersonValue) and value.form == "phrase" and value.counterpart_of:
                found = holders.get(value.counterpart_of.lower(), [])
                if len(found) == 1:
                    found[0].mentions.append(mention)


def _person(
    identity: str,
    group: _Group,
    language: dict[str, str],
    order: dict[str, int],
    offices: dict[str, list[OfficeValue]],
    reference: Reference,
) -> Person:
    mentions = sorted(group.mentions, key=lambda m: (order[m.document], m.start))
    forms: dict[str, Counter[str]] = {}
    for mention in mentions:
        if isinstance(mention.value, PersonValue) and mention.value.name:
            forms.setdefault(language[mention.document], Counter())[mention.value.name] += 1
    listed = tuple(
        (code, tuple(form for form, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0]))))
        for code, counted in sorted(forms.items())
    )
    held = tuple(dict.fromkeys(value for mention in mentions for value in offices.get(mention.id, ())))
    known = sorted(group.reference)
    return Person(
        identity, listed, tuple(m.id for m in mentions), held, known[0] if len(known) == 1 else None
    )


def folded_name(mention: Mention, language: str) -> str:
    """The mention's name as lexicons see it."""
    value = mention.value
    return fold(value.name, language) if isinstance(value, PersonValue) else ""
