"""The decorators and the permission table."""

import pytest

from core.checks import every_route_has_a_policy
from core.models import ROLE_PERMISSIONS, Permission, Role
from core.routes import GUARDED_ELSEWHERE, Route, routes

P = Permission


@pytest.mark.parametrize(
    ("role", "may"),
    [
        (Role.OWNER, set(P)),
        (Role.FOUNDER, set(P) - {P.OWN}),
        (Role.MEMBER, {P.VIEW, P.SEE_PEOPLE, P.LOG, P.PLAN, P.REVIEW}),
        (Role.ADVISOR, {P.VIEW, P.REVIEW}),
        (Role.OBSERVER, {P.VIEW}),
    ],
)
def test_what_each_role_may(role, may):
    assert ROLE_PERMISSIONS[role] == may


def test_the_check_passes_for_our_routes():
    assert every_route_has_a_policy(None) == []


def test_the_check_finds_a_planted_route(monkeypatch):
    planted = [Route("planted", "planted/", lambda request: None)]
    monkeypatch.setattr("core.checks.routes", lambda: planted)

    found = every_route_has_a_policy(None)

    assert [error.id for error in found] == ["core.E001"]
    assert "planted" in found[0].msg


def test_guarded_prefixes_are_in_use():
    paths = [route.path for route in routes()]

    for prefix in GUARDED_ELSEWHERE:
        assert any(path.startswith(prefix) for path in paths)
