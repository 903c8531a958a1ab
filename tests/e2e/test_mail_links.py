"""Mails of one kind, switched off and wanted again by whoever has one of them."""

import pytest
from playwright.sync_api import expect

from core.deliveries import plan
from core.models import Delivery, MailChoice, Role
from core.sealing import unseal
from tests.e2e.browser import look_troubles
from tests.factories import NOW, make_member, make_workspace

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def path():
    workspace = make_workspace("Acme", slug="acme")
    user = make_member(workspace, Role.OWNER).user
    plan(kind="alert_opened", workspace=workspace, recipient=user, now=NOW)
    return f"/mails/{unseal(Delivery.objects.get().payload)}/off/"


@pytest.mark.parametrize("js", [True, False])
def test_switched_off_and_on_again(open_page, path, js):
    page = open_page(js=js)
    page.goto(path)
    found = look_troubles(page, path) if js else []
    assert not MailChoice.objects.exists()

    page.get_by_role("button", name="Switch them off").click()
    again = page.get_by_role("button", name="Send them to me again")
    expect(again).to_be_visible()
    assert MailChoice.objects.count() == 1
    found += look_troubles(page, path) if js else []
    again.click()

    expect(page.get_by_role("button", name="Switch them off")).to_be_visible()
    assert not MailChoice.objects.exists()
    assert found == []
