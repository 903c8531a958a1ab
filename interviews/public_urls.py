"""Where respondents answer: outside of any venture's pages, without an account."""

from django.urls import path

from interviews.views import answering

urlpatterns = [
    path("answer/<str:place>/", answering.survey_answer, name="survey_answer"),
    path("<str:token>/", answering.survey_open, name="survey_open"),
]
