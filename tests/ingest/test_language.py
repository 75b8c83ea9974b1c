"""The language of a text, where nobody says."""

from __future__ import annotations

import pytest

from consistency.ingest.language import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("秦刚应约同美国国务卿Antony Blinken通电话", "zh"),
        ("秦剛應約同美國國務卿布林肯通電話", "zh"),
        ("The two sides spoke of the war and of the state of their relations with the region.", "en"),
        ("Les deux ministres ont parlé de la guerre et des relations dans la région avec leurs partenaires.", "fr"),
        ("Los ministros hablaron de la guerra y de las relaciones con sus vecinos, según la nota.", "es"),
        ("Министры обсудили двусторонние отношения и положение в регионе, сообщили в посольстве.", "ru"),
        ("ناقش الوزيران العلاقات الثنائية والأوضاع في المنطقة خلال اتصال هاتفي.", "ar"),
        ("Die Minister sprachen über den Krieg und die Beziehungen der beiden Länder zu ihren Nachbarn.", "de"),
        ("日本の外相は中国の外相と電話で会談した。", "ja"),
        ("وزیر خارجه چین در گفتگوی تلفنی گفت که دو کشور باید همکاری کنند.", "fa"),
        ("Міністри обговорили двосторонні відносини та становище в регіоні.", "uk"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize("text", ["", "12 345 — 67 %", "…"])
def test_no_letters_no_language(text: str) -> None:
    assert detect_language(text) is None
