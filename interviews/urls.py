from django.urls import path

from interviews.views import (
    capture,
    customers,
    guides,
    hypotheses,
    lists,
    quotes,
    reading,
    responses,
    search,
    surveys,
    tags,
    talking,
)

app_name = "interviews"

urlpatterns = [
    # customers
    path("customers/", customers.customer_list, name="customer_list"),
    path(
        "customers/organisations/",
        customers.organisation_list,
        name="organisation_list",
    ),
    path("customers/bulk/", customers.customers_bulk, name="customers_bulk"),
    path("customers/<uuid:pk>/", customers.person_detail, name="person_detail"),
    path(
        "organisations/<uuid:pk>/",
        customers.organisation_detail,
        name="organisation_detail",
    ),
    path("search/", search.search, name="search"),
    # talks: listed, written down, read
    path("interviews/", lists.interview_list, name="interview_list"),
    path("interviews/new/", capture.interview_new, name="interview_new"),
    path("interviews/talking/", talking.talking, name="talking"),
    path("interviews/who/", capture.people_offered, name="people_offered"),
    path("interviews/<uuid:pk>/edit/", capture.interview_edit, name="interview_edit"),
    path(
        "interviews/<uuid:pk>/draft/", capture.interview_draft, name="interview_draft"
    ),
    path(
        "interviews/<uuid:pk>/finish/",
        capture.interview_finish,
        name="interview_finish",
    ),
    path("interviews/<uuid:pk>/", reading.interview_detail, name="interview_detail"),
    # guides: what we ask
    path("guides/", guides.guide_list, name="guide_list"),
    path("guides/new/", guides.guide_add, name="guide_add"),
    path("guides/ready/", guides.guide_ready, name="guide_ready"),
    path("guides/lint/", guides.guide_lint, name="guide_lint"),
    path("guides/<uuid:pk>/", guides.guide_detail, name="guide_detail"),
    path("guides/<uuid:pk>/edit/", guides.guide_edit, name="guide_edit"),
    # quotes
    path("interviews/<uuid:pk>/quotes/new/", quotes.quote_add, name="quote_add"),
    path("quotes/<uuid:pk>/edit/", quotes.quote_edit, name="quote_edit"),
    path("quotes/<uuid:pk>/withdraw/", quotes.quote_withdraw, name="quote_withdraw"),
    # tags
    path("tags/", tags.tag_list, name="tag_list"),
    path("tags/new/", tags.tag_add, name="tag_add"),
    path("tags/<uuid:pk>/", tags.tag_detail, name="tag_detail"),
    path("tags/<uuid:pk>/edit/", tags.tag_edit, name="tag_edit"),
    path("tags/<uuid:pk>/move/", tags.tag_move, name="tag_move"),
    path("tags/<uuid:pk>/merge/", tags.tag_merge, name="tag_merge"),
    # surveys, and what people answered
    path("surveys/", surveys.survey_list, name="survey_list"),
    path("surveys/new/", surveys.survey_add, name="survey_add"),
    path("surveys/<uuid:pk>/", surveys.survey_detail, name="survey_detail"),
    path("surveys/<uuid:pk>/edit/", surveys.survey_edit, name="survey_edit"),
    path("surveys/<uuid:pk>/close/", surveys.survey_close, name="survey_close"),
    path("surveys/<uuid:pk>/answers/", responses.response_add, name="response_add"),
    path("surveys/<uuid:pk>/paste/", responses.response_paste, name="response_paste"),
    path("surveys/<uuid:pk>/links/", responses.survey_link_add, name="survey_link_add"),
    path(
        "surveys/links/<uuid:pk>/revoke/",
        responses.survey_link_revoke,
        name="survey_link_revoke",
    ),
    path(
        "surveys/answers/<uuid:pk>/withdraw/",
        responses.response_withdraw,
        name="response_withdraw",
    ),
    # hypotheses: who said what for and against
    path(
        "hypotheses/<uuid:pk>/", hypotheses.hypothesis_detail, name="hypothesis_detail"
    ),
    path(
        "hypotheses/<uuid:pk>/settle/",
        hypotheses.hypothesis_settle,
        name="hypothesis_settle",
    ),
]
