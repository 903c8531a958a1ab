"""A ledger of the tests' own."""

import pytest

from tests.smtp_sink import sink


@pytest.fixture
def house(settings, tmp_path):
    """A kind of mail for tests, and a data folder of their own: tests/core/mail_kinds.py."""
    settings.DELIVERY_KINDS = {
        "note": "tests.core.mail_kinds",
        "invitation": "core.mails.invitation",
    }
    settings.DATA_DIR = tmp_path
    settings.EMAIL_URL = ""
    return tmp_path


@pytest.fixture
def mail_server(house, settings):
    with sink() as server:
        settings.EMAIL_URL = f"smtp://127.0.0.1:{server.port}"
        yield server
