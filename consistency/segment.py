"""Sentences, headline, dateline and quotations of a document, with exact offsets.

The rules are few and the same for all languages; which characters stop a sentence, which words carry a full stop
without ending one, and how a dateline looks is data of the language packs. pysbd, the library one would reach for, was
tried on paper and left: it has had no release since 2021 and rewrites the text before it cuts, so that its offsets
have to be searched for again.

Not handled: sentences that run over a blank line, and text set in columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from consistency.languages.loader import LanguageTable, fold, language_table
from consistency.types import Document, Quotation, Segmented, Sentence, SentenceKind

HEADLINE_LIMIT = 250
"""Longest headline in code points. The longest of the 717 White House readouts has 229; the seed article's has 130."""

WRAP_LIMIT = 40
"""A line shorter than this is never read as hard-wrapped into the next."""

_BLANK = re.compile(r"\s*\Z")
_MARK = re.compile(r"\s*(?:#{1,6}\s+|[-*•]\s+|>\s*)?")
_ELLIPSIS = re.compile(r"\.{2,}|…+")
_EMPHASIS = "*_"


def segment(document: Document) -> Segmented:
    """The document cut into sentences, with its quotations and its folded text.

    Every character that is not white space (or the mark of a Markdown heading or list) lies in exactly one sentence.
    Empty text gives no sentences. Raises `LanguageError` for a language without a pack.
    """
    table = language_table(document.language)
    text = document.text
    paragraphs = list(_paragraphs(text, table))
    spans: list[tuple[int, int, SentenceKind, int]] = []
    headline = _headline(text, paragraphs, table)
    body_begun = False
    for number, (start, end) in enumerate(paragraphs):
        if headline is not None and text[start:end] == headline and not body_begun:
            spans.append((start, end, SentenceKind.HEADLINE, number))
            continue
        if not body_begun:
            body_begun = True
            for pattern in _datelines(document.language):
                found = pattern.match(text, start, end)
                if found and found.end() < end:
                    dateline_end = start + len(text[start : found.end()].rstrip())
                    spans.append((start, dateline_end, SentenceKind.DATELINE, number))
                    start = found.end()
                    break
        spans.extend((a, b, SentenceKind.BODY, number) for a, b in _sentences(text, start, end, table))
    sentences = tuple(
        Sentence(f"{document.id}:s{index + 1}", index, start, end, kind, paragraph)
        for index, (start, end, kind, paragraph) in enumerate(spans)
    )
    segmented = Segmented(document, sentences, (), fold(text, document.language))
    quotations = tuple(
        Quotation(start, end, start + 1, end - 1, segmented.sentence_at(start))
        for start, end in _quotations(text, paragraphs, table)
    )
    return Segmented(document, sentences, quotations, segmented.folded)


@cache
def _datelines(language: str) -> tuple[re.Pattern[str], ...]:
    """Compiled without '^': `Pattern.match` at an offset is anchored already."""
    return tuple(re.compile(pattern.removeprefix("^")) for pattern in language_table(language).datelines)


def _paragraphs(text: str, table: LanguageTable) -> Iterator[tuple[int, int]]:
    """Spans of the paragraphs without outer space and Markdown marks: lines, with hard-wrapped ones joined."""
    start: int | None = None
    end = 0
    for match in re.finditer(r"[^\r\n\u2028\u2029]+|\r\n|[\r\n\u2028\u2029]", text):
        line = match.group()
        if _BLANK.match(line):
            if line.strip("\r\n\u2028\u2029") or text[match.end() : match.end() + 1] in ("\r", "\n"):
                if start is not None:
                    yield start, end
                start = None
            continue
        mark = _MARK.match(line)
        assert mark is not None
        line_start, line_end = match.start() + mark.end(), match.start() + len(line.rstrip())
        if line_start >= line_end:
            line_start = match.start() + len(line) - len(line.lstrip())
        if start is not None and _continues(text, start, end, line_start, table) and not mark.group().strip():
            end = line_end
            continue
        if start is not None:
            yield start, end
        start, end = line_start, line_end
    if start is not None:
        yield start, end


def _continues(text: str, start: int, end: int, next_start: int, table: LanguageTable) -> bool:
    """Whether a line is the rest of a hard-wrapped one: no stop at its end, and the next begins in lower case."""
    if not table.spaced or end - max(start, text.rfind("\n", start, end) + 1) < WRAP_LIMIT:
        return False
    return text[end - 1] not in table.stops + table.closers + ":" and text[next_start].islower()


