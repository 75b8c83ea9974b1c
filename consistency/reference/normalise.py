"""The key under which a name form is looked up.

Two forms have one key when they differ only in what is not spelling: Unicode compatibility forms, case, diacritics,
apostrophes, hyphens, full stops, middle dots and spacing ("Moon Jae-in" and "Moon Jaein", "Erdoğan" and "Erdogan").
What is spelling stays apart: "Antony" and "Anthony" have two keys. Traditional Chinese characters are not folded into
simplified ones; a caller that reads traditional script converts first.
"""

from __future__ import annotations

import re
import unicodedata

# Letters without a canonical decomposition that are written with the plain letter where a keyboard lacks them.
_PLAIN_LETTERS = str.maketrans(
    {
        "ø": "o",
        "ł": "l",
        "ı": "i",
        "đ": "d",
        "ð": "d",
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ə": "a",
        "ё": "е",
        "ـ": None,  # Arabic tatweel only stretches the line
    }
)

# Marks that name spelling may drop: Latin and Greek diacritics, and Arabic vowel signs and hamza marks. Kana voicing
# marks (U+3099, U+309A) are letters of another sound and stay.
_DROPPED_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]")

# Cyrillic й is a letter of its own although Unicode decomposes it into и and a breve.
_SHORT_I_PLACEHOLDER = "\ue000"

_SEPARATORS = re.compile(r"[\s'’‘ʼʻ`´\"·・•‧∙⋅.．,،\-‐‑‒–—ー＝=_\u200b-\u200f\u2060\ufeff]+")


def name_key(form: str) -> str:
    """Return the lookup key of a name form, in any script; the empty string for a form without letters.

    >>> name_key("Recep Tayyip ERDOĞAN") == name_key("Recep Tayyip Erdogan")
    True
    """
    if form.isascii():
        return _SEPARATORS.sub("", form.casefold())
    text = unicodedata.normalize("NFKC", form).casefold().replace("й", _SHORT_I_PLACEHOLDER)
    text = _DROPPED_MARKS.sub("", unicodedata.normalize("NFD", text))
    text = unicodedata.normalize("NFC", text).replace(_SHORT_I_PLACEHOLDER, "й").translate(_PLAIN_LETTERS)
    return _SEPARATORS.sub("", text)
