"""The production shape, read without Docker."""

from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
OURS = ("web", "worker", "beat")


def test_services_are_the_documented_ones():
    assert set(SERVICES) == {*OURS, "db", "broker"}


@pytest.mark.parametrize("name", SERVICES)
def test_service_comes_back_by_itself_and_says_how_it_is(name):
    service = SERVICES[name]

    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_background_health_is_the_age_of_the_heartbeat(name):
    assert SERVICES[name]["healthcheck"]["test"][1:] == [
        "python",
        "manage.py",
        "doctor",
        "--only",
        name,
    ]


def test_data_is_on_named_volumes():
    used = {
        volume.split(":")[0]
        for service in SERVICES.values()
        for volume in service["volumes"]
    }

    assert used == set(COMPOSE["volumes"]) == {"data", "database", "broker"}


def test_worker_can_be_multiplied():
    assert "container_name" not in SERVICES["worker"]
    assert "ports" not in SERVICES["worker"]


def test_only_the_web_server_can_be_reached():
    assert [name for name in SERVICES if "ports" in SERVICES[name]] == ["web"]
    assert SERVICES["web"]["ports"] == ["${LISTEN:-127.0.0.1:8000}:8000"]
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert [SERVICES[name]["networks"] for name in ("db", "broker")] == [["inside"]] * 2


def test_nothing_starts_before_the_migrations_are_done():
    assert "migrate" in SERVICES["web"]["command"][-1]
    for name in ("worker", "beat"):
        assert SERVICES[name]["depends_on"]["web"]["condition"] == "service_healthy"
    for name in ("db", "broker"):
        assert SERVICES["web"]["depends_on"][name]["condition"] == "service_healthy"


def test_broker_keeps_what_it_was_given_and_never_evicts():
    command = SERVICES["broker"]["command"][-1]

    assert "--maxmemory-policy noeviction" in command
    assert "--appendonly yes" in command
    assert "--requirepass" in command


def test_no_password_is_written_down():
    for service in SERVICES.values():
        for name, value in service["environment"].items():
            if "PASSWORD" in name or name in ("SECRET_KEY", "DATABASE_URL"):
                assert "${" in value


def test_image_runs_as_nobody_in_particular():
    lines = (ROOT / "Dockerfile").read_text().splitlines()

    assert "USER fieldproof" in lines
    assert lines.index("USER fieldproof") < lines.index(
        'CMD ["python", "manage.py", "up"]'
    )
    assert any(line.startswith("HEALTHCHECK") for line in lines)
