"""The writers of `consistency align`."""

from __future__ import annotations

import csv
import io
import json
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from consistency.report.alignments import FORMATS, rows_of, write_alignments
from consistency.types import Alignment, AnalysedDocument, Anchor, Document, Sentence

LEFT_TEXTS = ["布林肯通电话。", "<b>强调</b>台湾\t问题。", "他离开。"]
RIGHT_TEXTS = ["It rained.", "Blinken called.", "=SUM(A1) on Taiwan & trade.", "Nothing more."]


def document(id: str, language: str, texts: list[str]) -> AnalysedDocument:
    sentences = []
    start = 0
    for index, text in enumerate(texts):
        sentences.append(Sentence(f"{id}:s{index + 1}", index, start, start + len(text)))
        start += len(text) + 1
    return AnalysedDocument(Document(id, id, "\n".join(texts), language), tuple(sentences))


LEFT, RIGHT = document("prc", "zh", LEFT_TEXTS), document("us", "en", RIGHT_TEXTS)
ALIGNMENTS = (
    Alignment("prc", (0,), "us", (1,), 0.91, 0.72, (Anchor("person", (0, 3), (11, 18), 2.0),), "accounts"),
    Alignment("prc", (1,), "us", (2,), 0.55, 0.4),
)


def written(format: str) -> str:
    return write_alignments(ALIGNMENTS, LEFT, RIGHT, format, encoder="embedded@abc")


def test_every_sentence_has_a_row_in_its_place() -> None:
    assert [(row.left, row.right) for row in rows_of(ALIGNMENTS, LEFT, RIGHT)] == [
        ((), (1,)),
        ((1,), (2,)),
        ((2,), (3,)),
        ((), (4,)),
        ((3,), ()),
    ]


def test_several_sentences_of_a_side_stand_together() -> None:
    found = rows_of((Alignment("prc", (0, 1), "us", (0, 2), 0.5),), LEFT, RIGHT)
    assert (found[0].left, found[0].right) == ((1, 2), (1, 3))
    assert found[0].right_text == "It rained. =SUM(A1) on Taiwan & trade."


def test_table_shows_words_scores_and_what_is_alone() -> None:
    table = written("table")
    assert "布林肯通电话。" in table
    assert "0.91" in table
    assert "2 alignments (accounts); without counterpart: 1 of prc, 2 of us" in table
    assert "\t" not in table


def test_tsv_has_one_line_a_row_and_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(written("tsv")), delimiter="\t"))
    assert rows[0][:5] == ["left_sentences", "right_sentences", "score", "similarity", "mode"]
    assert rows[2] == ["1", "2", "0.91", "0.72", "accounts", "person: 布林肯 = Blinken", "布林肯通电话。", "Blinken called."]
    assert rows[3][7] == "'=SUM(A1) on Taiwan & trade."
    assert len(rows) == 6


def test_tmx_is_xml_with_both_languages() -> None:
    root = ElementTree.fromstring(written("tmx"))
    units = root.findall("body/tu")
    assert root.attrib["version"] == "1.4"
    assert root.find("header").attrib["srclang"] == "zh"
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert [[(v.attrib[language], v.findtext("seg")) for v in unit.findall("tuv")] for unit in units] == [
        [("zh", "布林肯通电话。"), ("en", "Blinken called.")],
        [("zh", "<b>强调</b>台湾\t问题。"), ("en", "=SUM(A1) on Taiwan & trade.")],
    ]


def test_json_gives_spans_and_what_is_alone() -> None:
    report = json.loads(written("json"))
    assert report["schema"] == "consistency-alignment/1"
    assert report["encoder"] == "embedded@abc"
    assert report["alignments"][0] == {
        "left": ["prc:s1"],
        "right": ["us:s2"],
        "score": 0.91,
        "similarity": 0.72,
        "mode": "accounts",
        "anchors": [{"kind": "person", "left": [0, 3], "right": [11, 18], "weight": 2.0}],
    }
    assert (report["only_left"], report["only_right"]) == (["prc:s3"], ["us:s1", "us:s4"])
    anchor = report["alignments"][0]["anchors"][0]
    texts = [document["text"] for document in report["documents"]]
    assert [text[slice(*anchor[side])] for text, side in zip(texts, ("left", "right"), strict=True)] == ["布林肯", "Blinken"]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.names.append(tag)


def test_html_never_takes_text_for_markup() -> None:
    page = written("html")
    tags = Tags()
    tags.feed(page)
    assert "b" not in tags.names
    assert "&lt;b&gt;强调&lt;/b&gt;" in page
    assert tags.names.count("tr") == 6
    assert "script" not in tags.names
    assert 'lang="zh" dir="auto"' in page


@pytest.mark.parametrize("format", FORMATS)
def test_empty_alignments_still_make_a_file(format: str) -> None:
    empty = document("a", "en", []), document("b", "fr", [])
    assert write_alignments((), *empty, format)


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(ValueError, match="table, tsv, tmx, json, html"):
        written("xlsx")
