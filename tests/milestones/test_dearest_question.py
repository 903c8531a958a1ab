"""The page of a question at its dearest: everything that asks the database once more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import Role
from milestones.scope import scope_of
from tests.factories import make_member
from tests.interviews.survey_cases import make_response, make_survey
from tests.milestones.rows import answer, link, open_market, question, score, talks, url
from tests.milestones.test_after_a_pivot import pivot

pytestmark = pytest.mark.usefixtures("clock")


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.FOUNDER])
def test_the_dearest_question_stays_within_fourteen(client, workspace, founder, role):
    """Quotes that name nobody, the result of a survey, scored before the model changed
    and to be scored again."""
    segment = open_market(workspace, founder)
    score(question(workspace, 2), 1, by=founder)
    pivot(workspace, founder)
    row = scope_of(workspace).question(2)
    answer(row, by=founder)
    talks(row, 2, by=founder, names_person=False)
    talks(row, 1, by=founder, stance="contradicts")
    survey = make_survey(workspace, segment=segment)
    make_response(survey)
    link(row, None, by=founder, survey=survey)
    advised = make_member(workspace, Role.ADVISOR).user
    client.force_login(founder if role == Role.FOUNDER else advised)
    page = url("question_detail", workspace, 2)
    client.get(page)

    with CaptureQueriesContext(connection) as asked:
        shown = client.get(page).content.decode()

    assert "Survey: must_have: 1 answer" in shown
    assert "score it again" in shown
    assert len(asked) <= 14, "\n".join(query["sql"][:400] for query in asked)
