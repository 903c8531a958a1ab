from core.models.accounts import User
from core.models.activity import ActivityEntry
from core.models.bases import (
    AppendOnlyModel,
    Revisable,
    Trashable,
    WorkspaceModel,
)
from core.models.channels import Channel
from core.models.deliveries import Delivery
from core.models.files import ImportRow, ImportRun, StoredFile
from core.models.mail_choices import MailChoice
from core.models.operations import Erasing, FormKey, Heartbeat, Installation, Tick
from core.models.workspaces import (
    ROLE_PERMISSIONS,
    ApiToken,
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
    "ApiToken",
    "AppendOnlyModel",
    "Channel",
    "Delivery",
    "Erasing",
    "FormKey",
    "Heartbeat",
    "ImportRow",
    "ImportRun",
    "Installation",
    "Invitation",
    "MailChoice",
    "Membership",
    "OneTimeLink",
    "Permission",
    "Revisable",
    "Role",
    "StoredFile",
    "Tick",
    "Trashable",
    "User",
    "Workspace",
    "WorkspaceModel",
]
