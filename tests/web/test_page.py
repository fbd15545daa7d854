"""The page in a real browser, without a window; skipped with its reason where there is none."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bilingual.memory import open_memory, remember
from bilingual.records import Pair, Status, Unit
from bilingual.workspace.folder import open_workspace
from bilingual.workspace.outputs import read_pairs

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = (
    "--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update"
)
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no Chromium is installed on this machine")
Open = Callable[..., "Page"]
Serving = Callable[..., AbstractContextManager[tuple[object, str]]]


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    from playwright.sync_api import sync_playwright

    root = ["--no-sandbox"] if os.name == "posix" and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*root, *QUIET.split(), "--disable-sync"]
        )
        yield browser
        browser.close()


@pytest.fixture
def address(out: Path, serving: Serving) -> Iterator[str]:
    memory = out.parent / "memory.db"
    old = Unit("Nobody was hurt there.", "거기서 다친 사람은 없었다.", status=Status.EDITED, reviewer="lee")
    with open_memory(memory) as opened:
        remember(opened, [old], "2026-11-01")
    with serving(out, memory) as (_, address):
        yield address


@pytest.fixture
def visit(browser: "Browser", address: str) -> Iterator[Open]:
    """Open the page in a context of its own; what it says of an error fails the test at its end."""
    faults: list[str] = []
    with ExitStack() as stack:

        def visit(context: "BrowserContext | None" = None, **options: Any) -> "Page":
            own = context or stack.enter_context(browser.new_context(**options))
            page = own.new_page()
            page.set_default_timeout(15_000)
            page.on("pageerror", lambda error: faults.append(str(error)))
            page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
            page.on("request", lambda asked: asked.url.startswith(address[:20]) or faults.append(asked.url))
            page.goto(address)
            page.wait_for_selector(".row.current")
            page.locator(".row").first.focus()
            return page

        yield visit
    assert [fault for fault in faults if "409" not in fault and "ERR_CONNECTION_REFUSED" not in fault] == []


def row(page: "Page", number: int) -> Any:
    return page.locator(".row").nth(number)


def until(page: "Page", expression: str) -> None:
    """Wait for an expression to hold; the page's own policy forbids waiting inside it."""
    for _ in range(300):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)


def saved(page: "Page", number: int, status: str) -> None:
    page.wait_for_selector(f".row:nth-of-type({number + 2})[data-status={status}]")


def stored(out: Path) -> dict[str, Pair]:
    """Pairs of the journals, by source."""
    found = {}
    for path in sorted((out / ".bilingual").glob("decisions-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            found |= {pair["source"]: pair for pair in json.loads(line)}
    return found


def test_a_whole_review_by_keyboard_alone(visit: Open, out: Path) -> None:
    page = visit()
    page.keyboard.press("a")
    saved(page, 0, "accepted")
    until(page, "document.activeElement.ariaLabel?.startsWith('2번')")
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    page.keyboard.type("회담이 월요일에 다시 열렸다.")
    page.keyboard.press("Enter")
    saved(page, 1, "edited")
    page.keyboard.press("r")
    saved(page, 2, "rejected")
    page.keyboard.press("u")
    saved(page, 2, "draft")
    page.keyboard.press("u")
    saved(page, 1, "draft")
    assert row(page, 1).locator(".text").inner_text() == "협상은 월요일에 재개됐다."
    assert stored(out)["Talks reopen"]["status"] == "accepted"
    assert stored(out)["The talks reopened on Monday."]["status"] == "draft"


def test_keys_are_the_same_on_a_korean_keyboard(visit: Open) -> None:
    page = visit()
    page.keyboard.press("j")
    page.evaluate(
        """document.activeElement.dispatchEvent(new KeyboardEvent("keydown",
           {key: "ㅁ", code: "KeyA", bubbles: true, cancelable: true}))"""
    )
    saved(page, 1, "accepted")


def test_enter_in_the_midst_of_a_syllable_does_not_submit(visit: Open) -> None:
    page = visit()
    page.keyboard.press("e")
    page.keyboard.press("Control+a")
    devices = page.context.new_cdp_session(page)
    devices.send("Input.imeSetComposition", {"text": "한", "selectionStart": 1, "selectionEnd": 1})
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
    devices.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **enter})
    page.wait_for_timeout(1200)  # longer than the pause after which writing is saved
    box = row(page, 0).locator(".edit")
    assert box.is_visible()
    assert row(page, 0).get_attribute("data-status") == "draft"
    devices.send("Input.imeSetComposition", {"text": "한국", "selectionStart": 2, "selectionEnd": 2})
    devices.send("Input.insertText", {"text": "한국"})
    late = {"key": "Process", "code": "Enter", "windowsVirtualKeyCode": 229}
    devices.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **late})
    assert box.is_visible()
    saved(page, 0, "edited")
    assert box.is_visible()
    page.keyboard.press("Enter")
    box.wait_for(state="hidden")
    assert row(page, 0).locator(".text").inner_text() == "한국"


def test_writing_is_saved_as_it_is_made_and_escape_takes_it_back(visit: Open, out: Path) -> None:
    page = visit()
    page.keyboard.press("Enter")
    page.keyboard.type(" 더한 말")
    saved(page, 0, "edited")
    assert stored(out)["Talks reopen"]["target"] == "협상 재개 더한 말"
    page.keyboard.press("Escape")
    saved(page, 0, "draft")
    assert row(page, 0).locator(".text").inner_text() == "협상 재개"


