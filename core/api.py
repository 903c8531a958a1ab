"""The JSON API: who may, what a body may hold, how refusals look. See docs/api.md.

A token belongs to one membership, so paths carry no venture. Every operation names its
permission; one without fails when it is imported. The same forms judge pages, files and
bodies: schemas only describe.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from copy import copy
from functools import wraps
from typing import Any, Generic, TypeVar

from django import forms
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils import timezone
from ninja import NinjaAPI, Router, Schema
from ninja.errors import HttpError, Throttled
from ninja.parser import Parser
from ninja.security import HttpBearer
from pydantic import ConfigDict, Field, create_model

from core import clock
from core.access import Policy, without_names
from core.actions.tokens import use_token
from core.actions.trash import NameTakenError
from core.models import Permission
from core.rates import is_too_often
from core.revisions import EndedError, OutdatedError

PAGE_SIZE = 25
LARGEST_PAGE = 100
READS = {"GET", "HEAD"}
# tokens that open nothing, from one address; a living token still works
MOST_REFUSED = "60/5m/ip"
SOMEBODY_ELSE = "Somebody else wrote at the same moment. Read again and decide."

T = TypeVar("T")


class TokenMay(HttpBearer):
    """`Authorization: Bearer …`: 401 without a living token, 403 for a weak role, 429
    for whoever goes on trying."""

    def __init__(self, permission: Permission):
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        membership = use_token(token, now=clock.now())
        if membership is None:
            if is_too_often(request, "token", MOST_REFUSED, counts_reads=True):
                raise Throttled(wait=None)
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


# --- what refusals look like ------------------------------------------------------
class Refusal(Schema):
    """In words; for a body or query without the right shape, a list of places."""

    detail: str | list[Any]


class Outdated(Refusal):
    """`rev`: the revision that stands, where there is one."""

    rev: int | None = None


class FieldError(Schema):
    message: str
    code: str


class Refused(Schema):
    """What a form refuses, by field; `__all__` is the body as a whole."""

    errors: dict[str, list[FieldError]]


def refusals_of(path: str, methods: list[str]) -> dict[int, Any]:
    """What an operation may answer beside its success."""
    answers: dict[int, Any] = dict.fromkeys((400, 401, 403, 429), Refusal)
    answers[422] = Refused | Refusal
    if "{" in path:
        answers[404] = Refusal
    if not set(methods) <= READS:
        answers[409] = Outdated
    return answers


class PolicyRouter(Router):
    """A router whose operations cannot be open by accident, and that refuses query
    keys it does not know."""

    def add_api_operation(
        self, path: str, methods: list[str], view_func: Callable, **kwargs: Any
    ) -> None:
        auth = kwargs.get("auth")
        if not isinstance(auth, TokenMay):
            raise TypeError(f"{view_func.__name__} needs auth=token_may(Permission.…)")
        kwargs["operation_id"] = kwargs.get("operation_id") or view_func.__name__
        answers = kwargs["response"]
        answers = answers if isinstance(answers, dict) else {200: answers}
        kwargs["response"] = answers | refusals_of(path, methods)
        view_func.token_permission = auth.permission  # type: ignore[attr-defined]
        super().add_api_operation(path, methods, view_func, **kwargs)
        views = self.path_operations.values()
        operations = [one for view in views for one in view.operations]
        operation = next(one for one in operations if one.view_func is view_func)
        operation.view_func = knowing_its_query(view_func, operation.models)


def knowing_its_query(view_func: Callable, known: Iterable[Any]) -> Callable:
    """A key nobody reads would narrow nothing, and seem to."""
    queries = [model for model in known if model.__ninja_param_source__ == "query"]
    names = {name for model in queries for name in model.__ninja_flatten_map__}

    @wraps(view_func)
    def asked(request: HttpRequest, **values: Any) -> Any:
        unknown = sorted(set(request.GET) - names)
        if unknown:
            raise BadRequest(f"Unknown in the query: {', '.join(unknown)}.")
        return view_func(request, **values)

    return asked


# --- bodies ----------------------------------------------------------------------
class FormBody(Schema):
    """Unknown keys are refused, so that a typo is not silently nothing."""

    model_config = ConfigDict(extra="forbid")


class RepeatedKeyError(ValueError):
    """One key twice: nobody can say which of the two is meant."""


class BodyParser(Parser):
    """JSON that can be stored: half a surrogate pair and NaN are no text and no number."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        body = json.loads(request.body, object_pairs_hook=of_pairs)
        json.dumps(body, ensure_ascii=False, allow_nan=False).encode()
        return body


def of_pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        twice = sorted({name for name in names if names.count(name) > 1})
        raise RepeatedKeyError(f"Twice in the body: {', '.join(twice)}.")
    return found


