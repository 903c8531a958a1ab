"""Problems, needs and features: their forms, the tree of needs, the list of features."""

from copy import copy
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.db.models import Count, Prefetch, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core.access import workspace_view
from core.downloads import attached
from core.models import Permission
from discovery.actions import (
    add_feature,
    add_need,
    add_problem,
    edit_feature,
    edit_need,
    edit_problem,
)
from discovery.forms.problems import FeatureForm, NeedForm, ProblemForm
from discovery.models import Feature, Need, Problem, Segment
from discovery.need_tree import tree_of
from discovery.outcome_lint import feature_signs
from discovery.problem_csv import features_csv, needs_csv
from discovery.views.saving import posted, saved

FORM = "discovery/problem_form.html"


# --- problems --------------------------------------------------------------------
@workspace_view(Permission.LOG, methods=("GET", "POST"))
def problem_add(request, workspace):
    segment = segment_asked(request, workspace)
    form = ProblemForm(
        posted(request), workspace=workspace, initial={"segment": segment}
    )
    back = reverse("milestones:problem_list", args=[workspace.slug])
    context = row_page(workspace, _("New problem"), back, _("Problems"))
    action = partial(add_problem, workspace)
    return saved(request, form, action, page_of=page_of, template=FORM, context=context)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def problem_edit(request, workspace, pk):
    problem = get_object_or_404(Problem.objects.in_workspace(workspace).kept(), pk=pk)
    form = ProblemForm(posted(request), workspace=workspace, instance=copy(problem))
    context = row_page(workspace, _("Edit problem"), page_of(problem), problem)
    action = partial(edit_problem, problem)
    return saved(request, form, action, page_of=page_of, template=FORM, context=context)


# --- needs -----------------------------------------------------------------------
@workspace_view(Permission.VIEW)
def need_tree(request, workspace):
    """Of one segment; `?format=csv` for those of all, unless one is asked for."""
    segment = segment_asked(request, workspace)
    if request.GET.get("format") == "csv":
        only = segment if request.GET.get("segment") else None
        return attached(needs_csv(workspace, only), f"needs-{workspace.slug}")
    needs = Need.objects.filter(segment=segment).current()
    known = Prefetch("problems", Problem.objects.current())
    context = {
        "workspace": workspace,
        "segment": segment,
        "segments": segments_of(workspace),
        "tree": tree_of(needs.prefetch_related(known)),
        "can_log": Permission.LOG in request.may,
    }
    return render(request, "discovery/need_tree.html", context)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def need_add(request, workspace):
    """`?parent=` hangs it below another; `?problem=` ticks one."""
    segment = segment_asked(request, workspace)
    if segment is None:
        raise Http404
    initial = {"parent": key_asked(request, "parent")}
    initial["problems"] = [key_asked(request, "problem")]
    form = NeedForm(posted(request), segment=segment, initial=initial)
    context = row_page(workspace, _("New need"), tree_url(segment), _("Needs"))
    context["segment"] = segment
    action = partial(with_warning, request, partial(add_need, workspace))
    page = need_page
    return saved(request, form, action, page_of=page, template=FORM, context=context)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def need_edit(request, workspace, pk):
    needs = Need.objects.in_workspace(workspace).kept().select_related("segment")
    need = get_object_or_404(needs, pk=pk)
    form = NeedForm(posted(request), segment=need.segment, instance=copy(need))
    context = row_page(workspace, _("Edit need"), tree_url(need.segment), _("Needs"))
    context |= {"segment": need.segment, "signs": feature_signs(need.outcome)}
    context |= {"row": need, "kind": "need"}
    action = partial(with_warning, request, partial(edit_need, need))
    page = need_page
    return saved(request, form, action, page_of=page, template=FORM, context=context)


def with_warning(request, action, **fields):
    """Saved as it is; the writer is told when it reads like a feature."""
    need = action(**fields)
    if feature_signs(need.outcome):
        text = _("It reads like a feature. What would be true for them with it?")
        messages.warning(request, text)
    return need


# --- features --------------------------------------------------------------------
@workspace_view(Permission.VIEW)
def feature_list(request, workspace):
    known = Prefetch("problems", Problem.objects.current())
    features = Feature.objects.in_workspace(workspace).current().prefetch_related(known)
    if request.GET.get("format") == "csv":
        return attached(features_csv(features), f"features-{workspace.slug}")
    alive = Q(problems__archived_at__isnull=True, problems__trashed_at__isnull=True)
    context = {
        "workspace": workspace,
        "features": features.annotate(
            claim_count=Count("problems", filter=alive, distinct=True)
        ),
        "can_log": Permission.LOG in request.may,
    }
    return render(request, "discovery/feature_list.html", context)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def feature_add(request, workspace):
    """`?problem=` ticks one."""
    initial = {"problems": [key_asked(request, "problem")]}
    form = FeatureForm(posted(request), workspace=workspace, initial=initial)
    back = reverse("discovery:feature_list", args=[workspace.slug])
    context = row_page(workspace, _("New feature"), back, _("Features"))
    action, page = partial(add_feature, workspace), feature_page
    return saved(request, form, action, page_of=page, template=FORM, context=context)


@workspace_view(Permission.LOG, methods=("GET", "POST"))
def feature_edit(request, workspace, pk):
    feature = get_object_or_404(Feature.objects.in_workspace(workspace).kept(), pk=pk)
    form = FeatureForm(posted(request), workspace=workspace, instance=copy(feature))
    back = feature_page(feature)
    context = row_page(workspace, _("Edit feature"), back, _("Features"))
    context |= {"row": feature, "kind": "feature"}
    action, page = partial(edit_feature, feature), feature_page
    return saved(request, form, action, page_of=page, template=FORM, context=context)


# --- shared ----------------------------------------------------------------------
def row_page(workspace, title, back_url, back_text):
    return {
        "workspace": workspace,
        "heading": title,
        "back_url": back_url,
        "back_text": back_text,
    }


def segments_of(workspace):
    rows = Segment.objects.in_workspace(workspace)
    return rows.exclude(status=Segment.Status.DROPPED).order_by("created_at", "pk")


def segment_asked(request, workspace):
    """That of `?segment=`, else the first; 404 for one of another venture."""
    key = key_asked(request, "segment")
    if request.GET.get("segment") and key is None:
        raise Http404
    if key is not None:
        return get_object_or_404(Segment.objects.in_workspace(workspace), pk=key)
    return segments_of(workspace).first()


def key_asked(request, name):
    try:
        return UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def page_of(problem):
    return reverse(
        "milestones:problem_detail", args=[problem.workspace.slug, problem.pk]
    )


def tree_url(segment):
    url = reverse("discovery:need_tree", args=[segment.workspace.slug])
    return f"{url}?segment={segment.pk}"


def need_page(need):
    return f"{tree_url(need.segment)}#need-{need.pk}"


def feature_page(feature):
    return reverse("discovery:feature_list", args=[feature.workspace.slug])
