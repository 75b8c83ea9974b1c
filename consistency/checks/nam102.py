"""NAM102: a name spelt almost, but not quite, like another form of itself."""

from __future__ import annotations

from collections.abc import Iterator

from consistency.checks.base import Check, Example, ExampleDocument, Settings, finding, span_of
from consistency.checks.name_results import results
from consistency.checks.name_words import NameConflict
from consistency.extract.names_table import has_names
from consistency.reference import Reference, ReferencePerson
from consistency.resolve.likeness import Likeness, NameForm, compare_words, script_of
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
    Role,
    Severity,
    Unchecked,
)


def _message(conflict: NameConflict) -> str:
    return f"“{conflict.subject_text}” stands where the account has “{conflict.reference_text}”: {conflict.reason}."


def run(analysis: Analysis, settings: Settings) -> Iterator[Result]:
    flagged: set[tuple[str, int, int]] = set()
    for result in results(CHECK, analysis, settings, _message):
        for span in getattr(result, "subjects", ()):
            flagged.add((span.document, span.start, span.end))
        yield result
    for document in analysis.documents:
        if not has_names(document.document.language):
            continue
        yield from _undecided(document, settings.reference)
        for mention, message, others in (
            *_inside(document, settings.reference),
            *_by_reference(document, settings.reference),
        ):
            if (mention.document, mention.start, mention.end) not in flagged:
                flagged.add((mention.document, mention.start, mention.end))
                spans = [span_of(mention), *(span_of(o, "reference") for o in others)]
                yield finding(CHECK, message, spans, confidence=0.85, values=(mention.text,))


def _full_names(document: AnalysedDocument) -> list[tuple[Mention, NameForm]]:
    return [
        (m, name_form(m, document.document.language))
        for m in document.of_kind(MentionKind.PERSON)
        if isinstance(m.value, PersonValue) and m.value.form == "full"
    ]


def _inside(document: AnalysedDocument, reference: Reference) -> Iterator[tuple[Mention, str, list[Mention]]]:
    """Full names of which one word is a near-miss of a name that stands more often, or that the reference knows."""
    named = _full_names(document)
    language = document.document.language
    groups: dict[str, list[Mention]] = {}
    forms: dict[str, NameForm] = {}
    for mention, form in named:
        groups.setdefault(form.text, []).append(mention)
        forms[form.text] = form
    for text, mentions in groups.items():
        for other, others in groups.items():
            if text == other or not _is_near(forms[text], forms[other]):
                continue
            known, known_other = reference.by_name(text, language), reference.by_name(other, language)
            if known and (not known_other or {p.id for p in known} & {p.id for p in known_other}):
                continue  # attested beside the other form, or itself the known one
            if known and known_other:
                continue  # two people with alike names
            if not known_other and len(mentions) >= len(others):
                continue
            for mention in mentions:
                yield (
                    mention,
                    f"“{text}” is spelt “{other}” elsewhere in this document ({len(others)} to {len(mentions)}).",
                    others[:1],
                )
            break


def _undecided(document: AnalysedDocument, reference: Reference) -> Iterator[Unchecked]:
    """Two spellings that stand equally often and that the reference does not know: one may be a slip, or there are two people."""
    forms: dict[str, list[tuple[Mention, NameForm]]] = {}
    for mention, form in _full_names(document):
        forms.setdefault(form.text, []).append((mention, form))
    listed = sorted(forms)
    language = document.document.language
    for number, text in enumerate(listed):
        for other in listed[number + 1 :]:
            if len(forms[text]) != len(forms[other]) or not _is_near(forms[text][0][1], forms[other][0][1]):
                continue
            if not reference.by_name(text, language) and not reference.by_name(other, language):
                later = max((forms[text][0][0], forms[other][0][0]), key=lambda m: m.start)
                reason = f"“{text}” and “{other}” may be one person or two"
                yield Unchecked(later.document, later.start, later.end, CHECK.id, reason)


def _is_near(a: NameForm, b: NameForm) -> bool:
    """Whether two full names differ by one near-miss word and agree in the rest."""
    if (
        len(a.words) != len(b.words)
        or len(a.words) < 2
        or script_of(a.text, a.language) != script_of(b.text, b.language)
    ):
        return False
    likeness = [compare_words(x, a.language, y, b.language) for x, y in zip(a.words, b.words, strict=True)]
    return sorted(likeness)[0] is Likeness.NEAR and likeness.count(Likeness.SAME) == len(likeness) - 1