def test_a_click_on_a_text_below_opens_it_though_the_row_above_closes(visit: Open) -> None:
    page = visit()
    place = row(page, 2).locator(".text").bounding_box()
    assert place
    page.mouse.move(place["x"] + 20, place["y"] + 8)
    page.mouse.down()
    page.wait_for_timeout(100)
    page.mouse.up()
    row(page, 2).locator(".edit").wait_for()


def test_hostile_text_stays_text(visit: Open) -> None:
    page = visit()
    assert "<script>alert('x')</script><img src=x" in row(page, 3).locator(".source").inner_text()
    assert page.locator("#rows img, #rows script").count() == 0


def test_two_tabs_do_not_overwrite_each_other(visit: Open, out: Path) -> None:
    one = visit()
    two = visit(one.context)
    one.keyboard.press("e")
    one.keyboard.type(" 하나")
    one.keyboard.press("Enter")
    saved(one, 0, "edited")
    two.keyboard.press("e")
    two.keyboard.type(" 둘")
    two.keyboard.press("Enter")
    two.wait_for_selector(".conflict:visible")
    assert row(two, 0).locator(".text").inner_text() == "협상 재개 하나"
    assert row(two, 0).locator(".mine").inner_text() == "협상 재개 둘"
    assert stored(out)["Talks reopen"]["target"] == "협상 재개 하나"
    two.click("[data-do=mine]:visible")
    until(two, "document.querySelector('.row .text').textContent === '협상 재개 둘'")


def test_a_near_match_is_offered_and_taken(visit: Open) -> None:
    page = visit()
    row(page, 2).focus()
    offered = row(page, 2).locator(".matches button")
    offered.wait_for()
    assert "거기서 다친 사람은 없었다." in offered.inner_text()
    page.keyboard.press("1")
    saved(page, 2, "edited")
    page.keyboard.press("Enter")
    assert row(page, 2).locator(".text").inner_text() == "거기서 다친 사람은 없었다."


def test_find_and_replace_with_its_particles(visit: Open) -> None:
    page = visit()
    page.keyboard.press("h")
    page.fill("#find", "협상")
    page.fill("#put", "회의")
    page.keyboard.press("Enter")
    page.wait_for_selector("#samples li")
    assert page.locator("#samples ins").all_inner_texts() == ["회의 재개", "회의는 월요일에 재개됐다."]
    page.click("#replace-do")
    saved(page, 1, "edited")
    page.keyboard.press("u")
    saved(page, 1, "draft")


def test_filters_stay_in_the_address(visit: Open) -> None:
    page = visit()
    page.fill("#search", "다친")
    until(page, "document.querySelectorAll('.row').length === 1")
    page.reload()
    until(page, "document.querySelectorAll('.row').length === 1")
    assert page.input_value("#search") == "다친"
    page.click("#statuses label:has-text('반려')")
    page.wait_for_selector("#empty:visible")
    page.click("#clear")
    until(page, "document.querySelectorAll('.row').length === 5")


def test_a_server_that_goes_away_loses_no_writing(browser: "Browser", out: Path, serving: Serving) -> None:
    memory = out.parent / "none.db"
    with browser.new_context() as context:
        page = context.new_page()
        with serving(out, memory) as (_, address):
            page.goto(address)
            row(page, 0).focus()
        page.keyboard.press("e")
        page.keyboard.type(" 남는 말")
        page.keyboard.press("Enter")
        until(page, "document.querySelector('#alert').textContent.includes('닿는 대로')")
        assert page.evaluate("!window.dispatchEvent(new Event('beforeunload', {cancelable: true}))")
    with open_workspace(out) as workspace:
        assert next(read_pairs(workspace)).target == "협상 재개"


def test_the_page_fits_and_can_be_read_at_every_width_in_light_and_dark(visit: Open) -> None:
    page = visit()
    for width in (320, 390, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.wait_for_timeout(200)  # colours take a moment to change
            assert page.evaluate(CONTRAST) >= 4.5


def test_everything_that_can_be_pressed_has_a_name(visit: Open) -> None:
    page = visit()
    nameless = page.evaluate(
        """[...document.querySelectorAll("button, input, select, textarea, dialog, nav")].filter((one) =>
           !(one.textContent.trim() || one.ariaLabel || one.labels?.length))
           .map((one) => one.outerHTML)"""
    )
    assert nameless == []


# The least contrast of any text that is shown with the colour behind it (WCAG 2.2, 1.4.3).
CONTRAST = """
(() => {
  const linear = (v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const light = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255);
  const parse = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const behind = (one) => {
    for (; one; one = one.parentElement) {
      const colour = parse(getComputedStyle(one).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const isWritten = (one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const isShown = (one) => one.checkVisibility() && !one.closest(":disabled, option");
  const shown = [...document.querySelectorAll("body *")].filter((one) => isShown(one) && isWritten(one));
  return Math.min(...shown.map((one) => {
    const front = light(parse(getComputedStyle(one).color).slice(0, 3));
    const [a, b] = [front, light(behind(one))].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  }));
})()
"""
