from core.models.accounts import User
from core.models.activity import ActivityEntry
from core.models.bases import AppendOnlyModel, WorkspaceModel
from core.models.deliveries import Delivery
from core.models.operations import Erasing, FormKey, Heartbeat, Installation, Tick
from core.models.workspaces import (
    ROLE_PERMISSIONS,
    Invitation,
    Membership,
    OneTimeLink,
    Permission,
    Role,
    Workspace,
)

__all__ = [
    "ROLE_PERMISSIONS",
    "ActivityEntry",
    "AppendOnlyModel",
    "Delivery",
    "Erasing",
    "FormKey",
    "Heartbeat",
    "Installation",
    "Invitation",
    "Membership",
    "OneTimeLink",
    "Permission",
    "Role",
    "Tick",
    "User",
    "Workspace",
    "WorkspaceModel",
]
