"""The documents name what the code has."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from core.routes import routes
from decisions.models import Alert, Decision

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"


def document(name):
    return (DOCS / name).read_text()


def environment_variables():
    text = (ROOT / "config" / "settings.py").read_text()
    return sorted(set(re.findall(r"env\.\w+\(\s*\"([A-Z_]+)\"", text)))


@pytest.mark.parametrize("name", environment_variables())
def test_every_variable_is_described(name):
    assert f"`{name}`" in document("configuration.md")


@pytest.mark.parametrize("name", environment_variables())
def test_every_variable_stands_in_the_example(name):
    assert re.search(rf"^#?\s*{name}=", (ROOT / ".env.example").read_text(), re.M)


def test_every_route_is_named():
    named = set(re.findall(r"\w+", document("architecture.md")))
    missing = [
        route.name
        for route in routes()
        if not route.guard
        and not route.name.startswith("api:")
        and route.name.split(":")[-1] not in named
    ]

    assert missing == []


def test_the_description_of_the_api_is_current():
    """`make openapi` writes it."""
    out = StringIO()
    call_command("openapi", stdout=out)

    assert json.loads(document("openapi.json")) == json.loads(out.getvalue())


def test_every_operation_of_the_api_is_described():
    described = json.loads(document("openapi.json"))["paths"]
    paths = {
        re.sub(r"<\w+:(\w+)>", r"{\1}", f"/{route.path}")
        for route in routes()
        if route.name.startswith("api:")
    }

    assert paths == set(described)


@pytest.mark.parametrize("label", [*Alert.Rule.labels, *Decision.Kind.labels])
def test_alert_rules_and_decisions_are_explained(label):
    words = label.split(":")[0].split(",")[0]

    told = document("domain.md") + document("alerts.md")
    assert words.lower() in told.lower()


def test_documents_speak_of_the_product_alone():
    """No path of somebody's machine."""
    for path in [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]:
        text = path.read_text()
        assert not re.search(r"(^|\s)/(work|root)/", text), path


def test_links_between_documents_lead_somewhere():
    for path in [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", path.read_text()):
            assert (path.parent / target).exists(), f"{path.name} → {target}"
