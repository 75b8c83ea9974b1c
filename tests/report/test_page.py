"""The page in Chromium: filters, links, scrolling together, the graph, accessibility, hostile text, size."""

from __future__ import annotations

import dataclasses
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from consistency.report.html_report import write_html
from consistency.report.result import CaseResult, Result
from consistency.types import Alignment, Family, Finding, FindingSpan, Report, Role, Severity
from tests.report.sample import HOSTILE, analysed, sample, sample_cases

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")

pytestmark = pytest.mark.skipif(
    CHROMIUM is None or DRIVER is None,
    reason="CHROMIUM AND CHROMEDRIVER ARE NOT INSTALLED: the HTML report was not tested in a browser",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service

    options = Options()
    options.binary_location = str(CHROMIUM)
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1400,900"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(str(DRIVER)))
    yield driver
    driver.quit()


def show(browser: Any, tmp_path: Path, result: Result) -> None:
    path = tmp_path / "report.html"
    path.write_text(write_html(result), encoding="utf-8")
    browser.get_log("browser")
    browser.get(path.as_uri())


def visible_findings(browser: Any) -> list[str]:
    found = browser.find_elements("css selector", ".finding")
    return [item.find_element("class name", "check").text for item in found if item.is_displayed()]


def choose(browser: Any, name: str, value: str) -> None:
    from selenium.webdriver.support.ui import Select

    Select(browser.find_element("name", name)).select_by_value(value)


def test_filters(browser: Any, tmp_path: Path) -> None:
    show(browser, tmp_path, sample())
    assert visible_findings(browser) == ["NAM101", "TRM201", "COV101"]
    browser.find_element("css selector", "[name=severity][value=note]").click()
    assert visible_findings(browser) == ["NAM101", "TRM201"]
    assert browser.find_element("class name", "shown").text == "2 of 3 findings shown"
    note = browser.find_element("css selector", "mark.note")
    assert "off" in note.get_attribute("class")
    choose(browser, "family", "term")
    assert visible_findings(browser) == ["TRM201"]
    choose(browser, "family", "")
    choose(browser, "document", "0")
    assert visible_findings(browser) == []
    choose(browser, "document", "2")
    assert visible_findings(browser) == ["NAM101", "TRM201"]


def test_words_lead_to_the_finding_and_back(browser: Any, tmp_path: Path) -> None:
    show(browser, tmp_path, sample())
    browser.find_element("css selector", "mark.warning:not(.reference) a").click()
    assert browser.find_element("css selector", ".finding.current .check").text == "TRM201"
    assert [m.text for m in browser.find_elements("css selector", "mark.current")] == ["秦刚强调", "Il a demandé du respect."]
    browser.find_element("css selector", ".finding.error .where").click()
    assert browser.switch_to.active_element.text == "Chen Gang"
    assert browser.find_element("css selector", ".finding.current .check").text == "NAM101"


def test_keyboard_reaches_everything(browser: Any, tmp_path: Path) -> None:
    from selenium.webdriver.common.action_chains import ActionChains
    from selenium.webdriver.common.keys import Keys

    show(browser, tmp_path, sample())
    seen = set()
    for _ in range(60):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        element = browser.switch_to.active_element
        seen.add((element.tag_name, element.text.split("\n")[0][:12]))
    assert ("a", "Chen Gang") in seen
    assert ("button", "Dark") in seen
    assert ("a", "prc") in seen
    assert any(tag == "g" for tag, _ in seen)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("hostile", ["", HOSTILE], ids=["plain", "hostile"])
def test_accessibility(browser: Any, tmp_path: Path, theme: str, hostile: str) -> None:
    axe = Path(pytest.importorskip("axe_core_python").__file__).parent / "axe.min.js"
    show(browser, tmp_path, sample_cases(hostile))
    browser.find_element("css selector", f"[data-theme-choice={theme}]").click()
    for details in browser.find_elements("tag name", "summary"):
        details.click()
    # Through the debugger, which the page's policy does not bind.
    browser.execute_cdp_cmd("Runtime.evaluate", {"expression": axe.read_text(encoding="utf-8")})
    found = browser.execute_async_script(
        "const done = arguments[arguments.length - 1];"
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']})"
        ".then(r => done(r.violations.map(v => [v.id, v.nodes.map(n => n.html.slice(0, 120))])));"
    )
    assert found == []


def test_hostile_text_stays_text(browser: Any, tmp_path: Path) -> None:
    show(browser, tmp_path, sample_cases(HOSTILE))
    time.sleep(0.2)
    assert browser.get_log("browser") == []
    assert browser.find_elements("tag name", "img") == []
    assert browser.execute_script("return document.querySelectorAll('script').length") == 3
    assert browser.title.startswith("Consistency report")


def test_no_request_leaves_the_page(browser: Any, tmp_path: Path) -> None:
    import json

    browser.get_log("performance")
    show(browser, tmp_path, sample())
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    asked = [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    assert [url.split("/")[-1] for url in asked if not url.startswith(("data:", "chrome"))] == ["report.html"]


def test_the_graph_shows_what_a_box_is_joined_to(browser: Any, tmp_path: Path) -> None:
    show(browser, tmp_path, sample())
    box = browser.find_element("css selector", ".node.topic")
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", box)
    box.click()
    assert len(browser.find_elements("css selector", ".node.near")) == 3
    assert browser.find_element("class name", "detail").text == "Taiwan"
    width = browser.execute_script("return document.querySelector('.graph svg').clientWidth")
    browser.find_element("css selector", "[data-zoom=in]").click()
    assert browser.execute_script("return document.querySelector('.graph svg').clientWidth") > width


def long_report(sentences: int) -> Report:
    """Three documents of this many sentences, aligned one to one, with a finding on every tenth."""
    texts = {
        "prc": ("zh", "秦刚强调，美方应当尊重中方的核心关切，停止干涉中国内政，这是第{}句。"),
        "us": ("en", "The Secretary stressed the need for open lines of communication, and this is sentence {}."),
        "wire": ("fr", "Le ministre a souligné que les deux pays devaient se respecter, et voici la phrase {}."),
    }
    documents = tuple(
        analysed(
            label,
            "\n\n".join(
                ("" if lang == "zh" else " ").join(pattern.format(n) for n in range(start, start + 5))
                for start in range(0, sentences, 5)
            ),
            lang,
            Role.COPY if label == "wire" else Role.ACCOUNT,
        )
        for label, (lang, pattern) in texts.items()
    )
    assert all(len(document.sentences) == sentences for document in documents)
    alignments = tuple(
        Alignment(left.id, (n,), right.id, (n,), 0.8)
        for left, right in ((documents[0], documents[1]), (documents[0], documents[2]), (documents[1], documents[2]))
        for n in range(sentences)
    )
    wire = documents[2]
    findings = tuple(
        Finding(
            "NAM101", "inconsistent-name", Family.NAME, Severity.ERROR, 0.9, f"Finding {n}.",
            (FindingSpan("wire", s.start, s.start + 11, wire.text[s.start : s.start + 11]),),
        )
        for n, s in enumerate(wire.sentences) if n % 10 == 0
    )  # fmt: skip
    return dataclasses.replace(
        CaseResult(Report(documents, (), alignments, (), (), findings, (), (), ())).report
    )


def top_sentence(browser: Any, pane: int) -> int:
    """Index of the sentence nearest below the pane's upper edge."""
    return int(
        browser.execute_script(
            "const pane = document.querySelectorAll('.pane .text')[arguments[0]];"
            "const top = pane.getBoundingClientRect().top + 40;"
            "return Array.from(pane.querySelectorAll('.s')).findIndex(s => s.getBoundingClientRect().bottom > top);",
            pane,
        )
    )


def test_panes_scroll_together(browser: Any, tmp_path: Path) -> None:
    show(browser, tmp_path, Result((CaseResult(long_report(200)),)))
    browser.execute_script(
        "const pane = document.querySelectorAll('.pane .text')[2];"
        "pane.dispatchEvent(new WheelEvent('wheel'));"
        "pane.scrollTop = pane.querySelectorAll('.s')[100].offsetTop;"
    )
    time.sleep(0.5)
    tops = [top_sentence(browser, pane) for pane in range(3)]
    assert abs(tops[2] - 100) <= 3
    assert max(tops) - min(tops) <= 3
    browser.find_element("name", "sync").click()
    browser.execute_script("document.querySelectorAll('.pane .text')[2].scrollTop = 0")
    time.sleep(0.5)
    assert top_sentence(browser, 0) >= 90


def test_three_documents_of_two_thousand_sentences_stay_responsive(browser: Any, tmp_path: Path) -> None:
    show(browser, tmp_path, Result((CaseResult(long_report(2000)),)))
    # Time of one filter and one jump of the scroll, layout included, in the page's own clock.
    filtering = browser.execute_script(
        "const t = performance.now(); document.querySelector('[name=severity][value=error]').click();"
        "document.body.offsetHeight; return performance.now() - t;"
    )
    scrolling = browser.execute_async_script(
        "const done = arguments[arguments.length - 1]; const pane = document.querySelectorAll('.pane .text')[0];"
        "pane.dispatchEvent(new WheelEvent('wheel')); const t = performance.now(); pane.scrollTop = 20000;"
        "requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - t)));"
    )
    # Generous against a busy machine; alone, both take well under a tenth of a second.
    assert filtering < 2000
    assert scrolling < 2000


def test_it_prints(browser: Any, tmp_path: Path) -> None:
    import base64
    import io

    from pypdf import PdfReader

    show(browser, tmp_path, sample())
    printed = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
    pages = PdfReader(io.BytesIO(base64.b64decode(printed["data"]))).pages
    text = " ".join("\n".join(page.extract_text() for page in pages).split())
    assert "Chen Gang a parlé mercredi" in text
    assert "Ledger: what was not checked" in text
