from django.urls import path

from interviews.views import capture, customers, lists, quotes, reading

app_name = "interviews"

urlpatterns = [
    # customers
    path("customers/", customers.customer_list, name="customer_list"),
    path("customers/<uuid:pk>/", customers.person_detail, name="person_detail"),
    path(
        "organisations/<uuid:pk>/",
        customers.organisation_detail,
        name="organisation_detail",
    ),
    # talks: listed, written down, read
    path("interviews/", lists.interview_list, name="interview_list"),
    path("interviews/new/", capture.interview_new, name="interview_new"),
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
    # quotes
    path("interviews/<uuid:pk>/quotes/new/", quotes.quote_add, name="quote_add"),
    path("quotes/<uuid:pk>/edit/", quotes.quote_edit, name="quote_edit"),
    path("quotes/<uuid:pk>/withdraw/", quotes.quote_withdraw, name="quote_withdraw"),
]
