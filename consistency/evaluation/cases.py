"""Cases: documents with what is known to be wrong with them, read from gold folders (docs/fixtures.md).

A case folder holds documents and a `gold.json`. It gives one or two cases: the accounts with the marred copies, and the
same accounts with the clean twin, where an alarm is false.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consistency.errors import ConfigError
from consistency.types import Document, Family, Role, Span


class GoldError(ConfigError):
    """A gold file that cannot be scored: says what it holds and what was expected."""


@dataclass(frozen=True, slots=True)
class Planted:
    """One known error: the words that a finding of `family` must touch."""

    id: str
    family: Family
    span: Span
    quote: str
    correct: str = ""
    difficulty: str = ""
    kind: str = ""
    """What was done to the text; "omission": `span` is the account's, and the copies lack it."""
    also: tuple[Family, ...] = ()
    """Further families whose findings find it, where the set does not tell families apart as we do."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two accounts differ, no fault of either. `right` is None where only the left one has it."""

    family: Family
    kind: str
    left: Span
    right: Span | None
    note: str = ""

    @property
    def is_conflict(self) -> bool:
        """Whether a warning on it is due: one moment on two days is the same moment, one figure in two units the same
        figure, and two statistics that each side gives as its own are both right."""
        return self.kind not in ("time_zone", "unit", "figure")


@dataclass(frozen=True, slots=True)
class Trap:
    """Words that look wrong and are right: an error or warning on them is a false alarm."""

    span: Span
    quote: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class GoldAlignment:
    """Pairs of sentence numbers (from 0) of two documents that report the same thing."""

    left: str
    right: str
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Case:
    """Documents to check in one run, and what a careful reader knows of them."""

    name: str
    dataset: str
    documents: tuple[Document, ...]
    planted: tuple[Planted, ...] = ()
    traps: tuple[Trap, ...] = ()
    differences: tuple[Difference, ...] = ()
    alignments: tuple[GoldAlignment, ...] = ()
    is_twin: bool = False
    """Whether it is the clean twin of another case, whose accounts it shares: their differences are counted there."""
    is_variant: bool = False
    """Whether it is another case of the same name with an error planted: its documents and alarms are counted there once."""

    @property
    def languages(self) -> str:
        """The language pair: accounts' languages, '>', copies' languages ('zh+en>fr'); accounts alone: 'zh+en'."""
        accounts = "+".join(sorted({d.language for d in self.documents if d.role is Role.ACCOUNT}))
        copies = "+".join(sorted({d.language for d in self.documents if d.role is Role.COPY}))
        return f"{accounts}>{copies}" if copies else accounts

    @property
    def words(self) -> int:
        """Words in the texts under test (the copies, or all accounts where there is no copy): see `count_words`."""
        tested = [d for d in self.documents if d.role is Role.COPY] or list(self.documents)
        return sum(count_words(d.text) for d in tested)


def count_words(text: str) -> int:
    """Words by white space, and one for every 1.6 Han characters, the usual rate of Chinese to English words."""
    han = sum("\u3400" <= character <= "\u9fff" for character in text)
    return len(text.split()) + round(han / 1.6)


def find_gold(paths: Iterable[Path]) -> Iterator[Path]:
    """Folders with a gold.json, at or under these paths, in order of name. Raises `GoldError` where there is none."""
    for path in paths:
        if not path.exists():
            raise GoldError(f"{path}: no such file or folder; name a folder that holds a gold.json, or holds such folders")
        found = [path.parent] if path.name == "gold.json" else sorted(p.parent for p in path.rglob("gold.json"))
        if not found:
            raise GoldError(f"{path}: no gold.json in it or below it; docs/fixtures.md shows what one looks like")
        yield from found


