"""Asking the API as a member of a venture."""

from core.actions.tokens import issue_token
from core.models import Role
from tests.factories import NOW, make_member


class Asking:
    """`get`, `post` and `put` of a path below /api/v1, with a token."""

    def __init__(self, client, workspace, role=Role.MEMBER, **membership):
        member = make_member(workspace, role, **membership)
        self.client, self.workspace, self.by = client, workspace, member.user
        _token, secret = issue_token(member, by=member.user, now=NOW, name="Test")
        self.headers = {"Authorization": f"Bearer {secret}"}

    def get(self, path):
        return self.client.get(f"/api/v1{path}", headers=self.headers)

    def post(self, path, body=None):
        return self.send("post", path, body)

    def put(self, path, body=None):
        return self.send("put", path, body)

    def send(self, method, path, body):
        return getattr(self.client, method)(
            f"/api/v1{path}",
            body or {},
            content_type="application/json",
            headers=self.headers,
        )
