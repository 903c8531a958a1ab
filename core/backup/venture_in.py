"""A venture comes back from its file, into this installation or another one.

Where its ids are free it keeps them. Where one is taken, as when the venture is still
here, all of them are new, and everything that refers to them follows: keys, ids in
lists and texts, names of files. Accounts are known by their address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.hashers import make_password
from django.db import models, transaction

from core.activity import log
from core.backup.archive import Archive, ArchiveRefused
from core.backup.loading import insert, models_of
from core.backup.places import scratch_folder
from core.backup.proving import as_of_today
from core.backup.restoring import (
    RestoreRefused,
    check_room,
    erase_again,
    patient,
    put_file,
    rebuild,
)
from core.backup.rows import Row, fields_of
from core.backup.tables import Model, of_ventures
from core.backup.venture_out import KIND, secrets_of
from core.erased import known_marks, mark_of
from core.files import path_of
from core.models import Delivery, StoredFile, User, Workspace
from core.trash import kind_called

IDS: Final = re.compile(
    rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b[0-9a-f]{32}\b"
)
AT_ONCE: Final = 500
OVER: Final = ("sent", "bounced", "failed", "skipped", "unknown")
SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Arrived:
    slug: str
    id: str
    made_at: str
    rows: int
    files: int
    missing_files: tuple[str, ...]
    has_new_ids: bool
    new_accounts: int
    erased_again: int


def restore_venture(path: Path, *, now: datetime, slug: str = "") -> Arrived:
    """All or nothing. The rows are proven in a scratch database first."""
    with Archive(path, KIND) as archive, scratch_folder() as folder:
        archive.check_members()
        check_room(archive)
        slug = slug or archive.manifest["venture"]["slug"]
        check_slug(slug)
        tables = [User, *of_ventures()]
        new: list[Path] = []
        with as_of_today(archive, folder, tables, now) as rows:
            try:
                with transaction.atomic(durable=True):
                    return take_in(archive, rows, slug, new, now)
            except BaseException:
                for place in new:
                    place.unlink(missing_ok=True)
                raise


def check_slug(slug: str) -> None:
    if not SLUG.fullmatch(slug) or len(slug) > 60:
        raise RestoreRefused(f"{slug!r} is no short name for an address.")
    if Workspace.objects.filter(slug=slug).exists():
        raise RestoreRefused(
            f"There is a venture {slug!r} already. --slug gives it another address."
        )


def take_in(
    original: Archive, rows: Archive, slug: str, new: list[Path], now: datetime
) -> Arrived:
    patient()
    tables = {m: member for m, member in models_of(rows, apps) if m is not User}
    check_tables(tables)
    ids, accounts = new_ids(rows, tables), bring_accounts(rows)
    follow = following(ids | accounts.ids)
    for model, member in tables.items():
        lines = (json.loads(follow(line)) for line in rows.lines(member))
        insert(model, (arriving(model, row, slug, now) for row in lines), member)
    old = original.manifest["venture"]["id"]
    workspace = Workspace.objects.get(pk=ids.get(old, old))
    check_counts(rows, tables, workspace)
    files = put_its_files(original, workspace, ids, new)
    rebuild(Workspace.objects.filter(pk=workspace.pk))
    erased = erase_again(marks_here(rows, ids), now)
    log(None, by=None, verb="venture.restored", subject=workspace, now=now)
    return Arrived(
        slug=slug,
        id=str(workspace.pk),
        made_at=original.manifest["made_at"],
        rows=sum(
            t["rows"] for t in rows.manifest["tables"] if t["label"] != "core.User"
        ),
        files=files,
        missing_files=tuple(original.manifest["missing_files"]),
        has_new_ids=bool(ids),
        new_accounts=accounts.made,
        erased_again=erased,
    )


def put_its_files(
    archive: Archive, workspace: Workspace, ids: dict[str, str], new: list[Path]
) -> int:
    """How many. What no row of the venture knows is not taken."""
    kept, count = archive.manifest["files"], 0
    before = {now: old for old, now in ids.items()}
    rows = models.QuerySet(StoredFile).filter(workspace=workspace)
    for pk in rows.values_list("pk", flat=True):
        sha256 = kept.get(before.get(str(pk), str(pk)))
        if sha256 is not None:
            put_file(archive, sha256, path_of(workspace.pk, pk), new)
            count += 1
    return count


def check_tables(tables: dict[Model, str]) -> None:
    """Nothing but what belongs to a venture: no sessions, no other accounts."""
    other = [model._meta.label for model in tables if model not in of_ventures()]
    if other:
        raise ArchiveRefused(f"A venture has no table {other[0]}.")


def check_counts(rows: Archive, tables: dict[Model, str], venture: Workspace) -> None:
    said = {table["label"]: table["rows"] for table in rows.manifest["tables"]}
    ways = of_ventures()
    for model in tables:
        found = models.QuerySet(model).filter(**{ways[model]: venture.pk}).count()
        if found != said[model._meta.label]:
            raise ArchiveRefused(
                f"Of {model._meta.label} it holds rows that are not of this venture."
            )


# --- ids -------------------------------------------------------------------------
def new_ids(rows: Archive, tables: dict[Model, str]) -> dict[str, str]:
    """Nothing if all are free; otherwise a new one for each."""
    known = {model: keys_in(rows, model, member) for model, member in tables.items()}
    if not any(is_taken(model, ids) for model, ids in known.items()):
        return {}
    taken = {pk for ids in known.values() for pk in ids}
    return {pk: str(uuid4()) for pk in sorted(taken | subjects_in(rows, tables))}


def subjects_in(rows: Archive, tables: dict[Model, str]) -> set[str]:
    """What the ledger tells of, also where it is gone or stays behind: it stands in the
    key of the delivery, which must be another one in the copy."""
    lines = rows.lines(tables[Delivery]) if Delivery in tables else ()
    told = (json.loads(line)["subject_id"] for line in lines)
    return {pk for pk in told if pk}


def keys_in(rows: Archive, model: Model, member: str) -> list[str]:
    """Keys of their own: not those given by the database, or borrowed."""
    key = model._meta.pk
    if not isinstance(key, models.UUIDField):
        return []
    return [json.loads(line)[key.name] for line in rows.lines(member)]


def is_taken(model: Model, ids: list[str]) -> bool:
    return any(
        models.QuerySet(model).filter(pk__in=ids[start : start + AT_ONCE]).exists()
        for start in range(0, len(ids), AT_ONCE)
    )


def following(ids: dict[str, str]) -> Callable[[bytes], bytes]:
    """Puts the new id wherever an old one stands in a line, with or without hyphens."""
    known = {old.encode(): new.encode() for old, new in ids.items() if old != new}
    known |= {k.replace(b"-", b""): v.replace(b"-", b"") for k, v in known.items()}
    if not known:
        return lambda line: line
    return lambda line: IDS.sub(lambda hit: known.get(hit[0], hit[0]), line)


# --- rows ------------------------------------------------------------------------
def arriving(model: Model, row: Row, slug: str, now: datetime) -> Row:
    if isinstance(model._meta.pk, models.AutoField):
        del row[model._meta.pk.name]
    if model is Workspace:
        row["slug"] = slug
    if model is Delivery and row["state"] not in OVER:
        # its secret stayed behind, and who waits for it was told by the other one
        row |= {"state": "skipped", "reason": "restored", "lease_until": None}
    names = {field.name for field in fields_of(model)}
    if secrets_of(model) and "revoked_at" in names:
        row["revoked_at"] = row["revoked_at"] or now.isoformat()
    return row


@dataclass
class Accounts:
    ids: dict[str, str]
    made: int = 0


def bring_accounts(rows: Archive) -> Accounts:
    """Who has an account here keeps it as it is. Others get one without a password: they
    sign in by a code to their address."""
    accounts = Accounts({})
    for member in (m for model, m in models_of(rows, apps) if model is User):
        for line in rows.lines(member):
            row = json.loads(line)
            known = User.objects.filter(email__iexact=row["email"]).first()
            if known is None:
                known = new_account(row)
                accounts.made += 1
            accounts.ids[row["id"]] = str(known.pk)
    return accounts


def new_account(row: Row) -> User:
    is_free = not User.objects.filter(pk=row["id"]).exists()
    row |= {
        "id": row["id"] if is_free else str(uuid4()),
        "password": make_password(None),
        "is_staff": False,
        "last_login": None,
    }
    insert(User, [row], "rows/core.User.jsonl")
    user = User.objects.get(pk=row["id"])
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    return user


def marks_here(rows: Archive, ids: dict[str, str]) -> set[str]:
    """Whom this installation erased, by the ids that they have now."""
    marks, kind = known_marks(), kind_called("person")
    if kind is None or not marks:
        return set()
    return {
        mark_of(ids.get(pk, pk))
        for pk in people_in(rows, kind.model)
        if mark_of(pk) in marks
    }


def people_in(rows: Archive, person: Any) -> Iterator[str]:
    for model, member in models_of(rows, apps):
        if model is person:
            yield from keys_in(rows, model, member)
