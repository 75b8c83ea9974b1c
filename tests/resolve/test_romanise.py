"""Romanisations of Chinese names: certain, possible, impossible, with the reason."""

from __future__ import annotations

import pytest

from consistency.resolve.romanise import Verdict, cyrillic, judge, judge_cyrillic, pinyin_of, wade_giles


@pytest.mark.parametrize(
    ("chinese", "latin", "verdict"),
    [
        ("秦刚", "Qin Gang", Verdict.CERTAIN),
        ("秦刚", "Gang Qin", Verdict.CERTAIN),
        ("秦剛", "Qin Gang", Verdict.CERTAIN),  # traditional
        ("秦刚", "Ch'in Kang", Verdict.POSSIBLE),
        ("秦刚", "Chen Gang", Verdict.IMPOSSIBLE),
        ("秦刚", "Chen", Verdict.IMPOSSIBLE),
        ("习近平", "Xi Jinping", Verdict.CERTAIN),
        ("习近平", "Xi Jinpeng", Verdict.IMPOSSIBLE),
        ("王毅", "Wang Yi", Verdict.CERTAIN),
        ("王毅", "Wang Li", Verdict.IMPOSSIBLE),
        ("王毅", "Yi", Verdict.CERTAIN),
        ("单士兵", "Shan Shibing", Verdict.CERTAIN),  # 单 is Shan as a family name
        ("单士兵", "Dan Shibing", Verdict.IMPOSSIBLE),
        ("仇和", "Qiu He", Verdict.CERTAIN),
        ("解振华", "Xie Zhenhua", Verdict.CERTAIN),
        ("解振华", "Jie Zhenhua", Verdict.IMPOSSIBLE),
        ("曾庆红", "Zeng Qinghong", Verdict.CERTAIN),
        ("曾庆红", "Ceng Qinghong", Verdict.IMPOSSIBLE),
        ("吕布", "Lü Bu", Verdict.CERTAIN),
        ("吕布", "Lu Bu", Verdict.CERTAIN),
        ("欧阳修", "Ouyang Xiu", Verdict.CERTAIN),
        ("许正宇", "Hui Ching-yu", Verdict.POSSIBLE),  # Cantonese
        ("李英浩", "Ri Yong Ho", Verdict.POSSIBLE),  # Korean
        ("孙中山", "Sun Yat-sen", Verdict.CERTAIN),  # established
        ("陈光明", "Peer Steinbrück", Verdict.IMPOSSIBLE),
        ("秦刚", "", Verdict.UNKNOWN),
    ],
)
def test_judge(chinese: str, latin: str, verdict: Verdict) -> None:
    assert judge(chinese, latin).verdict is verdict


def test_the_reason_names_whose_name_the_form_would_be() -> None:
    reason = judge("秦刚", "Chen Gang").reason
    assert reason.startswith("秦刚 is Qin Gang; 秦 is written Chin, Chun, Qin")
    assert "Chen would be 陈" in reason


@pytest.mark.parametrize(
    ("chinese", "russian", "verdict"),
    [
        ("秦刚", "Цинь Ган", Verdict.CERTAIN),
        ("秦刚", "Цинь Гана", Verdict.CERTAIN),  # genitive
        ("习近平", "Си Цзиньпином", Verdict.CERTAIN),
        ("王毅", "Ван И", Verdict.CERTAIN),
        ("王毅", "Ли Цян", Verdict.IMPOSSIBLE),
    ],
)
def test_judge_cyrillic(chinese: str, russian: str, verdict: Verdict) -> None:
    assert judge_cyrillic(chinese, russian).verdict is verdict


@pytest.mark.parametrize(
    ("syllable", "other"),
    [("qin", "chin"), ("xi", "hsi"), ("zhi", "chih"), ("guo", "kuo"), ("cai", "tsai"), ("rong", "jung")],
)
def test_wade_giles(syllable: str, other: str) -> None:
    assert wade_giles(syllable) == other


@pytest.mark.parametrize(
    ("syllable", "other"),
    [
        ("qin", "цинь"),
        ("xi", "си"),
        ("zhi", "чжи"),
        ("zi", "цзы"),
        ("xu", "сюй"),
        ("hui", "хуэй"),
        ("yang", "ян"),
    ],
)
def test_cyrillic(syllable: str, other: str) -> None:
    assert cyrillic(syllable) == other


def test_pinyin_of_sets_an_apostrophe_before_a_vowel() -> None:
    assert pinyin_of("林月娥") == "Lin Yue’e"
