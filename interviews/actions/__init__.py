from interviews.actions.counting import requalify, requalify_talks_of
from interviews.actions.guides import add_guide, copy_ready_guide, edit_guide
from interviews.actions.links import link_quote, withdraw_link
from interviews.actions.quotes import edit_quote, take_quote, withdraw_quote
from interviews.actions.settle import settle_hypothesis
from interviews.actions.survey_links import (
    answer_survey,
    find_survey_link,
    issue_survey_link,
    revoke_survey_link,
)
from interviews.actions.surveys import (
    add_survey,
    close_survey,
    edit_survey,
    record_response,
    record_responses,
    strip_person,
    withdraw_response,
)
from interviews.actions.talks import finish_interview, save_draft

__all__ = [
    "add_guide",
    "add_survey",
    "answer_survey",
    "close_survey",
    "copy_ready_guide",
    "edit_guide",
    "edit_quote",
    "edit_survey",
    "find_survey_link",
    "finish_interview",
    "issue_survey_link",
    "link_quote",
    "record_response",
    "record_responses",
    "requalify",
    "requalify_talks_of",
    "revoke_survey_link",
    "save_draft",
    "settle_hypothesis",
    "strip_person",
    "take_quote",
    "withdraw_link",
    "withdraw_quote",
    "withdraw_response",
]
