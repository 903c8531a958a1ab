"""The team of a venture: who, as what, and who is invited."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import clock
from core.access import public_view, workspace_view
from core.actions import (
    accept_invitation,
    change_role,
    create_user,
    find_invitation,
    invite_member,
    invited_address,
    remove_member,
    revoke_invitation,
)
from core.forms.accounts import NewAccountForm
from core.forms.ventures import InvitationForm, RoleForm
from core.htmx import go
from core.models import Permission, Role, User
from core.once import outcome_before, submit_once
from core.signing_in import sign_in_as_typed


def team_context(request, workspace, form=None):
    owns = Permission.OWN in request.may
    memberships = workspace.memberships.current().select_related("user")
    return {
        "workspace": workspace,
        "memberships": memberships.order_by("joined_at", "pk"),
        "invitations": workspace.invitations.filter(
            accepted_at__isnull=True, revoked_at__isnull=True
        ).order_by("-created_at"),
        "form": form or InvitationForm(may_make_owners=owns),
        "roles": Role.choices,
        "can_manage": Permission.MANAGE in request.may,
        "can_own": owns,
        "mails_are_files": not settings.EMAIL_URL,
        "outbox": settings.DATA_DIR / "outbox",
    }


@workspace_view(Permission.VIEW)
def settings_team(request, workspace):
    return render(request, "core/settings_team.html", team_context(request, workspace))


def team_page(workspace):
    return reverse("core:settings_team", args=[workspace.slug])


@workspace_view(Permission.MANAGE, methods=("POST",))
def invitation_add(request, workspace):
    owns = Permission.OWN in request.may
    form = InvitationForm(request.POST, may_make_owners=owns)
    if form.is_valid():

        def effect():
            invite_member(
                workspace, by=request.user, now=clock.now(), **form.cleaned_data
            )
            return team_page(workspace)

        try:
            url = submit_once(request, effect)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Invitation written."))
            return go(request, url)
    context = team_context(request, workspace, form)
    return render(request, "core/settings_team.html", context, status=422)


@workspace_view(Permission.MANAGE, methods=("POST",))
def invitation_revoke(request, workspace, pk):
    invitation = get_object_or_404(workspace.invitations, pk=pk)

    def effect():
        revoke_invitation(invitation, by=request.user, now=clock.now())
        return team_page(workspace)

    return go(request, submit_once(request, effect))


@workspace_view(Permission.OWN, methods=("POST",))
def member_role(request, workspace, pk):
    membership = get_object_or_404(workspace.memberships.current(), pk=pk)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the roles."))
        return go(request, team_page(workspace))
    return change_team(
        request,
        workspace,
        lambda: change_role(
            membership,
            by=request.user,
            role=form.cleaned_data["role"],
            now=clock.now(),
        ),
    )


@workspace_view(Permission.MANAGE, methods=("POST",))
def member_remove(request, workspace, pk):
    membership = get_object_or_404(workspace.memberships.current(), pk=pk)
    if membership.role == Role.OWNER and Permission.OWN not in request.may:
        raise PermissionDenied
    return change_team(
        request,
        workspace,
        lambda: remove_member(membership, by=request.user, now=clock.now()),
    )


def change_team(request, workspace, change):
    def effect():
        change()
        return team_page(workspace)

    try:
        url = submit_once(request, effect)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        url = team_page(workspace)
    return go(request, url)


@public_view("an invitation's token is the key", methods=("GET", "POST"))
def invitation(request, token):
    """GET asks; POST joins, creating the account when there is none."""
    found = find_invitation(token, now=clock.now())
    known = User.objects.filter(email__iexact=invited_address(token)).first()
    # asked last: a twin may have used the link up a moment ago
    done = outcome_before(request)
    if done is not None:
        sign_in_as_typed(request, email=invited_address(token))
        return go(request, done)
    if found is None:
        return render(request, "core/link_ended.html", status=404)
    if known is not None:
        return join_known(request, found, known)
    data = request.POST if request.method == "POST" else None
    form = NewAccountForm(data, email=found.email)
    if form.is_valid():
        return join_new(request, found, form)
    context = {"invitation": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "core/invitation.html", context, status=status)


def join_known(request, found, known):
    """An address with an account joins from that account only."""
    is_them = request.user.is_authenticated and request.user.pk == known.pk
    if request.method == "POST" and is_them:

        def effect():
            accept_invitation(found, user=request.user, now=clock.now())
            return reverse("portfolio:today", args=[found.workspace.slug])

        try:
            url = submit_once(request, effect)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            url = reverse("core:venture_list")
        return go(request, url)
    context = {"invitation": found, "is_them": is_them, "has_account": True}
    return render(request, "core/invitation.html", context)


def join_new(request, found, form):
    def effect():
        user = create_user(email=found.email, now=clock.now(), **form.cleaned_data)
        accept_invitation(found, user=user, now=clock.now())
        return reverse("portfolio:today", args=[found.workspace.slug])

    try:
        url = submit_once(request, effect)
    except (IntegrityError, ValidationError):
        # Somebody was faster with this link or address: the page says what is left.
        return redirect(request.path)
    sign_in_as_typed(request, email=found.email)
    return go(request, url)
