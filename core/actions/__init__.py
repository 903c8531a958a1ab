from core.actions.accounts import change_account, create_user
from core.actions.links import find_link, issue_link, redeem_link
from core.actions.team import (
    accept_invitation,
    change_role,
    find_invitation,
    invite_member,
    invited_address,
    join_workspace,
    remove_member,
    revoke_invitation,
)
from core.actions.ventures import change_settings, create_workspace

__all__ = [
    "accept_invitation",
    "change_account",
    "change_role",
    "change_settings",
    "create_user",
    "create_workspace",
    "find_invitation",
    "find_link",
    "invite_member",
    "invited_address",
    "issue_link",
    "join_workspace",
    "redeem_link",
    "remove_member",
    "revoke_invitation",
]
