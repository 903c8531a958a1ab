from django.urls import path

from core.views import (
    account,
    channels,
    files,
    health,
    home,
    imports,
    settings,
    team,
    tokens,
    trash,
)

app_name = "core"
CHANNELS = "w/<slug:workspace_slug>/settings/channels"
IMPORTS = "w/<slug:workspace_slug>/imports"
ROW = "w/<slug:workspace_slug>/rows/<slug:kind>/<uuid:pk>"

urlpatterns = [
    # the way in
    path("", home.home, name="home"),
    path("ventures/", home.venture_list, name="venture_list"),
    path("enter/<str:token>/", home.login_link, name="login_link"),
    path("invitations/<str:token>/", team.invitation, name="invitation"),
    # me
    path("me/", account.me, name="me"),
    path("shortcuts/", account.shortcuts, name="shortcuts"),
    # the installation
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    # settings of a venture
    path(
        "w/<slug:workspace_slug>/settings/general/",
        settings.settings_general,
        name="settings_general",
    ),
    path(
        "w/<slug:workspace_slug>/settings/activity/", settings.activity, name="activity"
    ),
    path(
        "w/<slug:workspace_slug>/settings/team/",
        team.settings_team,
        name="settings_team",
    ),
    path(
        "w/<slug:workspace_slug>/settings/team/invite/",
        team.invitation_add,
        name="invitation_add",
    ),
    path(
        "w/<slug:workspace_slug>/settings/team/invitations/<uuid:pk>/revoke/",
        team.invitation_revoke,
        name="invitation_revoke",
    ),
    path(
        "w/<slug:workspace_slug>/settings/team/<uuid:pk>/role/",
        team.member_role,
        name="member_role",
    ),
    path(
        "w/<slug:workspace_slug>/settings/team/<uuid:pk>/remove/",
        team.member_remove,
        name="member_remove",
    ),
    # tokens of the JSON API
    path(
        "w/<slug:workspace_slug>/settings/tokens/", tokens.token_list, name="token_list"
    ),
    path(
        "w/<slug:workspace_slug>/settings/tokens/<uuid:pk>/revoke/",
        tokens.token_revoke,
        name="token_revoke",
    ),
    # channels outside
    path(f"{CHANNELS}/", channels.channel_list, name="channel_list"),
    path(f"{CHANNELS}/<uuid:pk>/", channels.channel_detail, name="channel_detail"),
    path(f"{CHANNELS}/<uuid:pk>/test/", channels.channel_test, name="channel_test"),
    path(
        f"{CHANNELS}/<uuid:pk>/secret/", channels.channel_secret, name="channel_secret"
    ),
    path(
        f"{CHANNELS}/<uuid:pk>/remove/", channels.channel_remove, name="channel_remove"
    ),
    # attached files
    path(
        "w/<slug:workspace_slug>/files/<uuid:pk>/",
        files.file_download,
        name="file_download",
    ),
    # the trash
    path("w/<slug:workspace_slug>/trash/", trash.trash_list, name="trash_list"),
    path(f"{ROW}/trash/", trash.row_trash, name="row_trash"),
    path(f"{ROW}/restore/", trash.row_restore, name="row_restore"),
    path(f"{ROW}/archive/", trash.row_archive, name="row_archive"),
    path(f"{ROW}/unarchive/", trash.row_unarchive, name="row_unarchive"),
    # tables on their way in
    path(f"{IMPORTS}/", imports.import_list, name="import_list"),
    path(f"{IMPORTS}/new/", imports.import_new, name="import_new"),
    path(f"{IMPORTS}/<uuid:pk>/", imports.import_progress, name="import_progress"),
    path(f"{IMPORTS}/<uuid:pk>/columns/", imports.import_map, name="import_map"),
    path(f"{IMPORTS}/<uuid:pk>/check/", imports.import_check, name="import_check"),
    path(f"{IMPORTS}/<uuid:pk>/skip/", imports.import_skip, name="import_skip"),
    path(f"{IMPORTS}/<uuid:pk>/run/", imports.import_run, name="import_run"),
    path(f"{IMPORTS}/<uuid:pk>/result/", imports.import_result, name="import_result"),
    path(f"{IMPORTS}/<uuid:pk>/undo/", imports.import_undo, name="import_undo"),
    path(f"{IMPORTS}/<uuid:pk>/drop/", imports.import_drop, name="import_drop"),
]
