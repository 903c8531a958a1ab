"""Customers as their page lists them, and full-text search, over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from django.http import HttpRequest
from ninja import Schema

from core import clock
from core.api import Page, PolicyRouter, page_of, token_may
from core.models import Permission
from discovery.models import Person
from interviews import reports
from interviews.filters import CustomerFilters
from interviews.search.guarded import find_for, reader_of
from interviews.search.registry import places

LONGEST = 1000
router = PolicyRouter(tags=["customers and search"])


class CustomerOut(Schema):
    """`rung_count`: how many of the five rungs are proven."""

    id: UUID
    rev: int
    name: str
    organisation_name: str
    segment: UUID | None
    last_talk: datetime | None
    step_agreed: str
    next_step: str
    next_step_on: date | None
    quote_count: int
    rung_count: int

    @staticmethod
    def resolve_organisation_name(person: Person) -> str:
        return person.organisation.name if person.organisation else ""

    @staticmethod
    def resolve_segment(person: Person) -> UUID | None:
        return person.segment_id


def asked(request: HttpRequest) -> dict[str, str]:
    """The query without what only turns pages."""
    return {key: request.GET[key] for key in request.GET if key not in ("page", "size")}


@router.get(
    "/customers", response=Page[CustomerOut], auth=token_may(Permission.SEE_PEOPLE)
)
def customer_list(
    request,
    q: str = "",
    segment: str = "",
    rung: str = "",
    source: str = "",
    role: str = "",
    untalked: str = "",
    quiet: str = "",
    archived: str = "",
    sort: str = "name",
    page: int = 1,
    size: int = 25,
):
    """The filters of the page. `sort` with `-` in front is from the top."""
    filters = CustomerFilters(asked(request), workspace=request.workspace)
    people = reports.customers(request.workspace, filters, now=clock.now())
    return page_of(people, page, size)


# --- search ----------------------------------------------------------------------
class HitOut(Schema):
    """`snippet`: the words around the first place."""

    id: UUID
    snippet: str


class GroupOut(Schema):
    kind: str
    total: int
    hits: list[HitOut]


class FindingsOut(Schema):
    """`totals` of every kind; `groups` hold the newest of each, or one page of one."""

    totals: dict[str, int]
    groups: list[GroupOut]


@router.get("/search", response=FindingsOut, auth=token_may(Permission.VIEW))
def search(
    request,
    q: str,
    kind: Literal[tuple(places())] | None = None,
    page: int = 1,
):
    """Words, "phrases" and beginnings (`rot*`) in whatever the token may read. Whoever
    may not see people finds none, nor their talks, quotes and problems."""
    reader = reader_of(request)
    findings = find_for(
        reader,
        request.workspace,
        q.strip()[:LONGEST],
        kind=kind or "",
        page=str(page),
    )
    groups = [
        {
            "kind": group.kind,
            "total": group.total,
            "hits": [
                {"id": hit.row.pk, "snippet": str(hit.snippet)} for hit in group.hits
            ],
        }
        for group in findings.groups
    ]
    return {"totals": findings.totals, "groups": groups}
