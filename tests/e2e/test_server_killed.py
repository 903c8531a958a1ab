"""Twenty kilobytes typed while the whole installation is killed and started again."""

import re
import signal

import pytest
from playwright.sync_api import expect

from tests.faults.installation import Installation, running
from tests.processes import eventually, free_port

pytestmark = pytest.mark.faults

SAVED = re.compile(r"Saved on the server \d\d:\d\d\s*$")
CHUNKS = [f"\n{number:03} rota brøke – ".ljust(512, "x") for number in range(40)]
LOOK = """() => ({
  said: document.getElementById("draft-status").textContent,
  typed: document.getElementById("id_notes").value,
  copies: Object.values(localStorage).join(""),
})"""


def write(page, chunks):
    """After a key the server cannot have it yet: nothing may say so."""
    page.locator("#id_notes").focus()
    page.keyboard.press("Control+End")
    for chunk in chunks:
        page.keyboard.insert_text(chunk)
        assert "Saved on the server" not in page.evaluate(LOOK)["said"]


def stored(installation):
    found = installation.one("SELECT notes FROM interviews_interview")
    return found[0] if found else ""


def signed_in_page(browser, installation, slug):
    key = installation.cookie.partition("=")[2].partition(";")[0]
    origin = f"http://127.0.0.1:{installation.port}"
    context = browser.new_context(base_url=f"{origin}/w/{slug}/")
    context.add_cookies([{"name": "sessionid", "value": key, "url": origin}])
    return context.new_page()


def test_not_one_character_is_lost(browser, tmp_path):
    data_dir, port = tmp_path / "data", free_port()
    text = "".join(CHUNKS)
    with running(data_dir, port=port) as first:
        slug = first.sign_in()
        page = signed_in_page(browser, first, slug)
        page.goto("interviews/new/")
        write(page, CHUNKS[:10])
        status = page.locator("#draft-status")
        expect(status).to_have_text(SAVED, timeout=20_000)
        assert stored(first) == "".join(CHUNKS[:10])

        write(page, CHUNKS[10:20])
        first.stop(signal.SIGKILL)
        assert eventually(lambda: not first.answers())
        write(page, CHUNKS[20:])
        expect(status).to_contain_text("Not on the server. Kept on this device.")
        seen = page.evaluate(LOOK)
        assert (seen["typed"], text.replace("\n", "\\n") in seen["copies"]) == (
            text,
            True,
        )

    second = Installation(data_dir, port=port)
    try:
        second.wait_until_ready()
        expect(status).to_have_text(SAVED, timeout=70_000)
        assert stored(second) == text
        assert page.evaluate(LOOK)["copies"] == ""
    finally:
        page.context.close()
        second.stop()
