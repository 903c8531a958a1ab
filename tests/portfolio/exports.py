"""Exports of a venture."""

from datetime import timedelta

from portfolio.actions.exports import path_of
from portfolio.models import VentureExport
from tests.factories import NOW


def offer_export(workspace, by, **fields):
    """One that can be fetched for some hours more."""
    values = {
        "asked_at": NOW - timedelta(hours=2),
        "state": VentureExport.State.READY,
        "size": 1_234_567,
        "expires_at": NOW + timedelta(hours=22),
    }
    export = VentureExport.objects.create(workspace=workspace, by=by, **values | fields)
    path_of(export.pk).parent.mkdir(parents=True, exist_ok=True)
    path_of(export.pk).write_bytes(b"PK of a venture")
    return export
