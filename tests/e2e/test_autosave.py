"""Twenty kilobytes typed while something breaks: not one character is lost, and the
status line says "Saved" only while the server holds the very text of the page.
"""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import expect

from interviews.models import Interview
from tests.e2e.browser import wait_until
from tests.factories import make_interview, make_segment

SAVED = re.compile(r"Saved on the server \d\d:\d\d\s*$")
# The browser itself writes these to the console when a request does not succeed.
NO_ANSWER = ("ERR_FAILED", "ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION", "htmx:")
CHUNKS = 40
CHUNK = 512

LOOK = """() => ({
  said: document.getElementById("draft-status").textContent,
  typed: document.getElementById("id_notes").value,
  copies: Object.values(localStorage).join(""),
})"""


@pytest.fixture
def path(workspace):
    make_segment(workspace, "First customers")
    return f"/w/{workspace.slug}/interviews/"


def chunk(number):
    """Told apart from every other, with a line break and letters of two bytes."""
    return f"\n{number:03} " + "rota brøke – ".ljust(16, "x") * 31 + "." * 11


TEXT = "".join(chunk(number) for number in range(CHUNKS))


def test_it_is_twenty_kilobytes():
    assert len(TEXT) == CHUNKS * CHUNK == 20_480


def notes(page):
    return page.get_by_label("Notes", exact=True)


def status(page):
    return page.locator("#draft-status")


def on_server(pk=None):
    talks = Interview.objects.filter(pk=pk) if pk else Interview.objects.all()
    return talks.values_list("notes", flat=True).first() or ""


def look(page, pk=None):
    """The promise, at this moment. Read before and after, so that a save that comes
    in between is no accusation."""
    before = on_server(pk)
    seen = page.evaluate(LOOK)
    after = on_server(pk)
    if "Saved on the server" in seen["said"]:
        assert seen["typed"] in (before, after), seen["said"]
    if seen["typed"] not in ("", before, after):
        assert as_json(seen["typed"]) in seen["copies"]
    return seen


def as_json(text):
    return text.replace("\n", "\\n")


def write(page, first, last, pk=None):
    """Chunks as somebody who types without a pause would send them."""
    notes(page).focus()
    page.keyboard.press("Control+End")
    for number in range(first, last):
        page.keyboard.insert_text(chunk(number))
        look(page, pk)


def arrived(page, text=TEXT, pk=None):
    wait_until(lambda: on_server(pk) == text, seconds=30, what="all of it saved")
    expect(status(page)).to_have_text(SAVED, timeout=10_000)
    assert look(page, pk)["typed"] == text
    assert look(page, pk)["copies"] == ""


def begin(page, path):
    page.goto(f"{path}new/", timeout=60_000)  # the first page is drawn cold
    write(page, 0, 5)
    expect(status(page)).to_have_text(SAVED)


def test_nothing_breaks(open_page, founder, path):
    page = open_page(founder)
    begin(page, path)
    write(page, 5, CHUNKS)

    arrived(page)


def test_the_network_is_cut(open_page, founder, path):
    page = open_page(founder, expected=NO_ANSWER)
    begin(page, path)
    page.context.set_offline(True)
    write(page, 5, 30)
    expect(status(page)).to_contain_text("Not on the server. Kept on this device.")
    expect(status(page)).to_contain_text("Last server save")
    write(page, 30, CHUNKS)
    look(page)
    page.context.set_offline(False)

    arrived(page)


def test_the_session_is_deleted_on_the_server(open_page, founder, path):
    page = open_page(founder, expected=["401", "403"])
    begin(page, path)
    Session.objects.all().delete()
    write(page, 5, 30)
    expect(status(page)).to_contain_text("You are signed out. Your text is kept here.")
    assert page.locator("input[type=password]").count() == 0
    write(page, 30, CHUNKS)
    assert look(page)["typed"] == TEXT
    sign_in_anew(page.context, founder, page.url)

    arrived(page)


