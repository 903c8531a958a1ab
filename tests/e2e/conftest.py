"""A live server, a real browser, and a page that fails on any trouble it sees.

    def test_board(open_page, live_server, founder, workspace):
        page = open_page(founder, theme="dark", width=320)
        page.goto(f"{live_server.url}/w/{workspace.slug}/questions/")

Errors in the console, script errors, breaches of the content security policy,
requests to other hosts and answers from 500 on fail the test when it ends, unless it
expects them: `open_page(founder, expected=["ERR_INTERNET_DISCONNECTED"])`.
"""

import os
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Error as BrowserError

from tests.e2e.browser import HEIGHTS, Watch, find_chromium

CHROMIUM = find_chromium()
collect_ignore_glob = [] if CHROMIUM else ["test_*.py"]

# Playwright's calls run inside an event loop, where Django else refuses its ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/e2e" in item.path.as_posix():
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """For the plugin's `browser`. Containers have no user namespace for its sandbox."""
    return {
        "executable_path": CHROMIUM,
        "headless": True,
        "args": ["--no-sandbox", "--disable-dev-shm-usage"],
    }


@pytest.fixture
def open_context(browser, live_server):
    """Makes browser contexts, signed in and watched; see `open_page`.

    Closed before the server stops, so that no request is left in the air.
    """
    opened = []

    def make(user=None, *, theme="light", width=1280, js=True, expected=(), origin=""):
        origin = origin or live_server.url
        context = browser.new_context(
            base_url=origin,
            color_scheme=theme,
            viewport={"width": width, "height": HEIGHTS.get(width, 800)},
            java_script_enabled=js,
            reduced_motion="reduce",
        )
        context.set_default_timeout(10_000)
        watch = Watch(urlsplit(origin).netloc, tuple(expected))
        watch.over(context)
        opened.append((context, watch))
        if user is not None:
            sign_in(context, user, origin)
        return context

    yield make
    for context, _ in opened:
        with suppress(BrowserError):  # a test may have closed it itself
            context.close()
    assert [trouble for _, watch in opened for trouble in watch.seen] == []


@pytest.fixture
def open_page(open_context):
    """`open_page(user, theme="dark", width=320, js=False, expected=[…])` → a page."""

    def make(user=None, **how):
        return open_context(user, **how).new_page()

    return make


def sign_in(context, user, origin):
    """The session cookie of a signed-in client: the sign-in form has its own test."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": origin}])
