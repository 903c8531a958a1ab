"""Who belongs to a venture, and as what."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from core.activity import log
from core.deliveries import plan
from core.models import Invitation, Membership, Role, Workspace
from core.tokens import hashed, new_token

INVITATION_LASTS = timedelta(days=7)
INVITATIONS_A_DAY = 20
LEADING = (Role.OWNER, Role.FOUNDER)


@transaction.atomic
def invite_member(workspace, *, by, email, role, now):
    """Invites an address; the ledger mails the token, which stands nowhere else."""
    email = email.strip().lower()
    refuse_pointless_invitation(workspace, email, now)
    token = new_token()
    invitation = Invitation.objects.create(
        workspace=workspace,
        email=email,
        role=role,
        token_hash=hashed(token),
        created_by=by,
        created_at=now,
        expires_at=now + INVITATION_LASTS,
    )
    plan(
        kind="invitation",
        workspace=workspace,
        address=email,
        subject_id=invitation.pk,
        transition="invited",
        payload=token,
        now=now,
    )
    log(
        workspace,
        by=by,
        verb="member.invited",
        subject=invitation,
        now=now,
        role=role,
    )
    return invitation, token


def refuse_pointless_invitation(workspace, email, now):
    members = Membership.objects.in_workspace(workspace).current()
    if members.filter(user__email__iexact=email).exists():
        raise ValidationError({"email": _("This person is already in the team.")})
    since = now - timedelta(days=1)
    recent = Invitation.objects.in_workspace(workspace).filter(created_at__gt=since)
    if recent.count() >= INVITATIONS_A_DAY:
        raise ValidationError(
            _("Twenty invitations went out within a day. Try again tomorrow.")
        )
    Invitation.objects.in_workspace(workspace).filter(
        email__iexact=email, accepted_at__isnull=True, revoked_at__isnull=True
    ).update(revoked_at=now)


def find_invitation(token, *, now):
    """The open invitation, or None. Looking changes nothing."""
    invitation = (
        Invitation.objects.filter(token_hash=hashed(token))
        .select_related("workspace", "created_by")
        .first()
    )
    return invitation if invitation and invitation.is_open(now) else None


def invited_address(token):
    """Whom a link was sent to, whether or not it still works; empty if nobody."""
    invitation = Invitation.objects.filter(token_hash=hashed(token)).first()
    return invitation.email if invitation else ""


@transaction.atomic
def accept_invitation(invitation, *, user, now):
    """Works once, for the invited address only. Returns the membership.

    Never changes the role of somebody in the team: an owner whose further address was
    invited as an observer stays the owner.
    """
    if user.email.lower() != invitation.email.lower():
        raise ValidationError(_("This invitation was sent to another address."))
    won = Invitation.objects.filter(
        pk=invitation.pk,
        accepted_at__isnull=True,
        revoked_at__isnull=True,
        expires_at__gt=now,
    ).update(accepted_at=now)
    if not won:
        raise ValidationError(_("This invitation has been used or has ended."))
    members = Membership.objects.in_workspace(invitation.workspace).current()
    if members.filter(user=user).exists():
        raise ValidationError(_("You are in this team already, in your own role."))
    return join_workspace(
        invitation.workspace, user=user, role=invitation.role, now=now
    )


@transaction.atomic
def join_workspace(workspace, *, user, role, now):
    leads = role in LEADING
    membership, new = Membership.objects.get_or_create(
        workspace=workspace,
        user=user,
        defaults={"role": role, "is_leadership": leads, "joined_at": now},
    )
    if not new:
        membership.role, membership.left_on = role, None
        membership.is_leadership = leads
        membership.save(update_fields=["role", "left_on", "is_leadership"])
    log(
        workspace,
        by=user,
        verb="member.joined",
        subject=membership,
        now=now,
        role=role,
    )
    return membership


@transaction.atomic
def revoke_invitation(invitation, *, by, now):
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    log(
        invitation.workspace,
        by=by,
        verb="invitation.revoked",
        subject=invitation,
        now=now,
    )
    return invitation


@transaction.atomic
def change_role(membership, *, by, role, now):
    lock_team(membership.workspace)
    membership.refresh_from_db()
    if membership.role == Role.OWNER and role != Role.OWNER:
        refuse_losing_last_owner(membership)
    old, membership.role = membership.role, role
    membership.is_leadership = role in LEADING
    membership.save(update_fields=["role", "is_leadership"])
    log(
        membership.workspace,
        by=by,
        verb="member.role_changed",
        subject=membership,
        now=now,
        old=old,
        new=role,
    )
    return membership


@transaction.atomic
def remove_member(membership, *, by, now):
    lock_team(membership.workspace)
    membership.refresh_from_db()
    if membership.role == Role.OWNER:
        refuse_losing_last_owner(membership)
    membership.left_on = membership.workspace.today(now)
    membership.save(update_fields=["left_on"])
    log(
        membership.workspace,
        by=by,
        verb="member.removed",
        subject=membership,
        now=now,
    )
    return membership


def lock_team(workspace):
    """Two removals at once wait for each other: a write locks the row everywhere."""
    Workspace.objects.filter(pk=workspace.pk).update(name=F("name"))


def refuse_losing_last_owner(membership):
    owners = Membership.objects.in_workspace(membership.workspace).current()
    if not owners.filter(role=Role.OWNER).exclude(pk=membership.pk).exists():
        raise ValidationError(
            _("A venture needs an owner. Make somebody else one first.")
        )