def sign_in_anew(context, user, url):
    """As in another tab: the cookies are the whole browser's."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": url}])


def test_signed_out_in_another_tab(open_context, founder, path):
    context = open_context(founder, expected=["401", "403"])
    page, other = context.new_page(), context.new_page()
    begin(page, path)
    other.goto(path)
    other.locator(".top-venture").click()
    other.get_by_role("button", name="Sign out").click()
    other.wait_for_url(re.compile("/accounts/"))
    write(page, 5, 30)
    expect(status(page)).to_contain_text("You are signed out. Your text is kept here.")
    write(page, 30, CHUNKS)
    assert look(page)["typed"] == TEXT
    sign_in_anew(context, founder, page.url)

    arrived(page)


def test_another_tab_asks_before_it_signs_out_over_unsaved_text(
    open_context, founder, path
):
    context = open_context(founder, expected=NO_ANSWER)
    page, other = context.new_page(), context.new_page()
    begin(page, path)
    page.route("**/draft/", lambda route: route.abort())
    write(page, 5, CHUNKS)
    other.goto(path)
    other.locator(".top-venture").click()
    other.get_by_role("button", name="Sign out").click()

    expect(other.get_by_role("alert")).to_contain_text("not on the server")
    assert look(page)["typed"] == TEXT
    page.unroute("**/draft/")
    arrived(page)


def test_the_tab_is_killed(open_context, founder, path):
    context = open_context(founder, expected=NO_ANSWER)
    page = context.new_page()
    begin(page, path)
    page.route("**/draft/", lambda route: route.abort())
    write(page, 5, CHUNKS)
    page.close(run_before_unload=False)

    again = context.new_page()
    again.goto(f"{path}{Interview.objects.get().pk}/edit/")
    banner = again.locator("#draft-banner")
    expect(banner).to_contain_text("Unsaved text from")
    expect(notes(again)).to_have_value(TEXT[: 5 * CHUNK])
    banner.get_by_role("button", name="Restore").click()
    expect(notes(again)).to_have_value(TEXT)

    arrived(again)


def test_two_tabs(open_context, founder, workspace, path):
    draft = make_interview(workspace, by=founder, state="draft", notes="Common.")
    context = open_context(founder, expected=["409"])
    one, two = context.new_page(), context.new_page()
    for page in (one, two):
        page.goto(f"{path}{draft.pk}/edit/")
    write(one, 0, 20)
    expect(status(one)).to_have_text(SAVED)
    write(two, 20, CHUNKS)

    expect(status(two)).to_contain_text("Frida Founder changed this at")
    theirs, mine = "Common." + TEXT[: 20 * CHUNK], "Common." + TEXT[20 * CHUNK :]
    expect(two.get_by_label("Their notes")).to_have_value(theirs)
    expect(notes(two)).to_have_value(mine)
    write(one, 20, 21)  # the one goes on and is saved; the other's copy stays
    expect(status(one)).to_have_text(SAVED)
    assert look(two)["typed"] == mine
    two.get_by_role("button", name="Keep both texts").click()

    expect(two.locator("#draft-conflict")).to_contain_text("Their notes")
    two.get_by_role("button", name="Keep both texts").last.click()
    expect(two.locator("#notices")).to_contain_text("Kept on the server.")
    assert on_server(draft.pk) == f"{mine}\n\n{theirs}{chunk(20)}"


def test_a_slow_server_and_rapid_typing(open_page, founder, path):
    """At most one on its way and one waiting, in order, and the last text stands."""
    page = open_page(founder)
    page.add_init_script(
        """
        const send = XMLHttpRequest.prototype.send;
        window.inFlight = window.most = 0;
        XMLHttpRequest.prototype.send = function (body) {
          window.most = Math.max(window.most, ++window.inFlight);
          this.addEventListener("loadend", () => { window.inFlight -= 1; });
          setTimeout(() => send.call(this, body), 1000);
        };
        """
    )
    lengths = []
    page.on("request", lambda request: note_length(request, lengths))
    page.goto(f"{path}new/")
    for first in range(0, CHUNKS, 10):
        write(page, first, first + 10)
        page.wait_for_timeout(1200)

    arrived(page)
    assert lengths == sorted(lengths)
    assert page.evaluate("window.most") == 1


def note_length(request, lengths):
    if request.url.endswith("/draft/"):
        lengths.append(len(request.post_data or ""))


def test_somebody_who_never_pauses_is_saved_all_the_same(open_page, founder, path):
    page = open_page(founder)
    page.clock.install()
    page.goto(f"{path}new/")
    notes(page).focus()
    page.clock.pause_at(datetime.now(UTC) + timedelta(minutes=1))
    for number in range(30):  # half a second each, and no pause of a second anywhere
        page.keyboard.insert_text(chunk(number))
        page.clock.run_for(500)
        look(page)

    # the clock of the page stands: nothing but what was sent meanwhile arrives
    wait_until(lambda: on_server() != "", what="a save")


def test_notes_that_are_too_long_stay_in_the_page(open_page, founder, path):
    page = open_page(founder, expected=["422"])
    page.goto(f"{path}new/")
    long = "She said it again. " * 11_000
    notes(page).fill(long)

    expect(status(page)).to_contain_text("Not on the server. These notes are 209 kB")
    page.get_by_role("button", name="Finish").click()
    expect(page.get_by_role("alert")).to_contain_text("These notes are 209 kB")
    expect(notes(page)).to_have_value(long)
    assert Interview.objects.count() == 0
