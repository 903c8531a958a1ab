"""Files that people attach as proof: taken in, read, deleted.

The bytes lie in DATA_DIR/files/<venture>/<file>, under ids of ours, readable by this
account alone. Nothing of an upload is believed: its name is cleaned, its type follows
from its extension, and its first bytes must agree with that.
"""

from __future__ import annotations

import hashlib
import io
import os
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from core.models import StoredFile

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from core.models import User, Workspace

MAX_SIZE: Final = 10 * 1024 * 1024
MAX_NAME: Final = 200
HEIC_BRANDS: Final = {b"heic", b"heix", b"hevc", b"mif1", b"msf1"}
BINARY_STARTS: Final = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"PK\x03\x04", b"MZ")


# --- what each kind looks like ---------------------------------------------------
def starts(data: bytes, *, mark: bytes) -> bool:
    return data.startswith(mark)


def is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def is_heic(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS


def is_text(data: bytes) -> bool:
    """No zero bytes, unless it says that it is UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\x00" not in data and not data.startswith(BINARY_STARTS)


def is_office(data: bytes, *, part: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as pack:
            names = set(pack.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    return {"[Content_Types].xml", part} <= names


OFFICE = "application/vnd.openxmlformats-officedocument."
is_pdf = partial(starts, mark=b"%PDF-")
is_png = partial(starts, mark=b"\x89PNG\r\n\x1a\n")
is_jpeg = partial(starts, mark=b"\xff\xd8\xff")
is_docx = partial(is_office, part="word/document.xml")
is_xlsx = partial(is_office, part="xl/workbook.xml")
KINDS: Final[dict[str, tuple[str, Callable[[bytes], bool]]]] = {
    "pdf": ("application/pdf", is_pdf),
    "png": ("image/png", is_png),
    "jpg": ("image/jpeg", is_jpeg),
    "jpeg": ("image/jpeg", is_jpeg),
    "webp": ("image/webp", is_webp),
    "heic": ("image/heic", is_heic),
    "txt": ("text/plain", is_text),
    "csv": ("text/csv", is_text),
    "eml": ("message/rfc822", is_text),
    "docx": (f"{OFFICE}wordprocessingml.document", is_docx),
    "xlsx": (f"{OFFICE}spreadsheetml.sheet", is_xlsx),
}
ACCEPT: Final = ",".join(f".{extension}" for extension in KINDS)


def extension_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def clean_name(typed: str) -> str:
    """The last part of a path, without control characters, at most 200 long."""
    last = typed.replace("\\", "/").rpartition("/")[2]
    kept = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    stem, _dot, extension = kept.strip(" .").rpartition(".")
    if not stem:
        return extension[:MAX_NAME] or "file"
    return f"{stem[: MAX_NAME - len(extension) - 1]}.{extension}"[:MAX_NAME]


# --- in, out, away ---------------------------------------------------------------
def read_checked(upload: UploadedFile) -> bytes:
    """Its bytes. ValidationError with a sentence when it is too large or not one of
    the kinds we keep."""
    if upload.size > MAX_SIZE:
        raise ValidationError(_("The file is larger than 10 MB."), code="too_large")
    extension = extension_of(clean_name(upload.name))
    if extension not in KINDS:
        kinds = ", ".join(KINDS)
        why = _("Files of this kind are not kept. Possible are: %s.") % kinds
        raise ValidationError(why, code="kind")
    upload.seek(0)
    data = upload.read()
    if not data:
        raise ValidationError(_("The file is empty."), code="empty")
    if not KINDS[extension][1](data):
        why = _("This is no .%s file inside. Save it anew as what it is.") % extension
        raise ValidationError(why, code="wrong_content")
    return data


@transaction.atomic
def store_file(
    workspace: Workspace, upload: UploadedFile, *, by: User, now: datetime
) -> StoredFile:
    """The bytes reach the disk first, then the row. A full disk leaves neither."""
    data, name = read_checked(upload), clean_name(upload.name)
    pk = uuid4()
    path = path_of(workspace.pk, pk)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_through(path, data)
    except OSError as error:
        path.unlink(missing_ok=True)
        why = _("The file could not be saved: the server's disk refused it.")
        raise ValidationError(why, code="not_saved") from error
    return StoredFile.objects.create(
        pk=pk,
        workspace=workspace,
        name=name,
        content_type=KINDS[extension_of(name)][0],
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        added_by=by,
        added_at=now,
    )


def write_through(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(descriptor, left) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def open_file(file: StoredFile) -> IO[bytes]:
    """FileNotFoundError when its bytes are gone."""
    return path_of(file.workspace_id, file.pk).open("rb")


@transaction.atomic
def delete_file(file: StoredFile) -> None:
    """The row now, the bytes once that is certain."""
    path = path_of(file.workspace_id, file.pk)
    file.delete()
    transaction.on_commit(lambda: path.unlink(missing_ok=True))


def path_of(workspace_id, file_id) -> Path:
    return Path(settings.DATA_DIR) / "files" / str(workspace_id) / str(file_id)
