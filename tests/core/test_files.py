"""Attached files: what is taken in, where it lies, how it comes out."""

import errno
import io
import os
import stat
import zipfile
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.files import MAX_SIZE, clean_name, delete_file, open_file, path_of, store_file
from core.models import Role, StoredFile
from tests.factories import NOW, make_member, make_stored_file, make_workspace

PDF = b"%PDF-1.7 invoice"


def packed(*names):
    pack = io.BytesIO()
    with zipfile.ZipFile(pack, "w") as writer:
        for name in names:
            writer.writestr(name, "x")
    return pack.getvalue()


GOOD = [
    ("a.pdf", PDF),
    ("a.png", b"\x89PNG\r\n\x1a\n..."),
    ("a.JPG", b"\xff\xd8\xff\xe0"),
    ("a.webp", b"RIFF1234WEBPVP8 "),
    ("a.heic", b"\x00\x00\x00\x18ftypheic"),
    ("a.txt", "Grüße".encode()),
    ("a.csv", b"a,b\n"),
    ("a.eml", b"From: dana@acme.test\n\nhello"),
    ("a.docx", packed("[Content_Types].xml", "word/document.xml")),
    ("a.xlsx", packed("[Content_Types].xml", "xl/workbook.xml")),
]
BAD = [
    ("a.exe", b"MZ", "kind"),
    ("a.svg", b"<svg/>", "kind"),
    ("a.html", b"<p>", "kind"),
    ("pdf", PDF, "kind"),
    ("a.pdf", b"", "empty"),
    ("a.pdf", b"MZ\x90", "wrong_content"),
    ("a.png", PDF, "wrong_content"),
    ("a.txt", b"a\x00b", "wrong_content"),
    ("a.txt", PDF, "wrong_content"),
    ("a.docx", packed("x"), "wrong_content"),
    ("a.xlsx", b"PK\x03\x04broken", "wrong_content"),
    ("a.pdf", PDF + b" " * MAX_SIZE, "too_large"),
]


@pytest.fixture
def workspace(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return make_workspace("acme")


@pytest.fixture
def founder(workspace):
    return make_member(workspace, Role.FOUNDER).user


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("invoice.pdf", "invoice.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\dana\\a.pdf", "a.pdf"),
        ("/abs/a.pdf", "a.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("evil\u202efdp.txt", "evilfdp.txt"),
        ("..pdf", "pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
    ],
)
def test_clean_name(typed, kept):
    assert clean_name(typed) == kept


@pytest.mark.parametrize(("name", "data"), GOOD)
def test_store_file_keeps_bytes(workspace, founder, name, data):
    file = make_stored_file(workspace, name, data, by=founder)

    with open_file(file) as kept:
        assert kept.read() == data
    assert (file.size, file.sha256) == (len(data), sha256(data).hexdigest())
    mode = path_of(workspace.pk, file.pk).stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


@pytest.mark.parametrize(("name", "data", "code"), BAD)
def test_store_file_refuses(workspace, founder, name, data, code):
    with pytest.raises(ValidationError) as refused:
        store_file(workspace, SimpleUploadedFile(name, data), by=founder, now=NOW)

    assert refused.value.code == code
    assert not StoredFile.objects.exists()


def test_a_full_disk_leaves_no_row_and_no_bytes(
    workspace, founder, monkeypatch, tmp_path
):
    def full(*_args):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        with pytest.raises(ValidationError) as refused:
            make_stored_file(workspace, by=founder)

    assert refused.value.code == "not_saved"
    assert not StoredFile.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_delete_file_takes_row_and_bytes(
    workspace, founder, django_capture_on_commit_callbacks
):
    file = make_stored_file(workspace, by=founder)
    path = path_of(workspace.pk, file.pk)

    with django_capture_on_commit_callbacks(execute=True):
        delete_file(file)

    assert not StoredFile.objects.exists()
    assert not path.exists()


def test_file_download_is_saved_never_shown(client, workspace, founder):
    file = make_stored_file(workspace, 'Grüße "1".pdf', PDF, by=founder)
    client.force_login(founder)

    page = client.get(reverse("core:file_download", args=[workspace.slug, file.pk]))

    assert page.content == PDF
    assert page["Content-Disposition"] == (
        "attachment; filename*=utf-8''Gr%C3%BC%C3%9Fe%20%221%22.pdf"
    )
    assert page["X-Content-Type-Options"] == "nosniff"
    assert page["Content-Security-Policy"].startswith("sandbox")


def test_file_download_of_lost_bytes_is_gone(client, workspace, founder):
    file = make_stored_file(workspace, by=founder)
    path_of(workspace.pk, file.pk).unlink()
    client.force_login(founder)

    page = client.get(reverse("core:file_download", args=[workspace.slug, file.pk]))

    assert page.status_code == 410


def test_file_download_of_another_venture_is_not_found(client, workspace, founder):
    other = make_workspace("other")
    file = make_stored_file(other, by=founder)
    client.force_login(founder)

    page = client.get(reverse("core:file_download", args=[workspace.slug, file.pk]))

    assert page.status_code == 404


def test_file_download_is_closed_to_advisors(client, workspace, founder):
    file = make_stored_file(workspace, by=founder)
    client.force_login(make_member(workspace, Role.ADVISOR).user)

    page = client.get(reverse("core:file_download", args=[workspace.slug, file.pk]))

    assert page.status_code == 403
