"""A form of settings: saved once, or drawn again with what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages

from core.htmx import go
from core.once import submit_once
from core.revisions import OutdatedError

if TYPE_CHECKING:
    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse


def save_settings(
    request: HttpRequest, form: ModelForm, effect: Callable[[], str], said: str
) -> tuple[HttpResponse | None, int]:
    """Runs `effect` once if the form holds, and answers with the page that it names and
    the message `said`. Else no answer, and the status to draw the form with: 200 for
    who only looks, 422 with mistakes, 409 where somebody saved meanwhile: then the form
    shows both."""
    if not form.is_bound:
        return None, 200
    if not form.is_valid():
        return None, 422
    try:
        url = submit_once(request, effect)
    except OutdatedError as conflict:
        form.meet(conflict.current)
        return None, 409
    messages.success(request, said)
    return go(request, url), 303
