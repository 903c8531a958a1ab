from django.urls import path

from core.views import account, health, home, settings, team, tokens

app_name = "core"

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
]
