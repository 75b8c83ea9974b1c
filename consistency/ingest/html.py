"""The article of a web page: main text without menus, with the headline on its first line."""

from __future__ import annotations

import json
import logging
import re
from datetime import datetime
from typing import Any

from consistency.errors import IngestError
from consistency.ingest import Content
from consistency.ingest.encoding import decode
from consistency.ingest.frontmatter import Metadata, primary_language

_DECLARED = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)


def read_html(data: bytes) -> Content:
    """The page's main text. Offsets refer to this text and not to the markup. Raises `IngestError` where it has none."""
    import lxml.html
    import trafilatura

    declared = _DECLARED.search(data[:4000])
    markup = decode(data, declared=declared.group(1).decode("ascii", "replace") if declared else None)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # it logs to stderr what we report ourselves
    # A sentence lost would never be checked, so recall before precision.
    found = trafilatura.bare_extraction(markup, include_comments=False, include_tables=True, favor_recall=True)
    text = getattr(found, "text", None) or ""
    if not text.strip():
        raise IngestError("no article text found in this page; save its text as .txt")
    try:
        # As bytes: lxml refuses text with an encoding declaration.
        tree = lxml.html.document_fromstring(markup.encode("utf-8"), parser=lxml.html.HTMLParser(encoding="utf-8"))
    except (ValueError, lxml.etree.LxmlError):
        return Content(text, text_line=0)
    title = _headline(tree) or getattr(found, "title", None) or ""
    if title and title not in text[: len(title) + 200]:
        text = f"{title}\n\n{text}"
    return Content(text, Metadata(language=_language(tree), published=_published(tree)), text_line=0)


def _headline(tree: Any) -> str | None:
    """The text of the page's only first-level heading."""
    headings = [" ".join(node.text_content().split()) for node in tree.iter("h1")]
    return headings[0] if len(headings) == 1 and headings[0] else None


def _language(tree: Any) -> str | None:
    tag = tree.get("lang") or ""
    try:
        return primary_language(tag.strip()) if tag.strip() else None
    except IngestError:
        return None


def _published(tree: Any) -> datetime | None:
    """The moment that the page's own metadata states; dates are never guessed from addresses or running text."""
    stated = [str(value) for value in tree.xpath("//meta[@property='article:published_time']/@content")]
    for block in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            record = json.loads(block)
        except (ValueError, RecursionError):
            continue
        records = record if isinstance(record, list) else [record]
        stated.extend(str(r["datePublished"]) for r in records if isinstance(r, dict) and "datePublished" in r)
    for value in stated:
        try:
            return datetime.fromisoformat(value.strip())
        except ValueError:
            continue
    return None
