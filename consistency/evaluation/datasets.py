"""Cases from the public evaluation sets that the benchmarks use, read from a data folder that the caller names.

NTREX-128 (news, one sentence a line, six languages), DEMETR (one translated sentence with and without one planted
error) and White House readouts. None of their sentences is part of this project.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from consistency.evaluation.cases import Case, Planted
from consistency.types import Document, Family, Role, Span

DEMETR_FAMILIES: dict[str, tuple[Family, ...]] = {
    "critical_id10_numbers_replaced": (Family.QUANTITY, Family.DATE),
    "critical_id8_negation": (Family.POLARITY,),
    "critical_id7_antonym": (Family.POLARITY, Family.TERM, Family.QUANTITY, Family.DATE, Family.PLACE),
    "critical_id9_ne_replaced": (Family.NAME, Family.PLACE, Family.OFFICE, Family.ATTRIBUTION),
    "critical_id25_ne_removed": (Family.NAME, Family.PLACE, Family.OFFICE, Family.ATTRIBUTION),
    "critical_id11_gender": (Family.NAME, Family.OFFICE, Family.ATTRIBUTION),
    "critical_id6_addition": (Family.COVERAGE, Family.QUANTITY, Family.NAME, Family.PLACE, Family.DATE),
    "critical_id24_subj_removed": (Family.COVERAGE, Family.ATTRIBUTION, Family.NAME),
}
"""The family of ours that each kind of planted error counts in, and further ones that find it: a named entity of DEMETR's
may be a place, a number the day of a date, an antonym 'north' for 'south'."""

DEMETR_LANGUAGES = {
    "chinese_simple": "zh",
    "french": "fr",
    "russian": "ru",
    "spanish": "es",
}


def ntrex_documents(folder: Path, language: str) -> dict[str, list[str]]:
    """Sentences by document id, in the file's order, of `folder/ntrex/<language>.tsv`."""
    documents: dict[str, list[str]] = {}
    for line in (folder / "ntrex" / f"{language}.tsv").read_text(encoding="utf-8").splitlines():
        name, _, sentence = line.partition("\t")
        documents.setdefault(name, []).append(sentence)
    return documents


def ntrex_cases(folder: Path, language: str) -> Iterator[Case]:
    """Clean cases: the English source as account, its human translation into `language` as copy, a sentence a paragraph."""
    sources = ntrex_documents(folder, "en")
    for name, sentences in ntrex_documents(folder, language).items():
        account = plain_document("source", "\n\n".join(sources[name]), "en")
        copy = plain_document("copy", "\n\n".join(sentences), language, Role.COPY)
        yield Case(name, "ntrex", (account, copy))


def plain_document(label: str, text: str, language: str, role: Role = Role.ACCOUNT) -> Document:
    """A document without metadata."""
    return Document(id=label, label=label, text=text, language=language, role=role)


def demetr_cases(folder: Path, kind: str) -> Iterator[Case]:
    """Two cases an item: source against the clean translation, and against the one with the planted error.

    The planted span is the stretch in which the two translations differ. One translation stands in the files of several
    kinds, under the same name, so that its alarms can be counted once.
    """
    family, *also = DEMETR_FAMILIES[kind]
    for line in (folder / "demetr" / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        language = DEMETR_LANGUAGES.get(item["lang_tag"])
        if language is None or not item["pert_check"]:
            continue
        source = plain_document("source", item["src_sent"], language)
        name = f"{item['id']}:{language}"
        clean = plain_document("copy", item["mt_sent"], "en", Role.COPY)
        marred = plain_document("copy", item["pert_sent"], "en", Role.COPY)
        start, end = changed_span(item["mt_sent"], item["pert_sent"])
        planted = Planted(
            id=f"{name}:{kind}",
            family=family,
            span=Span("copy", start, end),
            quote=item["pert_sent"][start:end],
            correct=item["mt_sent"],
            kind=kind,
            also=tuple(also),
        )
        yield Case(name, "demetr", (source, clean))
        yield Case(name, "demetr", (source, marred), (planted,), is_variant=True)


def changed_span(before: str, after: str) -> tuple[int, int]:
    """Span in `after` of all words that differ from `before`: common first and last words left out, never empty."""
    first, second = before.split(" "), after.split(" ")
    head = 0
    while head < min(len(first), len(second)) and first[head] == second[head]:
        head += 1
    tail = 0
    while tail < min(len(first), len(second)) - head and first[-1 - tail] == second[-1 - tail]:
        tail += 1
    start = len(" ".join(second[:head])) + (1 if head else 0)
    end = len(after) - (len(" ".join(second[len(second) - tail :])) + 1 if tail else 0)
    if end <= start:  # words were only taken out: the place where they stood, with the words on both sides
        before_it = len(" ".join(second[: max(0, head - 1)])) + (1 if head > 1 else 0)
        after_it = len(" ".join(second[: head + 1]))
        return min(before_it, len(after) - 1), max(after_it, before_it + 1)
    return start, end


def readout_cases(folder: Path) -> Iterator[Case]:
    """Real White House readouts, each alone: only the internal checks run on them."""
    with lzma.open(folder / "readouts_en" / "white_house.jsonl.xz", "rt", encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            item = json.loads(line)
            document = Document(
                id="readout",
                label="readout",
                text=f"{item['title']}\n\n{item['text']}",
                language="en",
                published=datetime.fromisoformat(f"{item['date']}T12:00:00-05:00"),
                timezone="America/New_York",
            )
            yield Case(f"{item['date']}-{number}", "readouts", (document,))


def event_cases(folder: Path) -> Iterator[Case]:
    """The real events: two accounts each, to be read by a person."""
    from consistency.ingest import read_document

    for event in sorted((folder / "real_events").iterdir()):
        documents = tuple(read_document(str(path)) for path in sorted(event.glob("*.md")))
        yield Case(event.name, "real_events", documents)
