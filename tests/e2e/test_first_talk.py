"""From the empty venture to the first quote that speaks to a question: counted, and
again with the keyboard alone.
"""

import re

import pytest
from playwright.sync_api import expect

from interviews.models import Quote
from milestones.models import EvidenceLink
from portfolio.actions import open_venture
from tests.e2e.browser import wait_until
from tests.e2e.counting import Hand
from tests.factories import NOW, make_user

MOST_CLICKS, MOST_FIELDS = 8, 4
NOTES = "She made the rota on Sunday night.\n\n> Two nurses called in sick and I spent three hours on the telephone."
WORDS = "I spent three hours on the telephone"
FOCUS = "document.activeElement.tagName"


class Newcomer(Hand):
    def select_words(self, words):
        """One gesture of the mouse: press, draw over the words, let go."""
        self.clicks += 1
        box = self.page.evaluate(BOX_OF, words)
        mouse = self.page.mouse
        mouse.move(box["x1"], box["y1"])
        mouse.down()
        mouse.move(box["x2"], box["y2"], steps=8)
        mouse.up()


BOX_OF = """(words) => {
  const walker = document.createTreeWalker(
    document.getElementById("notes"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    const boxes = [...range.getClientRects()];
    const first = boxes[0], last = boxes.at(-1);
    return { x1: first.left + 0.5, y1: first.top + first.height / 2,
             x2: last.right + 0.5, y2: last.top + last.height / 2 };
  }
}"""


@pytest.fixture
def newcomer(db):
    return make_user("new@example.com", name="Nora New")


@pytest.fixture
def home(newcomer):
    """A venture of which nothing is known but its name."""
    return f"/w/{open_venture(by=newcomer, name='Rota', now=NOW).slug}/"


def question_option(page):
    options = page.get_by_label("What is this about?").locator("option")
    return options.filter(has_text=re.compile(r"^\s*1\b")).inner_text().strip()


def grade_option(page):
    options = page.get_by_label("How strong").locator("option")
    return options.filter(has_text="E3").inner_text().strip()


def test_a_newcomer_needs_few_clicks_and_fields(open_page, newcomer, home):
    page = open_page(newcomer)
    page.goto(home)
    nora = Newcomer(page)
    nora.click(page.get_by_role("link", name="Start with my own notes"))
    nora.fill(page.get_by_label("Notes", exact=True), NOTES)
    nora.fill(page.get_by_label("Name, organisation", exact=True), "Dana, Acme")
    nora.click(page.get_by_role("button", name="Finish"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Dana, Acme")
    nora.select_words(WORDS)
    nora.click(page.get_by_role("button", name="Keep the quote"))
    expect(page.get_by_label("What is this about?")).to_be_visible()
    nora.choose(page.get_by_label("What is this about?"), question_option(page))
    nora.choose(page.get_by_label("How strong"), grade_option(page))
    nora.click(page.get_by_role("button", name=re.compile("^Link")))

    wait_until(EvidenceLink.objects.exists, what="the link")
    assert_the_board_knows(page, home)
    assert nora.clicks <= MOST_CLICKS
    assert nora.fields <= MOST_FIELDS


def assert_the_board_knows(page, home):
    link = EvidenceLink.objects.get()
    assert (link.question.number, link.grade) == (1, 3)
    assert WORDS in Quote.objects.get().text
    page.goto(f"{home}questions/1/")
    expect(page.locator("main")).to_contain_text(WORDS)


class NoMouse:
    def __getattr__(self, name):
        raise AssertionError(f"the mouse was used: {name}")


class Typist:
    """Nothing but keys; after each the focus is on something, never on the page."""

    def __init__(self, page):
        self.page = page

    def press(self, key):
        self.page.keyboard.press(key)
        self.see_focus(key)

    def type(self, text):
        self.page.keyboard.type(text)
        self.see_focus("typing")

    def see_focus(self, what):
        settled = (
            "document.readyState === 'complete' && document.activeElement !== null"
        )
        self.page.wait_for_function(settled)
        assert self.page.evaluate(FOCUS) != "BODY", f"focus is lost after {what}"

    def tab_to(self, name, *, back=False):
        """A person would not go on for ever, nor turn round."""
        for _ in range(70):
            self.press("Shift+Tab" if back else "Tab")
            if re.search(name, self.name_of_focus()):
                return
        raise AssertionError(f"{name!r} is not reached by Tab")

    def name_of_focus(self):
        return self.page.evaluate(
            """() => {
              const here = document.activeElement;
              const label = here.labels?.[0]?.textContent ?? "";
              const name = here.getAttribute("aria-label") || label || here.textContent;
              return name.replace(/\\s+/g, " ").trim();
            }"""
        )


def test_with_the_keyboard_alone(open_page, newcomer, home):
    page = open_page(newcomer)
    page.goto(home)
    page._impl_obj._mouse = NoMouse()
    typist = Typist(page)
    page.wait_for_load_state("networkidle")  # the shortcuts arrive last
    page.keyboard.press("c")
    expect(page.get_by_label("Notes", exact=True)).to_be_focused()
    typist.type(NOTES)
    typist.tab_to("^Name, organisation$", back=True)
    typist.type("Dana, Acme")
    typist.tab_to("^Notes")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dana, Acme")
    typist.tab_to("^Quote from paragraph 2")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Exact words")).to_be_visible()
    typist.tab_to("^Keep the quote")
    page.keyboard.press("Enter")
    expect(page.get_by_label("What is this about?")).to_be_focused()
    typist.type("1")
    typist.tab_to("^How strong")
    typist.type("E3")
    typist.tab_to("^Link")
    page.keyboard.press("Enter")

    wait_until(EvidenceLink.objects.exists, what="the link")
    assert_the_board_knows(page, home)
