"""Bytes to text: UTF-8 and UTF-16 by what they are, older encodings by their statistics, never by silent repair."""

from __future__ import annotations

import codecs
import logging
import re

from consistency.errors import IngestError

logger = logging.getLogger(__name__)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_OLDER = ("gb18030", "big5", "cp1252", "cp1251", "koi8_r", "cp1256", "iso8859_15")
"""Encodings before Unicode that readouts in the six languages were published in. Asking for few keeps the guess safe."""

_CHAOS_LIMIT = 0.1
"""Highest share of implausible characters (charset-normalizer's 'mess') at which a guess is taken."""

_UTF8_SHARE = 0.75
"""Where this share of the non-ASCII sequences is valid UTF-8, the file is damaged UTF-8 and not an older encoding."""

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_CONTROL_SHARE = 0.01
"""Highest share of control characters in a text; programs and pictures have over 5 %."""


def decode(data: bytes, *, declared: str | None = None) -> str:
    """The text of these bytes, without a byte order mark and otherwise unchanged.

    `declared` is the encoding that a server or page names. Raises `IngestError` for binary data, for damaged
    UTF-8 (lone surrogates included) and where no encoding fits.
    """
    if not data.strip():
        raise IngestError("the file is empty; expected a readout or an article")
    text = _decoded(data, declared)
    if len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text) or "\x00" in text:
        raise IngestError("this is binary data, not text; expected .txt, .md, .html, .docx or .pdf")
    return text


def _decoded(data: bytes, declared: str | None) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(encoding).removeprefix("\ufeff")
            except UnicodeDecodeError as error:
                raise IngestError(f"broken {encoding} at byte {error.start:,} ({error.reason}); save it again as UTF-8") from error
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    if b"\x00" in data:
        raise IngestError("this is binary data, not text; expected .txt, .md, .html, .docx or .pdf")
    if declared is not None:
        try:
            return data.decode(declared)
        except (LookupError, UnicodeDecodeError):
            logger.warning("the declared encoding %r does not fit", declared)
    if _is_damaged_utf8(data):
        raise IngestError(_damage(data, broken))
    return _guessed(data, broken)


def _is_damaged_utf8(data: bytes) -> bool:
    valid = len(re.findall(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}", data))
    broken = data.decode("utf-8", errors="replace").count("\ufffd")
    return (b"\xed" in data and _has_surrogate(data)) or 0 < _UTF8_SHARE * (valid + broken) <= valid


def _has_surrogate(data: bytes) -> bool:
    """Whether the bytes are UTF-8 but for surrogates, which UTF-8 forbids."""
    try:
        data.decode("utf-8", errors="surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def _damage(data: bytes, error: UnicodeDecodeError) -> str:
    what = "a lone surrogate" if data[error.start : error.start + 1] == b"\xed" else "an invalid byte"
    line = data.count(b"\n", 0, error.start) + 1
    return f"the UTF-8 is damaged: {what} at byte {error.start:,} (line {line}); mend it or save it again as UTF-8"


def _guessed(data: bytes, broken: UnicodeDecodeError) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data, cp_isolation=list(_OLDER), threshold=_CHAOS_LIMIT).best()
    if best is None:
        raise IngestError(
            f"neither UTF-8 (byte {broken.start:,} is invalid) nor an older encoding that fits "
            f"({', '.join(_OLDER)}); save it as UTF-8"
        )
    logger.warning("not UTF-8: read as %s, by its statistics. Save it as UTF-8 to be sure", best.encoding)
    return str(best)