def form_body(
    form_class: type[forms.BaseForm],
    *,
    but: Iterable[str] = (),
    name: str = "",
    **more: Any,
) -> type[FormBody]:
    """The form's fields as a request body: the form judges, the types only say what it
    reads. `but` are left out; `more` are types of what the body holds beside it."""
    fields: dict[str, Any] = {
        key: (type_of(field), Field(None, description=described(field)))
        for key, field in form_class.base_fields.items()
        if key not in but
    }
    fields |= {key: (kind, ...) for key, kind in more.items()}
    name = name or form_class.__name__.removesuffix("Form") + "In"
    body: type[FormBody] = create_model(name, __base__=FormBody, **fields)
    return body


def change_body(
    form_class: type[forms.BaseForm], *, but: Iterable[str] = (), **more: Any
) -> type[FormBody]:
    """Like `form_body`, with the `rev` that was read. What is left out stays."""
    name = form_class.__name__.removesuffix("Form") + "Change"
    return form_body(form_class, but=but, name=name, rev=int, **more)


def type_of(field: forms.Field) -> Any:
    if isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)):
        return list[str | int] | None
    if isinstance(field, forms.BooleanField):
        return bool | None
    if isinstance(field, (forms.IntegerField, forms.TypedChoiceField)):
        return str | int | None
    return str | None


def described(field: forms.Field) -> str:
    return str(field.help_text or field.label or "")


def bound(
    form_class: Callable, body: dict[str, Any], *, row: Any = None, **made_with: Any
) -> Any:
    """The form as its page would send it: what the body leaves out is what the page
    shows, so nothing is emptied by silence. `row` itself is not written on."""
    if row is not None:
        made_with["instance"] = copy(row)
    shown = form_class(**made_with)
    unknown = sorted(set(body) - set(shown.fields))
    if unknown:
        raise BadRequest(f"No fields of this form: {', '.join(unknown)}.")
    data = {name: shown[name].value() for name in shown.fields}
    if row is not None:
        made_with["instance"] = copy(row)
    return form_class(data | body, **made_with)


def sent(body: FormBody, *but: str) -> dict[str, Any]:
    """What was sent, without the keys that are no fields of the form."""
    given = body.dict(exclude_unset=True)
    return {name: value for name, value in given.items() if name not in but}


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

    def answers(error: type[Exception], status: int, body: Callable) -> None:
        def answered(request: HttpRequest, raised: Any) -> HttpResponse:
            return api.create_response(request, body(raised), status=status)

        api.add_exception_handler(error, answered)

    def unread(request: HttpRequest, raised: Any) -> HttpResponse:
        """A body that says something twice is refused in its own words."""
        cause = raised.__cause__
        is_repeated = isinstance(cause, RepeatedKeyError)
        status = 422 if is_repeated else raised.status_code
        words = {"detail": str(cause if is_repeated else raised)}
        return api.create_response(request, words, status=status)

    api.add_exception_handler(HttpError, unread)
    answers(FormRefused, 422, lambda error: {"errors": error.errors})
    answers(ValidationError, 422, lambda error: {"errors": by_field(error)})
    answers(BadRequest, 422, lambda error: {"detail": str(error)})
    answers(EndedError, 409, lambda error: {"detail": error.messages[0]})
    answers(OutdatedError, 409, outdated)
    answers(NameTakenError, 409, lambda error: {"detail": "The name is taken now."})
    answers(IntegrityError, 409, lambda error: {"detail": SOMEBODY_ELSE})
    words = "The role of this token does not allow it."
    answers(PermissionDenied, 403, lambda error: {"detail": words})


def outdated(error: OutdatedError) -> dict[str, Any]:
    words = "Somebody saved in between. Read it again and decide."
    current: Any = error.current
    return {"detail": words, "rev": current.rev}


def by_field(error: ValidationError) -> dict[str, list[dict[str, str]]]:
    """What an action refused, in the shape of a form's errors."""
    if hasattr(error, "error_dict"):
        fields = error.error_dict
    else:
        fields = {"__all__": error.error_list}
    return {
        name: [{"message": one.messages[0], "code": one.code or ""} for one in errors]
        for name, errors in fields.items()
    }


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
        route.callback = naming_nobody(route.callback)
        mine = [operations[pattern.name] for pattern in same_path]
        route.callback.login_required = False
        route.callback.access_policy = policy_of(mine)
        yield route


def naming_nobody(view: Callable) -> Callable:
    """For tokens of readers without names, refusals too. Without a token that opens
    something there is nothing of a venture in the answer."""

    @wraps(view)
    def answered(request: HttpRequest, **values: Any) -> HttpResponse:
        response = view(request, **values)
        if not hasattr(request, "may"):
            return response
        return without_names(request, response)

    return answered


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
