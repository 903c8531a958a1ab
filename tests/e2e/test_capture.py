"""Writing a talk down in a real browser, also when everything goes wrong.

The promise under test: what was typed is on the server or on this device, and the
status line never says otherwise.
"""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from discovery.models import Person
from interviews.models import Interview, Quote
from tests.e2e.browser import wait_until
from tests.factories import make_interview, make_segment

SAVED = re.compile(r"Saved on the server \d\d:\d\d\s*$")
NOTES = "She said last Tuesday the rota broke again.\n\n> We'd pay tomorrow."
# The browser itself writes these to the console when a request does not succeed.
NO_ANSWER = ("ERR_FAILED", "ERR_INTERNET_DISCONNECTED", "htmx:")


@pytest.fixture
def path(workspace):
    make_segment(workspace, "First customers")
    return f"/w/{workspace.slug}/interviews/"


def status(page):
    return page.locator("#draft-status")


def notes(page):
    return page.get_by_label("Notes", exact=True)


def copies(page):
    """What this device holds, as {key: text}."""
    return page.evaluate("Object.fromEntries(Object.entries(localStorage))")


def write(page, text):
    """Key by key, as people do: `fill` would send one event for all of it."""
    notes(page).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(text)


def test_from_first_word_to_a_quote(open_page, founder, workspace, path):
    page = open_page(founder)
    page.goto(f"{path}new/")
    expect(notes(page)).to_be_focused()
    notes(page).fill(NOTES)
    page.get_by_label("Name, organisation", exact=True).fill("Dana Ruiz, Acme Clinic")
    page.get_by_role("button", name="Finish").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Dana Ruiz, Acme Clinic")
    expect(page.locator("#notices")).to_contain_text("keep it as a quote")
    select(page, "the rota broke again")
    page.get_by_role("button", name="Keep the quote").click()

    expect(page.locator("#notices")).to_contain_text("Kept as a quote.")
    expect(page.locator("#notes mark")).to_have_text("the rota broke again")
    expect(page.locator("#counts")).to_contain_text("It counts")
    quote = Quote.objects.get()
    assert (quote.text, str(quote.person)) == (
        "the rota broke again",
        "Dana Ruiz, Acme Clinic",
    )
    assert Interview.objects.get().qualifies
    assert copies(page) == {}


def select(page, words):
    """With the mouse over the text: the browser's own selection, then its event."""
    page.evaluate(
        """(words) => {
          const walker = document.createTreeWalker(
            document.getElementById("notes"), NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            getSelection().setBaseAndExtent(node, at, node, at + words.length);
            document.dispatchEvent(new PointerEvent("pointerup", {bubbles: true}));
            return;
          }
        }""",
        words,
    )


def test_a_draft_saves_itself_and_makes_nobody_of_half_a_name(open_page, founder, path):
    page = open_page(founder)
    page.goto(f"{path}new/")
    write(page, "First words")
    expect(status(page)).to_have_text(SAVED)
    page.get_by_label("Name, organisation", exact=True).fill("Dana Ru")

    expect(status(page)).to_contain_text("(the new person is added when you finish)")

    draft = Interview.objects.get()
    assert (draft.notes, draft.state, draft.rev) == ("First words", "draft", 2)
    assert (draft.who_typed, Person.objects.count()) == (["Dana Ru"], 0)
    assert page.url.endswith(f"/{draft.pk}/edit/")
    assert copies(page) == {}


def test_server_gone_the_text_stays_here_and_goes_there_later(open_page, founder, path):
    page = open_page(founder, expected=NO_ANSWER)
    page.goto(f"{path}new/")
    write(page, "Before.")
    expect(status(page)).to_have_text(SAVED)

    page.context.set_offline(True)
    write(page, " After.")

    expect(status(page)).to_contain_text("Not on the server. Kept on this device.")
    expect(status(page)).to_contain_text("Last server save")
    expect(status(page)).not_to_contain_text("Saved")
    expect(page.locator("#notices")).to_be_empty()
    assert "Before. After." in str(copies(page))
    assert Interview.objects.get().notes == "Before."

    page.context.set_offline(False)
    expect(status(page)).to_have_text(SAVED)
    assert Interview.objects.get().notes == "Before. After."
    assert copies(page) == {}


def test_an_answer_that_was_lost_is_no_conflict_with_oneself(open_page, founder, path):
    page = open_page(founder, expected=[*NO_ANSWER, "409"])
    page.goto(f"{path}new/")
    write(page, "One.")
    expect(status(page)).to_have_text(SAVED)

    unheard = []

    def saved_but_unheard(route):
        if unheard:
            return route.continue_()
        unheard.append(route.fetch())
        return route.abort()

    page.route("**/draft/", saved_but_unheard)
    write(page, " Two.")
    expect(status(page)).to_contain_text("Not on the server")
    write(page, " Three.")

    expect(status(page)).to_have_text(SAVED)
    expect(page.locator("#conflict-choice")).to_have_count(0)
    assert Interview.objects.get().notes == "One. Two. Three."


