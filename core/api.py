"""The JSON API: who may, what a body may hold, how refusals look. See docs/api.md.

A token belongs to one membership, so paths carry no venture. Every operation names its
permission; one without fails when it is imported. The same forms judge pages, files and
bodies: schemas only describe.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from ninja import NinjaAPI, Router, Schema
from ninja.security import HttpBearer
from pydantic import ConfigDict, Field, create_model

from core import clock
from core.access import Policy
from core.actions.tokens import use_token
from core.models import Permission
from core.revisions import OutdatedError

PAGE_SIZE = 25
LARGEST_PAGE = 100
READS = {"GET", "HEAD"}

T = TypeVar("T")


class TokenMay(HttpBearer):
    """`Authorization: Bearer …`: 401 without a living token, 403 for a weak role."""

    def __init__(self, permission: Permission):
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        membership = use_token(token, now=clock.now())
        if membership is None:
            return None
        if self.permission not in membership.may:
            raise PermissionDenied
        request.workspace = membership.workspace
        request.membership = membership
        request.may = membership.may
        request.user = membership.user
        timezone.activate(membership.workspace.zone)
        return membership


def token_may(permission: Permission) -> TokenMay:
    return TokenMay(permission)


class PolicyRouter(Router):
    """A router whose operations cannot be open by accident."""

    def add_api_operation(
        self, path: str, methods: list[str], view_func: Callable, **kwargs: Any
    ) -> None:
        auth = kwargs.get("auth")
        if not isinstance(auth, TokenMay):
            raise TypeError(f"{view_func.__name__} needs auth=token_may(Permission.…)")
        kwargs["operation_id"] = kwargs.get("operation_id") or view_func.__name__
        view_func.token_permission = auth.permission  # type: ignore[attr-defined]
        super().add_api_operation(path, methods, view_func, **kwargs)


# --- bodies ----------------------------------------------------------------------
class FormBody(Schema):
    """Unknown keys are refused, so that a typo is not silently nothing."""

    model_config = ConfigDict(extra="forbid")


def form_body(form_class: type[forms.BaseForm], **more: type) -> type[FormBody]:
    """The form's fields as a request body: types only document, the form judges."""
    fields: dict[str, Any] = {
        name: (Any, Field(None, description=str(field.help_text or field.label or "")))
        for name, field in form_class.base_fields.items()
    }
    fields |= {name: (kind | None, None) for name, kind in more.items()}
    name = form_class.__name__.removesuffix("Form") + "In"
    body: type[FormBody] = create_model(name, __base__=FormBody, **fields)
    return body


class FormRefused(Exception):  # noqa: N818  an answer, not a fault
    """What was sent does not pass its form."""

    def __init__(self, form: forms.BaseForm):
        super().__init__("refused")
        self.errors = form.errors.get_json_data()


def cleaned(form: forms.BaseForm) -> dict[str, Any]:
    """The form's data, or FormRefused."""
    if not form.is_valid():
        raise FormRefused(form)
    return form.cleaned_data


# --- pages of rows ---------------------------------------------------------------
class Page(Schema, Generic[T]):
    """One page of a list. `count` is how many there are in all."""

    count: int
    page: int
    pages: int
    items: list[T]


def page_of(rows: QuerySet | list, page: int, size: int = PAGE_SIZE) -> dict[str, Any]:
    """`rows` in a fixed order; pages count from 1, at most 100 rows each."""
    paginator = Paginator(rows, max(1, min(size, LARGEST_PAGE)))
    shown = paginator.get_page(page)
    return {
        "count": paginator.count,
        "page": shown.number,
        "pages": paginator.num_pages,
        "items": list(shown.object_list),
    }


# --- refusals --------------------------------------------------------------------
def answer_refusals(api: NinjaAPI) -> None:
    """One shape for what a form refuses; ninja's `detail` for all else."""

    @api.exception_handler(FormRefused)
    def refused(request: HttpRequest, error: FormRefused) -> HttpResponse:
        return api.create_response(request, {"errors": error.errors}, status=422)

    @api.exception_handler(ValidationError)
    def broken_rule(request: HttpRequest, error: ValidationError) -> HttpResponse:
        form = forms.Form({})
        form.full_clean()
        form.add_error(None, error.messages)
        errors = form.errors.get_json_data()
        return api.create_response(request, {"errors": errors}, status=422)

    @api.exception_handler(OutdatedError)
    def outdated(request: HttpRequest, error: OutdatedError) -> HttpResponse:
        body = {
            "detail": "Somebody saved in between. Read it again and decide.",
            "rev": error.current.rev,
        }
        return api.create_response(request, body, status=409)

    @api.exception_handler(PermissionDenied)
    def forbidden(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
        body = {"detail": "The role of this token does not allow it."}
        return api.create_response(request, body, status=403)


# --- routes ----------------------------------------------------------------------
def api_routes(patterns: Iterable[URLPattern], api: NinjaAPI) -> Iterator[URLPattern]:
    """One route a path, open to whoever brings a token, with its policy to be read."""
    operations = {
        operation.operation_id: operation
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
    }
    by_path: dict[str, list[URLPattern]] = {}
    for pattern in patterns:
        if pattern.name in operations:
            by_path.setdefault(str(pattern.pattern), []).append(pattern)
    for same_path in by_path.values():
        route = same_path[0]
        mine = [operations[pattern.name] for pattern in same_path]
        route.callback.login_required = False
        route.callback.access_policy = policy_of(mine)
        yield route


def policy_of(operations: list[Any]) -> Policy:
    reads = [op for op in operations if set(op.methods) <= READS]
    writes = [op for op in operations if not set(op.methods) <= READS]
    weakest = (reads or writes)[0].view_func.token_permission
    return Policy(
        "token",
        weakest,
        methods=tuple(method for op in operations for method in op.methods),
        write=writes[0].view_func.token_permission if writes and reads else None,
    )
