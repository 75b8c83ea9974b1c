"""Bytes to text."""

from __future__ import annotations

import logging

import pytest

from consistency.errors import IngestError
from consistency.ingest.encoding import decode

FRENCH = "Le ministre des Affaires étrangères a été reçu à l'Élysée ; les échanges ont porté sur la sécurité européenne. " * 4
CHINESE = "外交部长秦刚应约同美国国务卿布林肯通电话。秦刚阐明了中方在台湾问题上的严正立场，强调美方应当予以尊重。" * 4
RUSSIAN = "Министр иностранных дел провёл телефонный разговор с государственным секретарём США, сообщает пресс-служба. " * 4


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("text", [FRENCH, CHINESE, RUSSIAN])
def test_unicode_is_read_as_written(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"), [(FRENCH, "cp1252"), (CHINESE, "gb18030"), (RUSSIAN, "cp1251"), (RUSSIAN, "koi8_r")]
)
def test_older_encodings_are_told_and_announced(text: str, encoding: str, caplog: pytest.LogCaptureFixture) -> None:
    logging.getLogger("consistency").propagate = True
    with caplog.at_level(logging.WARNING, logger="consistency.ingest.encoding"):
        assert decode(text.encode(encoding)) == text
    assert f"read as {encoding}" in caplog.text


def test_line_ends_are_kept() -> None:
    assert decode(b"one\r\ntwo\rthree\n") == "one\r\ntwo\rthree\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (bytes(range(256)) * 50, "binary"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02" * 100, "binary"),
        (b"text\x00text", "binary"),
        (b"A fine text \xed\xa0\x80 with half a pair.", "lone surrogate at byte 12"),
        ("Les échanges ont été très utiles à tous, a déclaré le ministre".encode() + b"\xff", "damaged"),
        ("\ufeffabc".encode("utf-16-le") + b"\x00\xd8", "broken utf-16"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(IngestError, match=said):
        decode(data)


def test_text_with_a_form_feed_is_text() -> None:
    assert decode(b"Page one of the readout.\x0cPage two.") == "Page one of the readout.\x0cPage two."


def test_a_declared_encoding_stands_above_statistics() -> None:
    assert decode("Montréal".encode("cp1252"), declared="cp1252") == "Montréal"
