"""The text of a PDF, with the line breaks of the page taken out.

Not handled: scanned pages, several columns that the file stores line by line, running heads (they stay in the text).
"""

from __future__ import annotations

import io
import logging
import re
from itertools import pairwise

from consistency.errors import IngestError
from consistency.ingest import Content

FULL_LINE_SHARE = 0.75
"""A line at least this long, as a share of the page's longest, was broken by the margin and runs on into the next."""

_STOP = re.compile(r"[.!?。！？:：；;؟…][\"'”’»」』)）]*$")
_HAN = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def read_pdf(data: bytes) -> Content:
    """The text of all pages. Raises `IngestError` for an encrypted, broken or scanned file."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports every repaired flaw of the file
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise IngestError("the PDF asks for a password; save it without one")
        pages = [page.extract_text() for page in reader.pages]
    except (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError) as error:
        raise IngestError(f"a broken PDF: {error}") from error
    text = "\n\n".join(unwrap(page) for page in pages if page.strip())
    if not text.strip():
        raise IngestError("the PDF has no text, perhaps only pictures of pages; run text recognition on it first")
    # Fonts without a proper table give surrogates, which no report could be written with.
    return Content(re.sub("[\ud800-\udfff]", "\ufffd", text), text_line=0)


def unwrap(page: str) -> str:
    """A page's text with lines joined that the margin broke; blank lines and short lines end a paragraph."""
    lines = [line.strip() for line in page.splitlines()]
    longest = max((len(line) for line in lines), default=0)
    parts: list[str] = lines[:1]
    for previous, line in pairwise(lines):
        runs_on = previous and line and len(previous) >= FULL_LINE_SHARE * longest and not _STOP.search(previous)
        if not runs_on:
            parts.append("\n" + line)
        elif re.search(r"[^\W\d_]-$", previous) and line[0].islower():
            parts[-1] = parts[-1][:-1]
            parts.append(line)
        else:
            parts.append(line if _HAN.match(previous[-1]) and _HAN.match(line[0]) else " " + line)
    return "".join(parts)
