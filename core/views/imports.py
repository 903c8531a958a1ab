"""A table comes in: paste or file, columns, check, run, result, undo."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseStopPolling

from core import clock
from core.access import workspace_view
from core.downloads import attached
from core.forms.importing import MappingForm, UploadForm
from core.htmx import go
from core.importing import (
    RowsChangedError,
    choose_columns,
    drop_run,
    mend_rows,
    skip_rows,
    stage_table,
    start_run,
    start_undo,
)
from core.importing.choosing import Mended, is_open
from core.importing.importer import fields_of, importer_class, kinds_to_come
from core.importing.reports import (
    checked_report,
    columns_of,
    listed,
    met_report,
    progress_of,
    result_of,
    runs_of,
    skipped_csv,
)
from core.importing.starting import is_at_work, set_off
from core.models import ImportRun, Permission
from core.once import submit_once

ROWS = 25


@workspace_view(Permission.LOG)
def import_list(request, workspace):
    page = Paginator(runs_of(workspace), ROWS).get_page(request.GET.get("page"))
    page.object_list = [listed(run) for run in page.object_list]
    context = {"workspace": workspace, "page": page}
    return render(request, "core/import_list.html", context)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def import_new(request, workspace):
    if request.method == "GET":
        kind = {"kind": request.GET.get("kind", "people")}
        form = UploadForm(initial=kind, workspace=workspace)
        return upload_page(request, workspace, form)
    form = UploadForm(request.POST, request.FILES, workspace=workspace)
    if not form.is_valid():
        return upload_page(request, workspace, form, status=422)
    kind, target = form.kind_and_target
    run = stage_table(
        workspace,
        by=request.user,
        now=clock.now(),
        kind=kind,
        target=target,
        table=form.table,
        file_name=form.file_name,
        form_key=request.POST.get("form_key", ""),
    )
    return go(request, page_of(run, "import_map"))


def upload_page(request, workspace, form, status=200):
    context = {
        "workspace": workspace,
        "form": form,
        "to_come": kinds_to_come(workspace),
    }
    return render(request, "core/import_new.html", context, status=status)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def import_map(request, workspace, pk):
    run = run_in(workspace, pk)
    if not is_open(run):
        return go(request, page_of(run))
    fields = fields_of(run)
    columns = MappingForm(
        request.POST or None,
        initial={f"column-{place}": name for place, name in run.mapping.items()},
        header=run.header,
        fields_of_rows=fields,
    )
    choices = choices_form(request, run)
    if request.method == "GET" or not (columns.is_valid() & choices.is_valid()):
        return map_page(request, run, columns, choices)

    def effect():
        if not choose_columns(
            run,
            by=request.user,
            now=clock.now(),
            mapping=columns.mapping,
            choices=choices.kept(),
        ):
            say_too_late(request)
        return page_of(run)

    return at_it(request, run, effect)


def choices_form(request, run):
    known = {name: text for name, text in run.choices.items() if name != "target"}
    offered = importer_class(run.kind).choices_form
    return offered(request.POST or None, initial=known, workspace=run.workspace)


def map_page(request, run, columns, choices):
    context = {
        "workspace": run.workspace,
        "run": run,
        "title": importer_class(run.kind).title,
        "sameness": importer_class(run.kind).sameness,
        "columns": columns_of(run, columns),
        "form": columns,
        "choices": choices,
        "fields": fields_of(run),
        "has_errors": bool(columns.errors or choices.errors),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "core/import_map.html", context, status=status)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def import_check(request, workspace, pk):
    """GET: what would happen. POST: mended cells, and rows to skip."""
    run = run_in(workspace, pk)
    if request.method == "POST":
        return mended_answer(request, run, mended_in(request.POST))
    if run.state != ImportRun.State.CHECKED:
        return go(request, page_of(run))
    return check_page(request, run, checked_report(run))


def mended_answer(request, run, mended):
    """409 with what was typed when somebody was faster, or when the table is just being
    checked."""

    def effect():
        if not mend_rows(run, by=request.user, now=clock.now(), mended=mended):
            run.refresh_from_db(fields=["state"])
            if run.state == ImportRun.State.CHECKING:
                raise RowsChangedError(frozenset())
            say_too_late(request)
        return page_of(run)

    try:
        return at_it(request, run, effect)
    except RowsChangedError as late:
        report = met_report(run, mended, late.lines)
        return check_page(request, run, report, late=late)


def check_page(request, run, report, late=None):
    context = {
        "workspace": run.workspace,
        "run": run,
        "report": report,
        "late": late,
    }
    status = 409 if late else 200
    return render(request, "core/import_check.html", context, status=status)


def mended_in(data):
    """`cell-<line>-<column>`, `skip-<line>` and `seen-<line>`, as the page names them."""
    cells, skipped, seen = {}, set(), {}
    for key, text in data.items():
        kind, _dash, rest = key.partition("-")
        numbers = rest.split("-")
        if not all(number.isdecimal() and len(number) < 9 for number in numbers):
            continue
        if kind == "skip" and len(numbers) == 1:
            skipped.add(int(rest))
        elif kind == "cell" and len(numbers) == 2:
            cells.setdefault(int(numbers[0]), {})[int(numbers[1])] = text
        elif kind == "seen" and len(numbers) == 1:
            seen[int(rest)] = text
    return Mended(cells, skipped, seen)


@workspace_view(Permission.LOG, methods=("POST",))
def import_skip(request, workspace, pk):
    return written(request, run_in(workspace, pk), skip_rows)


@workspace_view(Permission.LOG, methods=("POST",))
def import_run(request, workspace, pk):
    return written(request, run_in(workspace, pk), start_run)


@workspace_view(Permission.LOG, methods=("POST",))
def import_undo(request, workspace, pk):
    return written(request, run_in(workspace, pk), start_undo)


@workspace_view(Permission.LOG, methods=("POST",))
def import_drop(request, workspace, pk):
    run = run_in(workspace, pk)

    def effect():
        if not drop_run(run, by=request.user, now=clock.now()):
            return page_of(run)
        messages.success(request, _("The table is thrown away. Nothing was written."))
        return reverse("core:import_list", args=[workspace.slug])

    return go(request, submit_once(request, effect))


def written(request, run, action):
    def effect():
        if not action(run, by=request.user, now=clock.now()):
            say_too_late(request)
        return page_of(run)

    return at_it(request, run, effect)


def at_it(request, run, effect):
    """Writes, then sets the job off, if there is one now, and shows where it is."""
    url = submit_once(request, effect)
    set_off(run, clock.now)
    return go(request, url)


def say_too_late(request):
    messages.info(request, _("That was not possible any more: see how it stands now."))


@workspace_view(Permission.LOG)
def import_progress(request, workspace, pk):
    """Leave and return: shows the bar, or leads to the page of the state."""
    run = run_in(workspace, pk)
    if not is_at_work(run):
        url = page_of(run, state_page(run))
        if request.htmx:
            return HttpResponseStopPolling(headers={"HX-Redirect": url})
        return go(request, url)
    said = request.GET.get("said", "")
    context = {"workspace": workspace, "run": run, "bar": progress_of(run, said)}
    is_poll = request.htmx and request.htmx.target == "import-progress"
    template = "core/_import_progress.html" if is_poll else "core/import_progress.html"
    return render(request, template, context)


@workspace_view(Permission.LOG)
def import_result(request, workspace, pk):
    run = run_in(workspace, pk)
    if is_at_work(run) or is_open(run):
        return go(request, page_of(run))
    if request.GET.get("format") == "csv":
        return attached(skipped_csv(run), f"skipped-{workspace.slug}")
    context = {
        "workspace": workspace,
        "run": run,
        "result": result_of(run, clock.now()),
    }
    return render(request, "core/import_result.html", context)


def state_page(run):
    if run.state == ImportRun.State.CHECKED:
        return "import_check"
    return "import_map" if is_open(run) else "import_result"


def run_in(workspace, pk):
    runs = ImportRun.objects.in_workspace(workspace).filter(total__gt=0)
    run = get_object_or_404(runs, pk=pk)
    run.workspace = workspace
    return run


def page_of(run, name="import_progress"):
    return reverse(f"core:{name}", args=[run.workspace.slug, run.pk])
