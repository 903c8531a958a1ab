"""The sales curve on paper: no column of its table is cut off."""

import pytest
from django.urls import reverse

from core.models import Role
from tests.e2e.pdf import sheets_of
from tests.factories import make_member, make_workspace
from tests.selling import QUARTERS, THOUSAND, make_curve, make_rep, make_rep_quarter

A4 = {"format": "A4"}


@pytest.fixture
def curve():
    curve = make_curve(make_workspace("Acme", slug="acme"), "Rota")
    for rep in (make_rep(curve.workspace), make_rep(curve.workspace)):
        for start in QUARTERS:
            make_rep_quarter(curve, rep, start, 1_234_567 * THOUSAND)
    return curve


def test_every_column_is_printed(open_page, curve):
    page = open_page(make_member(curve.workspace, Role.OWNER).user)
    page.goto(reverse("decisions:sales_curve", args=["acme"]))
    headings = page.locator("#sales-table thead th").all_inner_texts()

    printed = "".join(sheets_of(page.pdf(**A4)))
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 688, "height": 970})  # A4 within its margins
    table = page.locator("#sales-table table").bounding_box()
    room = page.locator("#sales-table").bounding_box()

    assert len(headings) == 12
    for heading in headings:
        assert "".join(heading.split()) in printed
    assert table["x"] + table["width"] <= room["x"] + room["width"] + 1
