"""Makes an owner who is signed in; prints the slug and the key of the login."""

import django

django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402  after setup
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from core.models import Role  # noqa: E402
from tests.factories import make_member, make_workspace  # noqa: E402

member = make_member(make_workspace("Fault", slug="fault"), Role.OWNER)
login = SessionStore()
login[SESSION_KEY] = str(member.user.pk)
login[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
login[HASH_SESSION_KEY] = member.user.get_session_auth_hash()
login.save()
print(member.workspace.slug, login.session_key)  # noqa: T201  its answer
