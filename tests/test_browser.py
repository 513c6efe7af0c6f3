"""The pages we write, in a real browser: readable, complete, and silent on the network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from conftest import spawn

pytestmark = pytest.mark.browser
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start the Chromium of this machine, or the one playwright has brought."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open a page that has no network."""
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


def _watched(page: Page, file: Path) -> list[str]:
    """Open a file and give everything it asked for or complained about."""
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url))
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(file.resolve().as_uri())
    return [said for said in heard if said != file.resolve().as_uri() and not said.startswith("data:")]


def _pages(*languages: str) -> list[Path]:
    """Write the demo in each language and give its pages."""
    for language in languages:
        done = spawn("--lang", language, "demo", f"demo-{language}")
        assert done.code == 0, done.err
    return sorted(Path.cwd().rglob("*.html"))


def test_no_page_of_the_demo_asks_for_anything_or_complains(page: Page) -> None:
    files = _pages("zh", "en")
    assert files
    for file in files:
        assert _watched(page, file) == [], file


def test_pages_fit_a_screen_and_say_their_language(page: Page) -> None:
    for file in _pages("zh"):
        page.goto(file.resolve().as_uri())
        assert (page.get_attribute("html", "lang") or "").startswith(("zh", "en")), file
        assert page.title(), file
        assert not page.evaluate("document.body.scrollWidth > window.innerWidth"), f"{file} has to be scrolled sideways"


def test_chinese_text_is_drawn_as_text_and_not_as_boxes(page: Page) -> None:
    file = _pages("zh")[0]
    page.goto(file.resolve().as_uri())
    assert "隐患" in page.inner_text("body")
    drawn = page.evaluate(
        """() => ["隐", "患", "\\uE9F3"].map(sign => {
            const pen = Object.assign(document.createElement("canvas"), {width: 40, height: 40}).getContext("2d");
            pen.font = "32px " + getComputedStyle(document.body).fontFamily;
            pen.fillText(sign, 2, 34);
            return pen.getImageData(0, 0, 40, 40).data.join();
        })"""
    )
    assert len(set(drawn)) == 3, "two signs look the same: the font has no Chinese"


def test_a_table_on_a_page_has_headings_for_every_column(page: Page) -> None:
    for file in _pages("zh"):
        page.goto(file.resolve().as_uri())
        counts = page.evaluate(
            """() => [...document.querySelectorAll("table")].map(table => {
                const span = row => [...row.cells].reduce((sum, cell) => sum + cell.colSpan, 0);
                return [span(table.rows[0]), Math.max(...[...table.tBodies].flatMap(b => [...b.rows].map(span)))];
            })"""
        )
        assert all(headed == widest for headed, widest in counts), file
