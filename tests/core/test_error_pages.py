"""What a page says when something broke: the truth, and what was typed."""

import logging

import pytest
from django.db import OperationalError
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(client, founder, workspace):
    client.force_login(founder)
    client.raise_request_exception = False
    return reverse("discovery:organisation_add", args=["acme"])


@pytest.mark.parametrize(
    ("error", "status"), [(OperationalError("locked"), 503), (RuntimeError("x"), 500)]
)
def test_what_was_typed_is_given_back(client, form, monkeypatch, caplog, error, status):
    def fails(*_args, **_kwargs):
        raise error

    monkeypatch.setattr("discovery.views.market.submit_once", fails)
    with caplog.at_level(logging.ERROR):
        answer = client.post(form, {"name": "A long name", "source": "cold"})

    page = answer.content.decode()
    assert (answer.status_code, "A long name" in page) == (status, True)
    assert ("Retry-After" in answer.headers) == (status == 503)
    error_id = page.partition('data-error-id="')[2].partition('"')[0]
    assert any(error_id in record.getMessage() for record in caplog.records)
    assert "A long name" not in caplog.text


@pytest.mark.parametrize("name", ["password1", "passphrase", "key", "form_key", "code"])
def test_a_secret_that_was_typed_is_not_shown(client, name):
    page = client.post(
        "/there/is/no/such/page/", {name: "seven herons", "text": "seen"}
    )

    assert page.status_code == 404
    assert "seven herons" not in page.content.decode()
    assert "seen" in page.content.decode()
