from django.urls import path

from discovery.views import (
    erasing,
    exports,
    hypotheses,
    market,
    merging,
    problems,
    steps,
)

app_name = "discovery"

urlpatterns = [
    # segments
    path("segments/", market.segment_list, name="segment_list"),
    path("segments/new/", market.segment_add, name="segment_add"),
    path("segments/<uuid:pk>/edit/", market.segment_edit, name="segment_edit"),
    # people
    path("customers/new/", market.person_add, name="person_add"),
    path("customers/alike/", market.people_like, name="people_like"),
    path("customers/<uuid:pk>/edit/", market.person_edit, name="person_edit"),
    path("customers/<uuid:pk>/next-step/", steps.next_step, name="next_step"),
    path("customers/<uuid:pk>/merge/", merging.person_merge, name="person_merge"),
    path("customers/<uuid:pk>/erase/", erasing.person_erase, name="person_erase"),
    # organisations
    path("organisations/new/", market.organisation_add, name="organisation_add"),
    path(
        "organisations/<uuid:pk>/edit/",
        market.organisation_edit,
        name="organisation_edit",
    ),
    path(
        "organisations/<uuid:pk>/merge/",
        merging.organisation_merge,
        name="organisation_merge",
    ),
    path("merges/<uuid:pk>/undo/", merging.merge_undo, name="merge_undo"),
    # problems, needs, features; the list of problems is milestones:problem_list
    path("problems/new/", problems.problem_add, name="problem_add"),
    path("problems/<uuid:pk>/edit/", problems.problem_edit, name="problem_edit"),
    path("needs/", problems.need_tree, name="need_tree"),
    path("needs/new/", problems.need_add, name="need_add"),
    path("needs/<uuid:pk>/edit/", problems.need_edit, name="need_edit"),
    path("features/", problems.feature_list, name="feature_list"),
    path("features/new/", problems.feature_add, name="feature_add"),
    path("features/<uuid:pk>/edit/", problems.feature_edit, name="feature_edit"),
    # hypotheses; one of them is interviews:hypothesis_detail
    path("hypotheses/", hypotheses.hypothesis_list, name="hypothesis_list"),
    path("hypotheses/new/", hypotheses.hypothesis_add, name="hypothesis_add"),
    path(
        "hypotheses/<uuid:pk>/edit/", hypotheses.hypothesis_edit, name="hypothesis_edit"
    ),
    path(
        "hypotheses/<uuid:pk>/register/",
        hypotheses.hypothesis_register,
        name="hypothesis_register",
    ),
    path(
        "hypotheses/<uuid:pk>/revise/",
        hypotheses.hypothesis_revise,
        name="hypothesis_revise",
    ),
    # files
    path("organisations/csv/", exports.organisation_csv, name="organisation_csv"),
    path("segments/csv/", exports.segment_csv, name="segment_csv"),
]