def test_a_failing_server_is_not_called_saved(open_page, founder, path):
    page = open_page(founder, expected=["500"])
    page.goto(f"{path}new/")
    write(page, "One.")
    expect(status(page)).to_have_text(SAVED)

    page.route("**/draft/", lambda route: route.fulfill(status=500, body="no"))
    write(page, " Two.")

    expect(status(page)).to_contain_text("Not on the server. Kept on this device.")
    expect(status(page)).not_to_contain_text("Saved")
    page.unroute("**/draft/")
    expect(status(page)).to_have_text(SAVED)
    assert Interview.objects.get().notes == "One. Two."


def test_signed_out_meanwhile(open_page, founder, path):
    page = open_page(founder, expected=["401", "403"])
    page.goto(f"{path}new/")
    write(page, "Before.")
    expect(status(page)).to_have_text(SAVED)

    Session.objects.all().delete()
    write(page, " After.")

    expect(status(page)).to_contain_text("You are signed out. Your text is kept here.")
    expect(page.locator("input[type=password]")).to_have_count(0)
    assert "Before. After." in str(copies(page))
    with page.expect_popup() as popup:
        status(page).get_by_role("link", name="Sign in in a new tab").click()
    sign_in_again(popup.value, founder)
    page.bring_to_front()
    expect(status(page)).to_have_text(SAVED, timeout=20_000)
    assert Interview.objects.get().notes == "Before. After."
    assert copies(page) == {}


def sign_in_again(page, user):
    page.locator("input[name=login]").fill(user.email)
    page.locator("input[name=password]").fill("correct horse staple")
    page.locator("main form button").first.click()
    page.wait_for_url(lambda url: "/accounts/login" not in url)


# Everything sent by htmx leaves the browser a second and a half late.
SLOW = """
const send = XMLHttpRequest.prototype.send;
XMLHttpRequest.prototype.send = function (body) {
  setTimeout(() => send.call(this, body), 1500);
};
"""


def test_a_slow_server_gets_the_last_text(open_page, founder, path):
    page = open_page(founder)
    page.add_init_script(SLOW)
    sent = []
    page.on("request", lambda request: sent.append(request.url))
    page.goto(f"{path}new/")
    write(page, "One.")
    expect(status(page)).to_have_text("Saving…")
    for word in (" Two.", " Three.", " Four."):
        write(page, word)

    expect(status(page)).to_have_text(SAVED)
    wait_until(
        lambda: Interview.objects.get().notes == "One. Two. Three. Four.",
        what="the last text on the server",
    )
    expect(status(page)).to_have_text(SAVED)
    assert len([url for url in sent if url.endswith("/draft/")]) == 2
    assert copies(page) == {}


def test_finishing_while_a_draft_is_on_its_way(open_page, founder, path):
    page = open_page(founder)
    page.add_init_script(SLOW)
    page.goto(f"{path}new/")
    page.get_by_label("Name, organisation", exact=True).fill("Dana Ruiz, Acme Clinic")
    write(page, NOTES)
    expect(status(page)).to_have_text("Saving…")

    page.get_by_role("button", name="Finish").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Dana Ruiz, Acme Clinic")
    talk = Interview.objects.get()
    assert (talk.state, talk.people.count()) == ("finished", 1)


def test_two_tabs_both_texts(open_context, founder, workspace, path):
    draft = make_interview(workspace, by=founder, state="draft", notes="Common. ")
    context = open_context(founder, expected=["409"])
    one, two = context.new_page(), context.new_page()
    one.goto(f"{path}{draft.pk}/edit/")
    two.goto(f"{path}{draft.pk}/edit/")
    write(one, "From one.")
    expect(status(one)).to_have_text(SAVED)

    write(two, "From two.")

    expect(status(two)).to_contain_text("Frida Founder changed this at")
    expect(two.get_by_label("Their notes")).to_have_value("Common. From one.")
    expect(notes(two)).to_have_value("Common. From two.")
    write(two, " More.")
    expect(status(two)).to_contain_text("Not on the server: choose")
    two.get_by_role("button", name="Keep both texts").click()
    expect(two.locator("#notices")).to_contain_text("Kept on the server.")
    assert Interview.objects.get().notes == (
        "Common. From two. More.\n\nCommon. From one."
    )


