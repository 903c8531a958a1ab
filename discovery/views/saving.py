"""How a form of this app is drawn, saved, refused, or met by somebody else's save."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.shortcuts import render
from django.utils.translation import gettext as _

from core import clock
from core.htmx import go
from core.once import submit_once
from core.revisions import OutdatedError
from discovery.forms.market import TAKEN


def posted(request):
    return request.POST if request.method == "POST" else None


def saved(
    request,
    form,
    action: Callable,
    *,
    page_of: Callable,
    template: str,
    context: dict,
    said: str = "",
):
    """On to the page of the row that `action` wrote, or the form again.

    422 where a rule refused, 409 with both texts where somebody saved in between.
    """

    def effect():
        row = action(by=request.user, now=clock.now(), **form.cleaned_data)
        text = said or _("Written down: %(name)s")
        messages.success(request, text % {"name": row})
        return page_of(row)

    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            return go(request, submit_once(request, effect))
        except OutdatedError as error:
            form.meet(error.current)
            status = 409
        except ValidationError as error:
            form.add_error(None, error)
        except IntegrityError:  # somebody took the name a moment ago
            form.add_error(None, TAKEN)
    return render(request, template, context | {"form": form}, status=status)
