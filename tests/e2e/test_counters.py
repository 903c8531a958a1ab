"""A counter under a field counts what the server counts."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from tests.decisions.cases import stop_on

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_cannot_be_seen_is_not_counted(open_page, live_server, workspace, owner):
    alert = stop_on(workspace, owner=owner)
    address = reverse("decisions:alert_snooze", args=[workspace.slug, alert.pk])
    page = open_page(owner)
    page.goto(f"{live_server.url}{address}")
    reason = page.locator("[name=reason]")

    reason.fill("\u200b" * 60 + "we   wait\n\nfor  it")
    expect(page.get_by_text("14 characters; still to write: 26")).to_be_visible()

    reason.fill("\u200b" + "x" * 40)
    expect(page.get_by_text("40 characters; enough")).to_be_visible()
