"""Text from documents made safe for the formats that give characters a meaning."""

from __future__ import annotations

import re

from consistency.report.location import visible

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(text: str) -> str:
    """The text with characters that XML 1.0 cannot hold made visible; the XML library escapes the rest."""
    return _NOT_XML.sub(lambda match: f"\\u{ord(match.group()):04x}", text)


_MARKDOWN = re.compile(r"([\\`*_{}\[\]()#+\-.!|~$])")
_LINKS = re.compile(r"(?<=:)(?=//)|(?<=@)|(?<=www)(?=\.)", re.IGNORECASE)


def markdown_text(text: str) -> str:
    """The text on one line as it reads, whatever it contains: no markup, no link, nobody mentioned."""
    # A zero-width space breaks what code hosts would link of their own accord: @names, addresses.
    apart = _LINKS.sub("\u200b", visible(text))
    escaped = apart.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _MARKDOWN.sub(r"\\\1", escaped)


def cell(text: str) -> str:
    """The text as a spreadsheet cell: a leading character that would make it a formula gets an apostrophe before it."""
    shown = visible(text)
    return f"'{shown}" if shown.lstrip()[:1] in ("=", "+", "-", "@") and shown else shown
