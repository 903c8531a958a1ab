"""The names a venture knows, and what readers without names read in their place."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils.module_loading import import_string

from core.models import Membership
from discovery.models import Organisation, Person
from interviews.masking import SHARED, Known

KEPT = Coalesce("merged_into__pseudonym", "pseudonym")
PERSON, FIRM, MEMBER = "person", "firm", "member"
HAVE_PARTS = {PERSON, "rep"}


Row = tuple[str, str, str, str, str]


def rows_known_in(workspace_id: UUID) -> tuple[Row, ...]:
    """People, firms and the team, for `known`; and whom apps further right know, see
    settings.NAMED_BESIDE. One query.

    Whoever was merged away goes by the pseudonym of the row that was kept.
    """
    people = Person.objects.filter(workspace=workspace_id, erased_at=None)
    firms = Organisation.objects.filter(workspace=workspace_id)
    team = Membership.objects.current().filter(workspace=workspace_id)
    rows = columns(people, PERSON, F("name"), F("email"), F("phone"), KEPT).union(
        columns(firms, FIRM, F("name"), text(""), text(""), KEPT),
        columns(team, MEMBER, F("user__name"), text(""), text(""), text("")),
        *(import_string(path)(workspace_id) for path in settings.NAMED_BESIDE),
        all=True,
    )
    return tuple(rows)


def known(row: Row) -> Known:
    """Names of the team stay."""
    kind, name, email, phone, alias = row
    alias = "" if kind == MEMBER else alias or SHARED
    return Known(name, email, phone, alias, has_parts=kind in HAVE_PARTS)


def columns(rows: QuerySet, kind: str, *values) -> QuerySet:
    names = ("a_name", "a_mail", "a_phone", "an_alias")
    named = rows.order_by().annotate(
        kind_of=text(kind), **dict(zip(names, values, strict=True))
    )
    return named.values_list("kind_of", *names)


def text(value: str) -> Value:
    return Value(value, output_field=CharField())
