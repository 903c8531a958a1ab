"""Every page, drawn from the routes: readable, accessible, inside its window."""

import pytest
import time_machine
from django.urls import reverse

from core.models import Role
from core.routes import routes
from tests.e2e.browser import look_troubles
from tests.factories import NOW, make_member, make_workspace
from tests.world import make_world, workspace_routes

NOT_PAGES = {
    "forecasts:metric_csv",
    "discovery:person_csv",
    "interviews:person_csv",
    "interviews:interview_csv",
    "interviews:people_offered",
    "interviews:guide_lint",
    # files and parts, drawn inside other pages
    "core:file_download",
    "decisions:commitment_gate",
    "milestones:stage_phase",
    "portfolio:export_download",
    # only of one's own: see below
    "portfolio:comment_correct",
    "discovery:organisation_csv",
    "discovery:segment_csv",
}
# by a link and its mails, where a guest comments: tests/e2e/test_guests.py
GUEST_PAGES = {
    "portfolio:share_threads",
    "portfolio:share_thread",
    "portfolio:share_comment",
    "portfolio:share_comments",
    "portfolio:share_correct",
    "portfolio:share_who",
    "portfolio:share_code",
    "portfolio:share_forget",
    "portfolio:replies_stop",
}
OUTSIDE = [
    "/inbox/",
    "/ventures/",
    "/ventures/new/",
    "/ventures/samples/",
    "/me/",
    "/shortcuts/",
    "/no-such-page/",
]
SIGNED_OUT = [
    "/accounts/login/",
    "/accounts/login/code/",
    "/accounts/password/reset/",
    "/accounts/signup/",
    "/enter/no-such-link/",
]
ACCOUNT = [
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
]

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.storm]


@pytest.fixture
def world():
    with time_machine.travel(NOW, tick=True):
        yield make_world(make_workspace("Acme", slug="acme"), rows=2)


def pages_of(world, permission):
    return [
        world.url(route)
        for route in workspace_routes()
        if "GET" in route.callback.access_policy.methods
        and route.callback.access_policy.permission in permission
        and route.name not in NOT_PAGES
    ]


def troubles_of(page, url):
    page.goto(url)
    found = look_troubles(page, url)
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"{headings} first headings")
    repeated = page.evaluate(
        "[...document.querySelectorAll('[id]')].map(e => e.id)"
        ".filter((id, n, all) => all.indexOf(id) !== n)"
    )
    return [f"{url}: {one}" for one in found + [f"id {i} twice" for i in repeated]]


def troubles_on(page, urls):
    return [trouble for url in urls for trouble in troubles_of(page, url)]


def test_pages_of_a_venture(open_page, world):
    """As its owner; tests/e2e/test_pages_advised.py looks with other eyes."""
    membership = make_member(world.workspace, Role.OWNER)

    assert (
        troubles_on(open_page(membership.user), pages_of(world, membership.may)) == []
    )


def test_the_correction_of_ones_own_comment(open_page, world):
    url = reverse("portfolio:comment_correct", args=[world.workspace.slug, 1])

    assert troubles_on(open_page(world.by), [url]) == []


def test_pages_about_oneself(open_page, world):
    user = make_member(world.workspace, Role.OWNER).user

    assert troubles_on(open_page(user, expected=["404"]), OUTSIDE + ACCOUNT) == []


def test_pages_before_signing_in(open_page, db):
    assert troubles_on(open_page(expected=["404"]), SIGNED_OUT) == []


def test_no_page_was_forgotten(world):
    seen = set(OUTSIDE + ACCOUNT + SIGNED_OUT)
    known = {
        "core:home",
        "core:login_link",
        "core:invitation",
        "core:healthz",
        "core:readyz",
        "portfolio:setup",
        # what a respondent sees has browser tests of its own
        "survey_open",
        "survey_answer",
        # so has what a link to the dashboard opens: test_sharing.py, test_report.py
        "portfolio:share_open",
        "portfolio:share_dashboard",
        "portfolio:share_read",
        "portfolio:share_report",
        "portfolio:share_unlock",
        *GUEST_PAGES,
        # and what a digest leads to: tests/e2e/test_digest_links.py
        "portfolio:digest_open",
        "portfolio:digest_unsubscribe",
        "portfolio:digest_resubscribe",
        "portfolio:digest_confirm",
        # and what other mails lead to, and a file for calendars
        *("portfolio:mail_off", "portfolio:mail_on", "portfolio:calendar_feed"),
    }
    forgotten = [
        route.path
        for route in routes()
        if not route.path.startswith("w/")
        and not route.guard
        and not route.name.startswith("api:")
        and route.name not in known
        and f"/{route.path}" not in seen
    ]

    assert forgotten == []
