"""Tokens of the JSON API: each member makes, sees and revokes their own."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import workspace_view
from core.actions.tokens import issue_token, revoke_token
from core.forms.tokens import TokenForm
from core.htmx import go, shown_before
from core.models import ApiToken, Permission
from core.once import submit_once


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def token_list(request, workspace):
    """The secret is in the answer to the POST that made it, and nowhere else."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return token_page(request, form, status=422 if form.is_bound else 200)
    made = []

    def effect():
        now = clock.now()
        terms = form.terms(now)
        _row, secret = issue_token(
            request.membership, by=request.user, now=now, **terms
        )
        made.append(secret)
        return reverse("core:token_list", args=[workspace.slug])

    url = submit_once(request, effect)
    if not made:
        return shown_before(request, url)
    return token_page(request, TokenForm(), secret=made[0])


def token_page(request, form, *, secret="", status=200):
    now = clock.now()
    tokens = request.membership.api_tokens.filter(revoked_at__isnull=True)
    context = {
        "workspace": request.workspace,
        "form": form,
        "secret": secret,
        "tokens": tokens.order_by("-created_at", "pk"),
        "now": now,
        "today": request.workspace.today(now),
    }
    return render(request, "core/token_list.html", context, status=status)


@workspace_view(Permission.LOG, methods=("POST",))
def token_revoke(request, workspace, pk):
    mine = ApiToken.objects.filter(membership=request.membership)
    token = get_object_or_404(mine, pk=pk)

    def effect():
        revoke_token(token, by=request.user, now=clock.now())
        return reverse("core:token_list", args=[workspace.slug])

    url = submit_once(request, effect)
    messages.success(request, _("The token no longer works."))
    return go(request, url)
