"""Who may open which page. Every view begins with one of these.

A stranger to a venture gets 404, as if it did not exist; a member whose role does not
allow the page gets 403. A system check refuses routes without a policy.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods

from core.htmx import go
from core.models import Membership, Permission, Workspace
from core.once import outcome_before


@dataclass(frozen=True)
class Policy:
    """What `manage.py routes` prints and the access tests walk through."""

    kind: str
    permission: Permission | None = None
    reason: str = ""
    methods: tuple[str, ...] = ("GET",)
    write: Permission | None = None


def workspace_view(
    permission: Permission,
    *,
    methods: tuple[str, ...] = ("GET",),
    write: Permission | None = None,
) -> Callable:
    """A page of one venture: `view(request, workspace, **ids)`.

    `write` names a stronger permission for everything but GET and HEAD. Sets
    `request.workspace`, `request.membership`, `request.may`, and the venture's time
    zone.
    """

    def decorate(view: Callable) -> Callable:
        @require_http_methods(with_head(methods))
        @wraps(view)
        @one_answer_for_twins
        def checked(request, workspace_slug, **ids):
            membership = membership_of(request.user, workspace_slug)
            needed = permission if request.method in ("GET", "HEAD") else write
            if (needed or permission) not in membership.may:
                raise PermissionDenied
            request.workspace = membership.workspace
            request.membership = membership
            request.may = membership.may
            with timezone.override(membership.workspace.zone):
                response = view(request, membership.workspace, **ids)
                return without_names(request, response)

        checked.access_policy = Policy(
            "workspace", permission, methods=methods, write=write
        )
        return checked

    return decorate


def without_names(request, response):
    """Who may not see people reads pseudonyms, whatever a page, part, table or answer
    says: the one place where that is decided."""
    if Permission.SEE_PEOPLE in request.may:
        return response
    return import_string(settings.MASK_NAMES)(request, response)


def as_read(request, text):
    """A text as the reader of this request will find it on the page."""
    if Permission.SEE_PEOPLE in request.may:
        return text
    return import_string(settings.MASK_WORDS)(request, text)


def one_answer_for_twins(view: Callable) -> Callable:
    """The same form sent again leads where it led, also when nothing is left to do:
    the name is taken now, the member removed, the venture gone.
    """

    @wraps(view)
    def answered(request, *args, **ids):
        try:
            response = view(request, *args, **ids)
        except Http404:
            url = request.method == "POST" and outcome_before(request)
            if not url:
                raise
            return go(request, url)
        is_other = request.method == "POST" and response.status_code not in (200, 303)
        url = outcome_before(request) if is_other else None
        return go(request, url) if url else response

    return answered


def membership_of(user, workspace_slug: str) -> Membership:
    """The user's current membership, or 404. Status counts, not only the row.

    In a sample it also knows the way out: `own` is the first real venture of this
    person, or None.
    """
    membership = (
        Membership.objects.current()
        .filter(user=user.pk, workspace__slug=workspace_slug)
        .select_related("workspace")
        .first()
    )
    if membership is None:
        raise Http404
    membership.user = user  # known already
    membership.own = own_venture(user) if membership.workspace.is_sample else None
    return membership


def own_venture(user) -> Workspace | None:
    joined = Membership.objects.current().filter(user=user.pk).values("workspace")
    real = Workspace.objects.filter(is_sample=False, pk__in=joined)
    return real.order_by("name", "pk").first()


def signed_in_view(*, methods: tuple[str, ...] = ("GET",)) -> Callable:
    """A page for anybody with an account, about nobody's venture."""

    def decorate(view: Callable) -> Callable:
        checked = require_http_methods(with_head(methods))(view)
        checked.access_policy = Policy("signed in", methods=methods)
        return checked

    return decorate


def public_view(reason: str, *, methods: tuple[str, ...] = ("GET",)) -> Callable:
    """A page without sign-in. The reason is printed by `manage.py routes`."""

    def decorate(view: Callable) -> Callable:
        checked = login_not_required(require_http_methods(with_head(methods))(view))
        checked.access_policy = Policy("public", reason=reason, methods=methods)
        return checked

    return decorate


def with_head(methods: tuple[str, ...]) -> list[str]:
    return [*methods, "HEAD"] if "GET" in methods else list(methods)
