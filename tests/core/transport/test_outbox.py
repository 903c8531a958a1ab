"""Mails as files."""

import os

import pytest

from core.transport import (
    Parcel,
    Verdict,
    open_transport,
)
from core.transport.outbox import write_durably

CONTENT = b"Subject: Hello\r\nMessage-ID: <1@example.com>\r\n\r\nHello.\r\n"


def parcel(recipient="ana@example.com", content=CONTENT, name="one"):
    return Parcel("Fieldproof <from@example.com>", recipient, content, name)


def yes():
    return True


@pytest.fixture
def outbox(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return tmp_path / "outbox"


def test_outbox_writes_a_file_only_its_owner_reads(outbox):
    outcome = open_transport().send(parcel(name="one"), before_data=yes)

    assert outcome.verdict is Verdict.ACCEPTED
    assert [path.name for path in outbox.iterdir()] == ["one.eml"]
    assert (outbox / "one.eml").read_bytes() == CONTENT
    assert (outbox / "one.eml").stat().st_mode & 0o777 == 0o600


def test_outbox_holds_a_message_once(outbox):
    for _attempt in range(2):
        open_transport().send(parcel(name="one"), before_data=yes)

    assert len(list(outbox.iterdir())) == 1


def test_outbox_writes_nothing_when_the_ledger_says_no(outbox):
    outcome = open_transport().send(parcel(), before_data=lambda: False)

    assert outcome.verdict is Verdict.WITHDRAWN
    assert not outbox.exists()


def test_outbox_that_cannot_be_written_is_unavailable(outbox):
    outbox.write_text("a file where the folder should be")

    outcome = open_transport().send(parcel(), before_data=yes)

    assert outcome.verdict is Verdict.UNAVAILABLE


def test_full_disk_leaves_neither_file_nor_draft(tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(OSError, match="No space left"):
        write_durably(tmp_path / "one.eml", CONTENT)

    assert list(tmp_path.iterdir()) == []