def read_cases(folder: Path) -> tuple[Case, ...]:
    """The cases of one gold folder: with the marred copies, and with the clean twin where there is one.

    Raises `GoldError` where the gold does not fit the documents, `IngestError` where a document cannot be read.
    """
    from consistency.ingest import read_document

    gold = _read_gold(folder / "gold.json")
    accounts = [read_document(str(folder / name), role=Role.ACCOUNT) for name in gold["accounts"]]
    copies = [read_document(str(folder / name), role=Role.COPY) for name in gold["copies"]]
    documents = _by_label((*accounts, *copies), folder)
    try:
        differences = tuple(_difference(entry, documents, folder) for entry in gold["between_readouts"])
        traps = tuple(_trap(entry, documents, folder) for entry in gold["must_not_flag"])
        marred = Case(
            name=folder.name,
            dataset=folder.parent.name,
            documents=tuple(documents.values()),
            planted=tuple(_planted(entry, documents, folder) for entry in gold["planted"]),
            traps=traps,
            differences=differences,
            alignments=tuple(_alignments(gold["alignments"], documents, accounts, folder)),
        )
        if not gold["clean"]:
            return (marred,)
        twin = _by_label((*accounts, read_document(str(folder / gold["clean"]), role=Role.COPY)), folder)
        # A trap stands in the copy and in its twin, at another offset; one whose words the twin lacks is left out.
        kept = [e for e in gold["must_not_flag"] if e["document"] in twin and e["quote"] in twin[e["document"]].text]
        clean = Case(
            name=f"{folder.name} (clean)",
            dataset=folder.parent.name,
            documents=tuple(twin.values()),
            traps=tuple(_trap(entry, twin, folder) for entry in kept),
            differences=differences,
            is_twin=True,
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{folder}/gold.json: an entry lacks a key or has one of another type: {error!r}") from error
    return marred, clean


_KEYS: dict[str, Any] = {
    "accounts": [],
    "copies": [],
    "clean": None,
    "planted": [],
    "between_readouts": [],
    "alignments": [],
    "must_not_flag": [],
}


def _read_gold(path: Path) -> dict[str, Any]:
    try:
        gold = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldError(f"{path}: cannot be read as JSON: {error}") from error
    if not isinstance(gold, dict):
        raise GoldError(f"{path}: expected an object with keys such as 'planted', found {type(gold).__name__}")
    gold = {**_KEYS, **gold}
    if not gold["accounts"] and not gold["copies"]:
        # Without lists every text beside the gold is read, and its front matter tells accounts from copies.
        from consistency.ingest import read_document

        files = sorted(p for p in path.parent.iterdir() if p.suffix in (".md", ".txt") and ".clean." not in p.name)
        roles = {p.name: read_document(str(p)).role for p in files}
        gold["accounts"] = [name for name, role in roles.items() if role is Role.ACCOUNT]
        gold["copies"] = [name for name, role in roles.items() if role is Role.COPY]
        twins = sorted(p.name for p in path.parent.iterdir() if ".clean." in p.name)
        gold["clean"] = gold["clean"] or (twins[0] if twins else None)
    return gold


def _by_label(documents: Iterable[Document], folder: Path) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for document in documents:
        if document.label in found:
            raise GoldError(f"{folder}: two documents have the label {document.label!r}; give each its own")
        found[document.label] = dataclasses.replace(document, id=document.label)
    return found


def _locate(entry: dict[str, Any], documents: dict[str, Document], folder: Path) -> Span:
    label, quote = entry.get("document"), entry.get("quote")
    if label not in documents:
        raise GoldError(f"{folder}/gold.json: document {label!r} is none of {', '.join(documents)}")
    text, start = documents[label].text, -1
    for _ in range(int(entry.get("occurrence", 1))):
        start = text.find(str(quote), start + 1)
        if start < 0:
            raise GoldError(f"{folder}/gold.json: {quote!r} does not stand in {label} as often as the gold says")
    return Span(label, start, start + len(str(quote)))


def _family(entry: dict[str, Any], folder: Path) -> Family:
    try:
        return Family(entry["family"])
    except ValueError as error:
        raise GoldError(
            f"{folder}/gold.json: family {entry['family']!r} is none of {', '.join(Family)}"
        ) from error


def _difference(entry: dict[str, Any], documents: dict[str, Document], folder: Path) -> Difference:
    right = entry.get("right")
    return Difference(
        family=_family(entry, folder),
        kind=str(entry.get("kind", "")),
        left=_locate(entry["left"], documents, folder),
        right=None if right is None else _locate(right, documents, folder),
        note=str(entry.get("note", "")),
    )


def _planted(entry: dict[str, Any], documents: dict[str, Document], folder: Path) -> Planted:
    span = _locate(entry, documents, folder)
    return Planted(
        id=str(entry.get("id", "")),
        family=_family(entry, folder),
        span=span,
        quote=documents[span.document].text[span.start : span.end],
        correct=str(entry.get("correct", "")),
        difficulty=str(entry.get("difficulty", "")),
        kind=str(entry.get("kind", "")),
    )


def _trap(entry: dict[str, Any], documents: dict[str, Document], folder: Path) -> Trap:
    return Trap(_locate(entry, documents, folder), entry["quote"], str(entry.get("why", "")))


def _alignments(
    entries: list[Any], documents: dict[str, Document], accounts: list[Document], folder: Path
) -> Iterator[GoldAlignment]:
    """A plain list of pairs is of the first two accounts; objects name their documents. Numbers in the file count from 1."""
    plain = tuple((int(e[0]) - 1, int(e[1]) - 1) for e in entries if isinstance(e, list))
    if plain and len(accounts) > 1:
        yield GoldAlignment(accounts[0].label, accounts[1].label, plain)
    for entry in entries:
        if isinstance(entry, dict):
            for label in (entry["left"], entry["right"]):
                if label not in documents:
                    raise GoldError(f"{folder}/gold.json: document {label!r} is none of {', '.join(documents)}")
            pairs = tuple((int(a) - 1, int(b) - 1) for a, b in entry["pairs"])
            yield GoldAlignment(entry["left"], entry["right"], pairs)
