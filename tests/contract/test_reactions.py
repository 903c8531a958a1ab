"""Reactions name verbs that are logged, and tasks that exist."""

import re
from functools import cache
from pathlib import Path

import pytest
from celery import Task
from django.conf import settings
from django.utils.module_loading import import_string

from config.reactions import REACTIONS
from core.verbs import VERBS

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "core",
    "discovery",
    "interviews",
    "forecasts",
    "milestones",
    "decisions",
    "portfolio",
)


def sources():
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            if path.name != "verbs.py":
                yield path.read_text()


@cache
def logged_verbs():
    """Verbs given to `log` by name or with a state in them, and those that reach it
    through a parameter.
    """
    found = set()
    for text in sources():
        found |= set(re.findall(r"verb=\"([a-z_]+\.[a-z_]+)\"", text))
        found |= {verb for verb in VERBS if f'"{verb}"' in text}
        kinds = set(re.findall(r"verb=f\"([a-z_]+)\.\{", text))
        found |= {verb for verb in VERBS if verb.split(".")[0] in kinds}
    return found


@pytest.mark.parametrize("verb", sorted(REACTIONS))
def test_reaction_answers_a_verb_that_is_logged(verb):
    assert verb in logged_verbs()


@pytest.mark.parametrize("path", sorted({t for ts in REACTIONS.values() for t in ts}))
def test_reaction_names_a_task(path):
    assert isinstance(import_string(path), Task)


@pytest.mark.parametrize("path", settings.TICK_STEPS)
def test_tick_step_is_a_function(path):
    assert callable(import_string(path))


@pytest.mark.parametrize("kind", sorted(settings.DELIVERY_KINDS))
def test_delivery_kind_can_be_rendered_and_checked(kind):
    path = settings.DELIVERY_KINDS[kind]

    assert callable(import_string(f"{path}.render"))
    assert callable(import_string(f"{path}.recheck"))


def test_every_logged_verb_has_words():
    assert logged_verbs() - set(VERBS) == set()