def _headline(text: str, paragraphs: list[tuple[int, int]], table: LanguageTable) -> str | None:
    """The first line where it stands alone as a headline: no full stop at its end, one piece, and text below it."""
    if len(paragraphs) < 2:
        return None
    start, end = paragraphs[0]
    line = text[start:end]
    marked = "#" in text[:start]
    if len(line) > HEADLINE_LIMIT or len(list(_sentences(text, start, end, table))) > 1:
        return None
    last = line.rstrip(table.closers)[-1:]
    if not marked and last in set(table.stops) - set("?!？！؟…") | {",", "，", ":", "：", ";", "；"}:
        return None
    return line


def _sentences(text: str, start: int, end: int, table: LanguageTable) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of one paragraph."""
    begin = start
    for match in _stop_pattern(table.stops, table.closers).finditer(text, start, end):
        if match.start() < begin:
            continue
        cut = match.end()
        if cut < end and not _ends_sentence(text, begin, match, end, table):
            continue
        yield begin, cut
        begin = cut
        while begin < end and text[begin].isspace():
            begin += 1
    if begin < end:
        yield begin, end


@cache
def _stop_pattern(stops: str, closers: str) -> re.Pattern[str]:
    """A run of stops with the closing marks behind it. French sets a space before ! ? and »."""
    return re.compile(f"[{re.escape(stops)}]+(?:[{re.escape(closers)}{_EMPHASIS}]|\\s»)*")


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int, table: LanguageTable) -> bool:
    """Whether the stop at `match`, inside a paragraph, ends the sentence that began at `begin`."""
    stop, cut = text[match.start()], match.end()
    following = cut
    while following < end and text[following].isspace():
        following += 1
    if not table.spaced:
        return stop not in ".…" or following > cut
    if following == cut or following >= end:
        return following >= end
    marks = match.group()
    first = text[following:].lstrip("".join(pair[0] for pair in table.quotes) + "([-–—¿¡ ")[:1]
    if first.islower():
        return False
    if _ELLIPSIS.match(marks) or stop not in ".":
        return True
    if len(marks) > 1:  # a stop with a closing quote behind it
        return True
    word_start = match.start()
    while word_start > begin and not text[word_start - 1].isspace():
        word_start -= 1
    word = text[word_start : match.start()].lstrip("(«“\"'‘[")
    if word in table.title_abbreviations:
        return False
    if len(word) == 1 and word.isalpha() and word.isupper() and not table.right_to_left:
        return _follows_starter(text, following, table) and word_start == begin
    for phrase in table.abbreviations:
        if " " not in phrase:
            continue
        dotted = f"{phrase}."  # "EE. UU.": its inner stop never ends a sentence, its last one may
        for place in (index for index, character in enumerate(dotted) if character == "."):
            if text.startswith(dotted, match.start() - place) and match.start() - place >= begin:
                return place == len(dotted) - 1 and _follows_starter(text, following, table)
    if word in table.abbreviations or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]", word):
        return _follows_starter(text, following, table)
    # "5. Oktober"-like numbering: a bare small number before the stop at a line's start is a list item.
    return not (word.isdigit() and word_start == begin)


def _follows_starter(text: str, position: int, table: LanguageTable) -> bool:
    """Whether the word at `position` is one that begins sentences more often than it follows an abbreviation."""
    word = re.match(r"[^\W\d_]+", text[position:])
    return word is not None and word.group() in table.sentence_starters


def _quotations(text: str, paragraphs: list[tuple[int, int]], table: LanguageTable) -> list[tuple[int, int]]:
    """Spans of quotations, marks included. A quotation stays inside its paragraph; an unclosed one is left out."""
    found: list[tuple[int, int]] = []
    openers = {pair[0]: pair[1] for pair in reversed(table.quotes)}
    marks = re.compile("[" + re.escape("".join(dict.fromkeys("".join(a + b for a, b in table.quotes)))) + "]")
    for start, end in paragraphs:
        stack: list[tuple[str, int]] = []
        for match in marks.finditer(text, start, end):
            mark, position = match.group(), match.start()
            if _is_apostrophe(text, position, mark):
                continue
            closing = next((i for i in range(len(stack) - 1, -1, -1) if stack[i][0] == mark), None)
            if closing is not None:
                found.append((stack[closing][1], position + 1))
                del stack[closing:]
            elif mark in openers:
                stack.append((openers[mark], position))
    return sorted(found)


def _is_apostrophe(text: str, position: int, mark: str) -> bool:
    """Whether a single quotation mark stands inside a word, or after a plural: "Biden's", "workers' rights"."""
    if mark not in "’‘'":
        return False
    before = text[position - 1 : position]
    after = text[position + 1 : position + 2]
    return before.isalnum() and before.isascii() and after.isalnum() and after.isascii()
