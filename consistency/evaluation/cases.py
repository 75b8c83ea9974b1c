"""Cases: documents with what is known to be wrong with them, read from gold folders (docs/fixtures.md).

A case folder holds documents and a `gold.json`. It gives up to three cases: the accounts with the marred copies, the
accounts with the clean twin, and the same copy alone where its gold says that errors show inside it.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consistency.errors import ConsistencyError
from consistency.types import Document, Family, Role, Span


class GoldError(ConsistencyError):
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
    alignments: tuple[GoldAlignment, ...] = ()

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
    """The cases of one gold folder. Raises `GoldError` where the gold does not fit the documents."""
    from consistency.ingest import read_document

    gold = _read_gold(folder / "gold.json")
    accounts = [read_document(str(folder / name)) for name in gold["accounts"]]
    copies = [read_document(str(folder / name), role=Role.COPY) for name in gold["copies"]]
    documents = _by_label((*accounts, *copies), folder)
    planted = tuple(_planted(entry, documents, folder) for entry in gold["planted"])
    traps = tuple(_trap(entry, documents, folder) for entry in gold["must_not_flag"])
    alignments = tuple(_alignments(gold["alignments"], accounts))
    cases = [Case(folder.name, folder.parent.name, tuple(documents.values()), planted, traps, alignments)]
    if gold["clean"]:
        clean = read_document(str(folder / gold["clean"]), role=Role.COPY)
        cases.append(Case(f"{folder.name} (clean)", folder.parent.name, (*accounts, clean)))
    return tuple(cases)


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


def _planted(entry: dict[str, Any], documents: dict[str, Document], folder: Path) -> Planted:
    try:
        family = Family(entry["family"])
    except ValueError as error:
        raise GoldError(
            f"{folder}/gold.json: family {entry['family']!r} is none of {', '.join(Family)}"
        ) from error
    return Planted(
        id=str(entry.get("id", "")),
        family=family,
        span=_locate(entry, documents, folder),
        quote=entry["quote"],
        correct=str(entry.get("correct", "")),
        difficulty=str(entry.get("difficulty", "")),
        kind=str(entry.get("kind", "")),
    )


def _trap(entry: dict[str, Any], documents: dict[str, Document], folder: Path) -> Trap:
    return Trap(_locate(entry, documents, folder), entry["quote"], str(entry.get("why", "")))


def _alignments(entries: list[Any], accounts: list[Document]) -> Iterator[GoldAlignment]:
    """A plain list of pairs is of the first two accounts; objects name their documents. Numbers in the file count from 1."""
    plain = tuple((int(e[0]) - 1, int(e[1]) - 1) for e in entries if isinstance(e, list))
    if plain and len(accounts) > 1:
        yield GoldAlignment(accounts[0].label, accounts[1].label, plain)
    for entry in entries:
        if isinstance(entry, dict):
            pairs = tuple((int(a) - 1, int(b) - 1) for a, b in entry["pairs"])
            yield GoldAlignment(entry["left"], entry["right"], pairs)
