"""The page's markup; what it does in a browser is in test_page.py."""

from __future__ import annotations

import base64
import hashlib
import re

import lxml.html
import pytest

from consistency.report.html_report import write_html
from tests.report.sample import HOSTILE, sample, sample_cases


@pytest.fixture(scope="module", params=["", HOSTILE], ids=["plain", "hostile"])
def page(request: pytest.FixtureRequest) -> str:
    return write_html(sample_cases(request.param))


def test_the_policy_names_the_only_style_and_script(page: str) -> None:
    tree = lxml.html.document_fromstring(page)
    (policy,) = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none';")
    for tag, kind in (("style", "style-src"), ("script[not(@type)]", "script-src")):
        (text,) = tree.xpath(f"//{tag}/text()")
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{kind} 'sha256-{digest}'" in policy


def test_nothing_from_elsewhere_and_nothing_inline(page: str) -> None:
    tree = lxml.html.document_fromstring(page)
    assert tree.xpath("//img | //iframe | //object | //embed | //link | //base | //*[@src]") == []
    assert [a for a in tree.xpath("//a/@href") if not a.startswith("#")] == []
    assert tree.xpath("//*[@style] | //*[@*[starts-with(name(), 'on')]]") == []


def test_ids_are_unique_and_links_lead_somewhere(page: str) -> None:
    tree = lxml.html.document_fromstring(page)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    missing = [href for href in tree.xpath("//a/@href") if href.removeprefix("#") not in ids]
    assert missing == []


def test_documents_findings_support_and_ledger_are_there() -> None:
    tree = lxml.html.document_fromstring(write_html(sample()))
    assert [p.text_content().split()[0] for p in tree.xpath("//article[@class='pane']//h2")] == ["gulf", "prc", "wire"]
    marks = [(m.text_content(), m.get("class")) for m in tree.xpath("//mark")]
    assert marks == [
        ("وأكد على أهمية الحوار.", "note"),
        ("秦刚", "error reference"),
        ("秦刚强调", "warning reference"),
        ("Chen Gang", "error"),
        ("Il a demandé du respect.", "warning"),
    ]
    assert tree.xpath("//div[@lang='ar']/@dir") == ["rtl"]
    assert [li.get("class") for li in tree.xpath("//ol[@class='strip']/li")] == ["unknown", "conflict", "supported"]
    assert "no date" in tree.xpath("//section[@class='ledger']")[0].text_content()


def test_chinese_sentences_stand_without_a_space_between() -> None:
    tree = lxml.html.document_fromstring(write_html(sample()))
    text = " ".join(tree.xpath("//div[@lang='zh']")[0].text_content().split())
    assert "通电话。秦刚强调" in text


def test_a_page_without_documents_does_not_look_clean() -> None:
    from consistency.ci import failed
    from consistency.report.result import Result

    text = write_html(Result((failed("", "x.md", "no such file"),)))
    assert "Nothing could be checked." in text
    assert "<b>Incomplete.</b>" in text
    assert re.search("x.md</code>: no such file", text)