def _by_reference(
    document: AnalysedDocument, reference: Reference
) -> Iterator[tuple[Mention, str, list[Mention]]]:
    """Full names that the reference spells otherwise, of a person to whom the text gives an office they held."""
    language = document.document.language
    offices: dict[str, list[OfficeValue]] = {}
    for office in document.of_kind(MentionKind.OFFICE):
        if isinstance(office.value, OfficeValue) and office.value.holder:
            offices.setdefault(office.value.holder, []).append(office.value)
    named = _full_names(document)
    wrong: dict[str, ReferencePerson] = {}
    for mention, form in named:
        if (
            form.text in wrong
            or mention.id not in offices
            or reference.by_name(form.text, language)
            or not form.family
        ):
            continue
        for person in reference.by_surname(form.family, language):
            held = {office.function for office in person.offices}
            country = {office.country.lower() for office in person.offices}
            fits = any(
                reference_function(value.function, held)
                and (value.country is None or value.country.lower() in country)
                for value in offices[mention.id]
            )
            if fits and any(
                _is_near(form, NameForm(language, known, is_full=True)) for known in person.forms(language)
            ):
                wrong[form.text] = person
                break
    for mention, form in named:
        if form.text in wrong:
            known = wrong[form.text].canonical(language)
            yield mention, f"“{form.text}” is spelt “{known}” in the reference table.", []


def reference_function(function: str, held: set[str]) -> bool:
    """Whether a person of the reference held the office that a text names, titles allowed for."""
    titles = {
        "president",
        "king",
        "queen",
        "monarch",
        "emperor",
        "emir",
        "prime_minister",
        "premier",
        "chancellor",
    }
    if function in held:
        return True
    if function in titles:
        return bool(held & {"head_of_state", "head_of_government"})
    return function in ("secretary", "minister") and any(h.endswith("_minister") for h in held)


CHECK = Check(
    id="NAM102",
    slug="misspelt-name",
    family=Family.NAME,
    severity=Severity.ERROR,
    scope="both",
    summary="A name is spelt almost like another form of itself in the document, the accounts or the reference.",
    why="Antony Blinken becomes Anthony, Xi Jinping becomes Xi Jinpeng: a reader cannot find the person, and an editor has to run a correction.",
    limits=(
        "Spellings that languages use for one another's names (Poutine, Zelensky) and variants attested in the reference are no errors. "
        "Against the reference alone a name is checked only where the text gives the person an office that they held."
    ),
    run=run,
    examples=(
        Example(
            "bad",
            (
                ExampleDocument("Secretary of State Antony Blinken met Wang Yi in Beijing.", "en", "us"),
                ExampleDocument(
                    "Le secrétaire d'État ⟦Anthony Blinken⟧ a rencontré Wang Yi à Pékin.",
                    "fr",
                    "wire",
                    Role.COPY,
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "President Vladimir Putin spoke with President Volodymyr Zelenskyy.", "en", "us"
                ),
                ExampleDocument(
                    "Le président Vladimir Poutine a parlé au président Volodymyr Zelensky.",
                    "fr",
                    "wire",
                    Role.COPY,
                ),
            ),
            "French and English conventions of transliteration.",
        ),
        Example(
            "bad",
            (
                ExampleDocument(
                    "President Xi Jinping met Secretary Blinken. Xi Jinping said that the two sides agreed. "
                    "⟦Xi Jinpeng⟧ added that China would take part.",
                    "en",
                ),
            ),
        ),
        Example(
            "good",
            (ExampleDocument("Wang Yi met Wang Li. Wang Yi said that Wang Li had agreed.", "en"),),
            "Two people may have names that are alike.",
        ),
        Example(
            "good",
            (ExampleDocument("美国国务卿安东尼·布林肯会见了王毅外长。布林肯表示，双方应加强合作。", "zh"),),
        ),
        Example(
            "unknown",
            (ExampleDocument("Peter Halvorsen met Peter Halversen on Monday.", "en"),),
            "Each stands once: a slip or two people.",
        ),
    ),
)
