"""NAM101: one person, two irreconcilable names in one document."""

from __future__ import annotations

from collections.abc import Iterator

from consistency.checks.base import Check, Example, ExampleDocument, Settings, finding, span_of
from consistency.checks.office_facts import (
    Holding,
    alike,
    country_name,
    different_people,
    holdings,
    is_single,
    same_country,
    serve_different_states,
)
from consistency.reference import Reference
from consistency.resolve.likeness import Likeness, NameForm, compare_words, is_native_chinese
from consistency.resolve.persons import name_form
from consistency.types import (
    Agreement,
    AnalysedDocument,
    Analysis,
    Family,
    Mention,
    MentionKind,
    PersonValue,
    Result,
    Severity,
    Unchecked,
)


def run(analysis: Analysis, settings: Settings) -> Iterator[Result]:
    for document in analysis.documents:
        seen: set[tuple[str, str]] = set()
        found = holdings(analysis, document)
        for number, first in enumerate(found):
            for second in found[number + 1 :]:
                if not is_one_role(first, second):
                    if (
                        may_be_one_role(first, second)
                        and different_people(first, second)
                        and not serve_different_states(first, second, settings.reference)
                    ):
                        reason = f"it is not said of which country {second.form.text} and {first.form.text} hold the office"
                        span = second.holder.span
                        yield Unchecked(span.document, span.start, span.end, CHECK.id, reason)
                    continue
                if not different_people(first, second):
                    yield Agreement(CHECK.id, (first.holder.span, second.holder.span))
                    continue
                if not looks_like_one_person(first, second):
                    continue  # two people in one office: OFF101's
                if may_be_short(first.form, second.form):
                    continue
                wrong, right = _wrong_and_right(document, first, second, settings.reference)
                key = (wrong.form.text, right.form.text)
                if key not in seen:
                    seen.add(key)
                    yield _finding(document, wrong, right)


def is_one_role(a: Holding, b: Holding) -> bool:
    """Whether both hold, at one time, an office of which a country has one holder."""
    return (
        a.value.status == b.value.status == "incumbent"
        and is_single(a.value.function)
        and a.value.function == b.value.function
        and same_country(a.value, b.value) is True
        and a.value.body == b.value.body
    )


def may_be_one_role(a: Holding, b: Holding) -> bool:
    """Whether both hold the same kind of office and one of them is given no country."""
    return (
        a.value.status == b.value.status == "incumbent"
        and is_single(a.value.function)
        and a.value.function == b.value.function
        and same_country(a.value, b.value) is None
    )


def looks_like_one_person(a: Holding, b: Holding) -> bool:
    """Whether two different names are more likely one person's than two people's: they share a family or given name."""
    return any(
        compare_words(x, a.form.language, y, b.form.language) in (Likeness.SAME, Likeness.NEAR)
        for x in _parts(a.form)
        for y in _parts(b.form)
    )


def _parts(form: NameForm) -> tuple[str, ...]:
    """Family and given name of a Chinese-style name, else the words."""
    if is_native_chinese(form) and form.family and form.given:
        return form.family, form.given
    return form.words


def may_be_short(a: NameForm, b: NameForm) -> bool:
    """Whether the names may differ by a pet name only: Benjamin and Bibi Netanyahu, Joseph and Joe Biden."""
    if compare_words(a.words[-1], a.language, b.words[-1], b.language) is not Likeness.SAME:
        return False
    return len(a.words) > 1 and len(b.words) > 1 and a.words[0][:1] == b.words[0][:1]


def _wrong_and_right(
    document: AnalysedDocument, first: Holding, second: Holding, reference: Reference
) -> tuple[Holding, Holding]:
    """The holding to question and the one to hold it against: the reference decides, then frequency, then place."""
    language = document.document.language

    def support(holding: Holding) -> tuple[bool, int, int]:
        known = any(
            alike(office.function, holding.value.function) or is_single(office.function)
            for person in reference.by_name(holding.form.text, language)
            for office in person.offices
        )
        full = sum(
            isinstance(m.value, PersonValue) and m.value.name == holding.form.text
            for m in document.of_kind(MentionKind.PERSON)
        )
        return known, full, -holding.holder.start

    return (first, second) if support(first) < support(second) else (second, first)


def _finding(document: AnalysedDocument, wrong: Holding, right: Holding) -> Result:
    subjects = _mentions_of(document, wrong, right)
    others = _mentions_of(document, right, wrong)
    label = wrong.value.function.replace("_", " ")
    message = (
        f"The {label}{_of(wrong)} is “{right.form.text}” ({_times(len(others))}) and "
        f"“{wrong.form.text}” ({_times(len(subjects))}) in this document."
    )
    spans = [*(span_of(m) for m in subjects), *(span_of(m, "reference") for m in others)]
    return finding(CHECK, message, spans, confidence=0.9, values=(wrong.form.text, right.form.text))


def _of(holding: Holding) -> str:
    return f" of {country_name(holding.value.country)}" if holding.value.country else ""


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _mentions_of(document: AnalysedDocument, holding: Holding, other: Holding) -> list[Mention]:
    """The mentions of this name, whole or by a word that the other name does not have."""
    language = document.document.language
    own = [
        w
        for w in _parts(holding.form)
        if all(compare_words(w, language, o, language) is not Likeness.SAME for o in _parts(other.form))
    ]
    found = []
    for mention in document.of_kind(MentionKind.PERSON):
        value = mention.value
        if isinstance(value, PersonValue) and value.form in ("full", "surname"):
            words = _parts(name_form(mention, language))
            if any(compare_words(w, language, o, language) is Likeness.SAME for w in words for o in own):
                found.append(mention)
    return found


CHECK = Check(
    id="NAM101",
    slug="inconsistent-name",
    family=Family.NAME,
    severity=Severity.ERROR,
    scope="internal",
    summary="One person bears two irreconcilable names in one document.",
    why="The minister who is Qin Gang in one line and Chen Gang in the next leaves the reader with two ministers.",
    limits=(
        "Sees only people to whom the text gives one and the same single-holder office, or calls each other's counterpart, "
        "and whose names share a part. Two wholly different names in one office are OFF101's."
    ),
    run=run,
    examples=(
        Example(
            "bad",
            (
                ExampleDocument(
                    "Le ministre chinois des Affaires étrangères Qin Gang a parlé au secrétaire d'État américain Antony Blinken. "
                    "Antony Blinken a salué le ministre chinois des Affaires étrangères ⟦Chen Gang⟧.",
                    "fr",
                ),
            ),
        ),
        Example(
            "good",
            (
                ExampleDocument(
                    "Le ministre chinois des Affaires étrangères Qin Gang a parlé au secrétaire d'État américain Antony Blinken. "
                    "Antony Blinken a salué l'ancien ministre chinois des Affaires étrangères Wang Yi.",
                    "fr",
                ),
            ),
        ),
        Example(
            "bad",
            (
                ExampleDocument(
                    "中国外长秦刚会见了法国外长科洛纳。中国外长⟦陈刚⟧表示，双方应加强合作。", "zh"
                ),
            ),
        ),
        Example(
            "good",
            (ExampleDocument("中国外长秦刚会见了法国外长科洛纳。秦刚外长表示，双方应加强合作。", "zh"),),
        ),
        Example(
            "unknown",
            (
                ExampleDocument(
                    "The foreign minister Peter Novak arrived on Monday. On Tuesday the French foreign minister Catherine Colonna spoke.",
                    "en",
                ),
            ),
            "Of which country the first is foreign minister is not said.",
        ),
    ),
)
