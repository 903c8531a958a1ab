"""Forms that were drawn before the model changed, and days before it did."""

import pytest

from core.models import Role
from milestones.actions import review_score, start_version, tick_criteria
from milestones.actions.criteria import Tick
from tests.api_client import Asking
from tests.factories import NOW
from tests.helpers import text_of
from tests.milestones.rows import (
    ANSWER,
    REASON,
    answer,
    open_market,
    question,
    score,
    talks,
    url,
)

WHY = "Nobody pays by the seat; three clinics asked for a price by the site."
CHANGED = "The model changed in between"

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def market(workspace, founder):
    return open_market(workspace, founder)


def pivot(workspace, by, now=NOW):
    fields = {"changes": ["price"], "what_changed": WHY}
    start_version(workspace, by=by, now=now, **fields)


def drawn_before(workspace, by, advisor):
    """What forms of question 2 send that were drawn before the model changed."""
    row = question(workspace, 2)
    talks(row, 1, by=by)
    ticks = [Tick(1, "yes", "They showed us the invoice.", None)]
    (ticked,) = tick_criteria(row, by=by, ticks=ticks, now=NOW)
    opinion = review_score(row, by=advisor, value=1, reason=REASON, now=NOW)
    forms = {
        "score_add": {"value": 1, "reason": REASON, "follows": score(row, 1, by=by).pk},
        "answer_edit": {"statement": ANSWER, "follows": answer(row, by=by).pk},
        "review_add": {"value": 2, "reason": REASON, "follows": opinion.pk},
        "criterion_set": {f"state_{n}": "unknown" for n in range(1, 9)}
        | {"state_1": "no", "note_1": REASON, "follows_1": ticked.pk},
    }
    pivot(workspace, by)
    return forms


def test_forms_drawn_before_it_say_that_the_model_changed(
    client, workspace, founder, advisor, market
):
    forms = drawn_before(workspace, founder, advisor)
    answers = {}
    for name, data in forms.items():
        client.force_login(advisor if name == "review_add" else founder)
        response = client.post(url(name, workspace, 2), data)
        body = text_of(response)
        typed = data.get("reason") or data.get("statement") or data["note_1"]
        answers[name] = (
            response.status_code,
            CHANGED in body,
            typed.encode() in response.content,
        )

    assert answers == dict.fromkeys(forms, (409, True, True))


def test_the_api_says_to_follow_no_row(client, workspace, founder, market):
    asking = Asking(client, workspace, Role.FOUNDER)
    row = question(workspace, 2)
    old = score(row, 1, by=asking.by)
    pivot(workspace, founder)

    body = {"value": 1, "reason": REASON, "follows": str(old.pk)}
    answered = asking.post("/questions/2/scores", body)

    assert answered.status_code == 409
    assert answered.json()["detail"] == (
        "Nothing is written under this version of the model: follow no row."
    )
