"""Finding Chromium, watching pages for trouble, and waiting for things to happen."""

import os
import shutil
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe

LEFT_OUT = (
    "Browser tests were left out: no Chromium. Name one with CHROMIUM=/path/to/chromium, "
    "or run: .venv/bin/playwright install chromium"
)
INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLAYWRIGHTS_OWN = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app")

# Every page is looked at in these: (theme, width in CSS pixels). Two of them show both
# themes and both widths; `make storm` looks at the others, too.
LOOKS = [("light", 1280), ("dark", 320)]
if os.environ.get("FIELDPROOF_STORM") == "1":
    LOOKS += [("dark", 1280), ("light", 320)]
HEIGHTS = {320: 640}

# The browser reports a violated policy only as an event; this makes it an error.
WATCH_POLICY = """
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});
"""
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def find_chromium() -> str | None:
    """The browser to drive, or None: CHROMIUM, an installed one, Playwright's own."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    for name in INSTALLED:
        if found := shutil.which(name):
            return found
    kept = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "~/.cache/ms-playwright")
    for pattern in PLAYWRIGHTS_OWN:
        for path in sorted(Path(kept).expanduser().glob(pattern), reverse=True):
            return str(path)
    return None


@dataclass
class Watch:
    """What went wrong in the browser. `expected`: words of troubles a test causes."""

    origin: str
    expected: tuple[str, ...] = ()
    seen: list[str] = field(default_factory=list)

    def over(self, context):
        context.add_init_script(WATCH_POLICY)
        context.on("console", self.console)
        context.on("weberror", lambda error: self.note(f"page error: {error.error}"))
        context.on("request", self.request)
        context.on("response", self.response)

    def note(self, trouble):
        if not any(words in trouble for words in self.expected):
            self.seen.append(trouble)

    def console(self, message):
        if message.type == "error":
            self.note(f"console: {message.text}")

    def request(self, request):
        parts = urlsplit(request.url)
        if parts.scheme.startswith("http") and parts.netloc != self.origin:
            self.note(f"foreign request: {request.url}")

    def response(self, response):
        if response.status >= 500:
            self.note(f"HTTP {response.status}: {response.url}")


def wait_until(condition, *, seconds=8.0, what="it"):
    """Asks again and again, in the test's own thread; for facts of the database.

    In the page use Playwright's `expect`, which waits by itself.
    """
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := condition():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"{what} did not happen within {seconds:g} s")


# What axe finds depends on the theme and the width in these alone.
AXE_OF_A_LOOK = ["color-contrast", "target-size", "scrollable-region-focusable"]


# Only what is wrong comes back: all that is right would be megabytes for each page.
RUN_AXE = """async (runOnly) => {
  const found = await axe.run({runOnly, resultTypes: ["violations"]});
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}`));
}"""


@cache
def axe_script():
    return Axe().axe_script


def axe_violations(page, run_only=AXE_TAGS) -> list[str]:
    """What axe-core objects to, one line for each element; empty is right."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(axe_script())
    return page.evaluate(RUN_AXE, run_only)


def overflow(page) -> int:
    """By how many pixels the page is wider than the window; 0 is right."""
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


def look_troubles(page, name) -> list[str]:
    """What is wrong with the open page in any of the looks, which it is left in turn.

    Everything in the first one; in the others what a theme or a width can change.
    SHOTS=/some/folder keeps a picture of each for people who want to look.
    """
    found = []
    for number, (theme, width) in enumerate(LOOKS):
        page.emulate_media(color_scheme=theme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 800)})
        keep_picture(page, f"{name}-{theme}-{width}")
        wrong = axe_violations(page, AXE_OF_A_LOOK if number else AXE_TAGS)
        if (wider := overflow(page)) > 0:
            wrong.append(f"{wider} px wider than the window")
        found += [f"{theme} {width}: {one}" for one in wrong]
    return found


def keep_picture(page, name):
    if folder := os.environ.get("SHOTS"):
        file = "-".join(name.replace("/", " ").split())
        page.screenshot(path=Path(folder) / f"{file[:120]}.png", full_page=True)
