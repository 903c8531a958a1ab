"""Sentences that the digest shares with the dashboard: drawn by the same templates, so
that one never says it otherwise than the other."""

from __future__ import annotations

from html import unescape
from typing import TYPE_CHECKING

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy, ngettext

if TYPE_CHECKING:
    from portfolio.reports.changes import (
        SharedPhase,
        SharedQuestion,
        SharedTakenBack,
        SharedTold,
        Talks,
    )

PASSED = gettext_lazy(
    "It has passed since, and stays open until a decision is recorded."
)


def plain(template: str, context: dict[str, object]) -> str:
    """The words of a part of the dashboard."""
    return unescape(" ".join(render_to_string(template, context).split()))


def was(question: SharedQuestion) -> str:
    return plain("portfolio/_shared_was.html", {"question": question})


def talks(found: Talks) -> str:
    return plain("portfolio/_shared_talks.html", {"talks": found})


def told(found: SharedTold) -> str:
    return plain("portfolio/_shared_told.html", {"told": found})


def taken_back(found: SharedTakenBack) -> str:
    return plain("portfolio/_shared_taken_back.html", {"back": found})


def phase(found: SharedPhase, name: str) -> str:
    said = plain("portfolio/_shared_phase.html", {"phase": found})
    return f"{name}: {said}"


def against(count: int) -> str:
    return (
        ngettext(
            "%d more piece of evidence speaks against it",
            "%d more pieces of evidence speak against it",
            count,
        )
        % count
    )


def silence(days: int | None) -> str:
    return plain("portfolio/_shared_silence.html", {"days": days})
