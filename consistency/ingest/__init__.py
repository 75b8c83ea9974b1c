"""Documents read from files, addresses and standard input: one reader a format.

The format follows the content where that tells (PDF, Word, HTML) and the file's ending otherwise. Text and Markdown
may begin with YAML front matter; offsets refer to the text behind it, untouched. What cannot be read raises
`IngestError` with what was found, what was expected and what to do.

Not read: images of text (scanned PDF), old binary .doc files, text inside pictures, password-protected files.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from consistency.errors import IngestError
from consistency.ingest.encoding import decode
from consistency.ingest.frontmatter import NO_METADATA, Metadata, primary_language, split
from consistency.types import Document, Failure, Role

SIZE_LIMIT = 20_000_000
"""Largest file in bytes. The largest PDF of a readout seen is far below one megabyte; this only stops disk images."""

TEXT_LIMIT = 1_000_000
"""Longest text in code points. 2,000 sentences, the size that the report is built for, take about 400,000."""

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_TEXT_ENDINGS = (".txt", ".text", ".md", ".markdown", "")


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader makes of the bytes: the text, and what the format itself tells about it."""

    text: str
    metadata: Metadata = NO_METADATA
    text_line: int = 1


def read_document(source: str, *, role: Role | None = None) -> Document:
    """One document from a path, an http(s) address or '-' (standard input).

    `role` stands above the front matter's. The language is detected where the front matter gives none. Raises
    `IngestError`.
    """
    data, name = _fetch(source)
    if len(data) > SIZE_LIMIT:
        raise IngestError(f"{source}: {len(data):,} bytes; the limit is {SIZE_LIMIT:,}. Is this the right file?")
    try:
        content = _reader(data, name)(data)
    except IngestError as error:
        raise IngestError(f"{source}: {error}") from error
    text, metadata = content.text, content.metadata
    if not text.strip():
        raise IngestError(f"{source}: there is no text in it; expected a readout or an article")
    if len(text) > TEXT_LIMIT:
        raise IngestError(
            f"{source}: the text has {len(text):,} characters; the limit is {TEXT_LIMIT:,}. Check it in parts"
        )
    label = metadata.label or _stem(source, name)
    return Document(
        id=label,
        label=label,
        text=text,
        language=metadata.language or _detected(source, text),
        role=role or metadata.role or Role.ACCOUNT,
        path=source,
        sha256=hashlib.sha256(data).hexdigest(),
        issuer=metadata.issuer,
        published=metadata.published,
        timezone=metadata.timezone,
        event_date=metadata.event_date,
        source=metadata.source or (source if _ADDRESS.match(source) else None),
        text_line=content.text_line,
    )


def read_documents(sources: Iterable[tuple[str, Role | None]]) -> tuple[list[Document], list[Failure]]:
    """The documents that could be read, in order, and a failure for each one that could not."""
    documents: list[Document] = []
    failures: list[Failure] = []
    for source, role in sources:
        try:
            documents.append(read_document(source, role=role))
        except IngestError as error:
            failures.append(Failure(source, str(error).removeprefix(f"{source}: ")))
    return documents, failures


def _fetch(source: str) -> tuple[bytes, str]:
    """The bytes behind a source, and a file name whose ending hints at the format."""
    if source == "-":
        return sys.stdin.buffer.read(SIZE_LIMIT + 1), "stdin"
    if _ADDRESS.match(source):
        from consistency.ingest.url import fetch

        try:
            return fetch(source, limit=SIZE_LIMIT)
        except IngestError as error:
            raise IngestError(f"{source}: {error}") from error
    path = Path(source)
    try:
        if path.is_dir():
            raise IngestError(f"{source}: this is a directory; name the files in it")
        with path.open("rb") as file:
            return file.read(SIZE_LIMIT + 1), path.name
    except FileNotFoundError:
        raise IngestError(f"{source}: no such file") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise IngestError(f"{source}: cannot be read: {reason}") from error


def _reader(data: bytes, name: str) -> Callable[[bytes], Content]:
    ending = PurePosixPath(name).suffix.lower()
    if data.startswith(b"%PDF-"):
        from consistency.ingest.pdf import read_pdf

        return read_pdf
    if data.startswith(b"PK\x03\x04"):
        from consistency.ingest.docx import read_docx

        return read_docx
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise IngestError("an old binary Office file; save it as .docx or .txt")
    if ending in (".html", ".htm", ".xhtml") or re.match(rb"\s*(<!doctype html|<html\b)", data[:1000], re.I):
        from consistency.ingest.html import read_html

        return read_html
    if ending in (".pdf", ".docx"):
        raise IngestError(f"its name ends in {ending}, but its content is not of that format")
    return read_text


def read_text(data: bytes) -> Content:
    """Plain text or Markdown, with or without front matter."""
    front, text, line = split(decode(data))
    return Content(text, front, line)


def _stem(source: str, name: str) -> str:
    """The default label: the file's name without its ending, or the address' last part or host."""
    if not _ADDRESS.match(source):
        return PurePosixPath(name).stem or name
    parts = urlsplit(source)
    return PurePosixPath(parts.path).stem or parts.hostname or "url"


def _detected(source: str, text: str) -> str:
    from consistency.ingest.language import detect_language

    detected = detect_language(text)
    if detected is None:
        raise IngestError(
            f"{source}: cannot tell the language of the text; give it in front matter "
            f"(three lines before the text: '---', 'language: en', '---')"
        )
    return primary_language(detected)