def test_a_killed_tab_offers_what_never_left(open_context, founder, path):
    context = open_context(founder, expected=NO_ANSWER)
    page = context.new_page()
    page.goto(f"{path}new/")
    page.route("**/draft/", lambda route: route.abort())
    write(page, "Only here.")
    wait_until(lambda: "Only here." in str(copies(page)), what="the local copy")
    page.close()

    fresh = context.new_page()
    fresh.goto(f"{path}new/")
    banner = fresh.locator("#draft-banner")
    expect(banner).to_contain_text("Unsaved text from")
    expect(notes(fresh)).to_have_value("")
    write(fresh, "Something else.")
    expect(status(fresh)).to_have_text(SAVED)
    banner.get_by_role("button", name="Restore").click()

    expect(notes(fresh)).to_have_value("Only here.")
    expect(status(fresh)).to_have_text(SAVED)
    kept = set(Interview.objects.values_list("notes", flat=True))
    assert kept == {"Only here.", "Something else."}
    assert copies(fresh) == {}


def test_a_discarded_copy_is_gone(open_context, founder, path):
    context = open_context(founder, expected=NO_ANSWER)
    page = context.new_page()
    page.goto(f"{path}new/")
    page.route("**/draft/", lambda route: route.abort())
    write(page, "Not wanted.")
    wait_until(lambda: "Not wanted." in str(copies(page)), what="the local copy")
    page.reload()

    page.get_by_role("button", name="Discard").click()

    expect(page.locator("#draft-banner")).to_be_hidden()
    assert copies(page) == {}
    assert Interview.objects.count() == 0


def test_signing_out_asks_once_and_leaves_no_copy(open_page, founder, path):
    page = open_page(founder, expected=NO_ANSWER)
    page.goto(f"{path}new/")
    page.route("**/draft/", lambda route: route.abort())
    write(page, "Only here.")
    expect(status(page)).to_contain_text("Not on the server")
    page.get_by_role("button", name="Acme").click()
    page.get_by_role("button", name="Sign out").click()
    expect(status(page)).to_contain_text("Sign out again to drop it")
    assert "Only here." in str(copies(page))

    page.get_by_role("button", name="Sign out").click()

    page.wait_for_url(re.compile("/accounts/"))
    assert copies(page) == {}


def test_without_a_mouse(open_page, founder, path):
    page = open_page(founder)
    page.goto(path)
    page.wait_for_load_state("networkidle")  # the shortcuts arrive last
    press = page.keyboard.press
    press("c")
    expect(notes(page)).to_be_focused()
    page.keyboard.type(NOTES)
    tab_to(page, "Name, organisation", back=True)
    page.keyboard.type("Dana Ruiz, Acme Clinic")
    tab_to(page, "Finish")
    press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dana Ruiz, Acme Clinic")
    tab_to(page, "Quote from paragraph 2")
    press("Enter")
    expect(page.get_by_label("Exact words")).to_have_value("We'd pay tomorrow.")
    tab_to(page, "Keep the quote")
    press("Enter")

    expect(page.locator("#counts")).to_contain_text("It counts")
    assert Quote.objects.get().text == "We'd pay tomorrow."


def tab_to(page, name, *, back=False):
    """Tab until something of that name has the focus; a person would not go on."""
    for _ in range(60):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        focused = page.locator(":focus")
        if focused.count() and name in described(focused):
            return
    raise AssertionError(f"{name!r} is not reached by Tab")


def described(locator):
    return locator.get_attribute("aria-label") or " ".join(locator.inner_text().split())


def test_without_javascript(open_page, founder, path):
    page = open_page(founder, js=False)
    page.goto(f"{path}new/")
    notes(page).fill("Half a thought.")
    page.get_by_label("Name, organisation", exact=True).fill("Dana Ruiz, Acme Clinic")
    page.get_by_role("button", name="Keep as draft").click()
    expect(page.locator("#notices")).to_contain_text("Kept on the server.")
    notes(page).fill(NOTES)
    page.get_by_role("button", name="Finish").click()
    page.get_by_role("link", name="Quote from paragraph 1").click()
    page.get_by_label("Exact words").fill("the rota broke again")
    page.get_by_role("button", name="Keep the quote").click()
    expect(page.locator("#counts")).to_contain_text("It counts")
    page.get_by_role("link", name="What is this about?").click()

    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert Person.objects.count() == 1
    assert Interview.objects.get().rev == 2


@pytest.mark.parametrize("hostile", ["<img src=x onerror=alert(1)>", "{{7*7}}'\"><b>"])
def test_hostile_text_stays_text(open_page, founder, path, hostile):
    page = open_page(founder)
    page.on("dialog", lambda dialog: pytest.fail("a dialog opened"))
    page.goto(f"{path}new/")
    notes(page).fill(f"Well {hostile} indeed")
    page.get_by_label("Name, organisation", exact=True).fill(f"{hostile}, {hostile}")
    page.get_by_role("button", name="Finish").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(f"{hostile}, {hostile}")
    expect(page.locator("#notes")).to_contain_text(f"Well {hostile} indeed")
    assert page.locator("main img, main b").count() == 0
