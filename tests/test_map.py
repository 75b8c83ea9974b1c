"""The map: what it counts, what it lists as missing, and that its formats hold the same and escape what they hold."""

from __future__ import annotations

import csv
import io
import json

import pytest

from consistency.checker import Checker
from consistency.errors import ConsistencyError
from consistency.map import EventMap, build_map, write_map
from consistency.types import Document

PRC = Document(
    "prc",
    "prc",
    "外交部长王毅同美国国务卿布林肯会谈。王毅敦促美方取消对中国企业的制裁。王毅强调，台湾问题是中国内政。",
    "zh",
    issuer="Ministry of Foreign Affairs of China",
)
US = Document(
    "us",
    "us",
    "U.S. Secretary of State Antony Blinken met Chinese Foreign Minister Wang Yi. "
    "Blinken raised concerns about <b>fentanyl</b> | and called for cooperation against fentanyl.",
    "en",
    issuer="U.S. Department of State",
)


@pytest.fixture(scope="module")
def event_map() -> EventMap:
    failed: list[object] = []
    analysis = Checker().analyse([PRC, US], failed)  # type: ignore[arg-type]
    assert failed == []
    return build_map(analysis)


def test_one_cell_a_topic_and_document(event_map: EventMap) -> None:
    rows = {row.topic: {cell.document: cell for cell in row.cells} for row in event_map.rows}
    assert rows["taiwan"]["prc"].statements == 1
    assert rows["taiwan"]["prc"].act == "stress"
    assert rows["taiwan"]["us"].statements == 0
    assert rows["taiwan"]["us"].stance is None
    assert rows["export_controls"]["prc"].stance == "request"
    assert rows["fentanyl"]["prc"].statements == 0
    assert rows["fentanyl"]["us"].statements >= 1


def test_what_the_other_side_lacks(event_map: EventMap) -> None:
    taiwan = next(o for o in event_map.omissions if "taiwan" in o.topics)
    assert (taiwan.document, taiwan.missing_from, taiwan.act) == ("prc", ("us",), "stress")
    assert PRC.text[taiwan.start : taiwan.end] == taiwan.text


def test_counts_add_up(event_map: EventMap) -> None:
    for row in event_map.rows:
        for cell in row.cells:
            assert cell.first_hand + cell.second_hand + cell.joint == cell.statements == len(cell.claims)


def test_json_holds_the_whole_map(event_map: EventMap) -> None:
    read = json.loads(write_map(event_map, "json"))
    assert read["schema"] == "consistency-map/1"
    assert [row["topic"] for row in read["rows"]] == [row.topic for row in event_map.rows]


def test_csv_has_one_line_a_cell_and_omission(event_map: EventMap) -> None:
    lines = list(csv.DictReader(io.StringIO(write_map(event_map, "csv"))))
    assert sum(line["kind"] == "topic" for line in lines) == 2 * len(event_map.rows)
    assert sum(line["kind"] == "only_in" for line in lines) == len(event_map.omissions)


def test_text_never_becomes_markup(event_map: EventMap) -> None:
    assert "<b>" not in write_map(event_map, "html")
    markdown = write_map(event_map, "markdown")
    assert "<b>" not in markdown.replace("\\<b\\>", "")


def test_the_text_table_names_topics_and_acts(event_map: EventMap) -> None:
    text = write_map(event_map, "text")
    assert "Taiwan" in text and "stresses (statement, 4)" in text


def test_an_unknown_format_is_an_error(event_map: EventMap) -> None:
    with pytest.raises(ConsistencyError, match="no map format 'pdf'"):
        write_map(event_map, "pdf")
