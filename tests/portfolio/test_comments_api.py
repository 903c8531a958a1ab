"""Comments over the API: opened, answered, corrected, resolved."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from core.models import ActivityEntry, Delivery, Role
from milestones.models import Score
from portfolio.models import Comment, Thread
from tests.api_client import Asking
from tests.factories import NOW, make_metric, make_user, make_workspace
from tests.helpers import text_of
from tests.portfolio.commenting import comment_on, signed_in, thread_url
from tests.world import make_world

pytestmark = pytest.mark.django_db
WRITERS = [Role.OWNER, Role.FOUNDER, Role.MEMBER, Role.ADVISOR]


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def metric(workspace):
    return make_metric(workspace, "Orders per day")


@pytest.fixture
def asking(client, workspace):
    return lambda role: Asking(client, workspace, role)


def about(metric, text="How do you know?", **more):
    return {"about": "metric", "subject": str(metric.pk), "text": text} | more


@pytest.mark.parametrize("role", WRITERS)
def test_who_belongs_to_it_comments_and_the_page_shows_it(client, metric, asking, role):
    call = asking(role)

    answer = call.post("/threads", about(metric))

    thread = Thread.objects.get()
    told = answer.json()
    assert answer.status_code == 201
    assert (told["id"], told["subject_name"]) == (str(thread.pk), "Orders per day")
    assert (told["comments"], told["is_founders_only"]) == (1, False)
    assert thread.comments.get().by == call.by
    page = signed_in(client, call.by).get(thread_url(thread))
    assert "How do you know?" in text_of(page)


def test_an_observer_reads_and_writes_nothing(metric, asking, owner):
    thread = comment_on(metric, "Why Tuesday?", by=owner).thread
    call = asking(Role.OBSERVER)
    paths = [
        f"/threads/{thread.pk}/{part}" for part in ("comments", "resolve", "reopen")
    ]

    statuses = [call.post(path, {"text": "x"}).status_code for path in paths]
    read = call.get(f"/threads/{thread.pk}/comments").json()

    assert call.post("/threads", about(metric)).status_code == 403
    assert call.put("/comments/1", {"revision": 1, "text": "x"}).status_code == 403
    assert statuses == [403, 403, 403]
    assert [one["text"] for one in read["items"]] == ["Why Tuesday?"]
    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "status"), [(Role.FOUNDER, 201), (Role.MEMBER, 422), (Role.ADVISOR, 422)]
)
def test_those_who_decide_speak_to_founders_alone(metric, asking, role, status):
    answer = asking(role).post("/threads", about(metric, is_founders_only=True))

    assert answer.status_code == status
    assert Thread.objects.filter(is_founders_only=True).exists() == (status == 201)


def test_what_only_founders_know_of_is_not_there_for_others(metric, asking, owner):
    said = comment_on(metric, "Between us.", by=owner, is_founders_only=True)
    call = asking(Role.ADVISOR)

    for part in ("comments", "resolve"):
        path = f"/threads/{said.thread_id}/{part}"
        assert call.post(path, {"text": "x"}).status_code == 404
    change = {"revision": 1, "text": "x"}
    assert call.put(f"/comments/{said.number}", change).status_code == 404


def test_an_answer_tells_those_who_take_part(metric, asking, owner):
    thread = comment_on(metric, by=owner).thread

    answer = asking(Role.ADVISOR).post(
        f"/threads/{thread.pk}/comments", {"text": "From the till."}
    )

    told = answer.json()
    assert answer.status_code == 201
    assert (told["number"], told["revision"], told["text"]) == (2, 1, "From the till.")
    assert Delivery.objects.get(kind="comment_reply").recipient == owner


def test_a_correction_is_a_row_of_its_own(metric, asking):
    call = asking(Role.MEMBER)
    thread = call.post("/threads", about(metric)).json()["id"]

    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        once = call.put("/comments/1", {"revision": 1, "text": "How many do you know?"})
        late = call.put("/comments/1", {"revision": 1, "text": "Which?"})

    assert (once.status_code, once.json()["revision"]) == (200, 2)
    assert once.json()["corrected_at"] is not None
    assert (late.status_code, late.json()["rev"]) == (409, 2)
    [said] = call.get(f"/threads/{thread}/comments").json()["items"]
    assert (said["text"], said["revision"]) == ("How many do you know?", 2)
    assert Comment.objects.count() == 2


def test_only_its_writer_corrects_it(metric, asking, owner):
    comment_on(metric, by=owner)
    call = asking(Role.FOUNDER)

    for number in (1, 99):
        answer = call.put(f"/comments/{number}", {"revision": 1, "text": "Mine."})
        assert answer.status_code == 404
    assert Comment.objects.count() == 1


def test_resolved_and_opened_again_each_is_told_once(metric, asking, owner):
    thread = comment_on(metric, by=owner).thread
    call = asking(Role.ADVISOR)

    done = [call.post(f"/threads/{thread.pk}/resolve") for _ in range(2)]
    again = [call.post(f"/threads/{thread.pk}/reopen") for _ in range(2)]

    assert [one.status_code for one in done + again] == [200] * 4
    assert done[1].json()["resolved_at"] is not None
    assert again[1].json()["resolved_at"] is None
    for verb in ("thread.resolved", "thread.reopened"):
        assert ActivityEntry.objects.filter(verb=verb).count() == 1


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "x" * 10_001, None])
def test_what_cannot_be_kept_is_refused(metric, asking, text):
    call = asking(Role.OWNER)
    body = about(metric, text)

    answers = [call.post("/threads", body)]
    thread = call.post("/threads", about(metric)).json()["id"]
    answers.append(call.post(f"/threads/{thread}/comments", {"text": text}))

    for answer in answers:
        assert answer.status_code == 422
        assert "text" in answer.json()["errors"]
    assert Comment.objects.count() == 1


def test_what_is_not_there_is_not_found(metric, asking):
    call = asking(Role.OWNER)
    foreign = make_metric(make_workspace(), "Orders")

    unknown = call.post("/threads", about(metric, subject=str(uuid4())))
    theirs = call.post("/threads", about(foreign))
    nothing = call.post("/threads", about(metric) | {"about": "person"})

    assert (unknown.status_code, theirs.status_code) == (404, 404)
    assert unknown.content == theirs.content
    assert nothing.status_code == 422
    said = comment_on(foreign, by=make_user())
    answer = call.post(f"/threads/{said.thread_id}/comments", {"text": "x"})
    assert answer.status_code == 404


def test_whoever_owes_a_score_says_nothing_of_it_before(client):
    world = make_world(make_workspace("Rota", slug="rota"))
    question = Score.objects.filter(workspace=world.workspace).first().question
    thread = comment_on(question, "Too high.", by=world.by).thread
    call = Asking(client, world.workspace, Role.FOUNDER, is_leadership=True)
    body = {"about": "question", "subject": str(question.pk), "text": "Too low."}

    opened = call.post("/threads", body)
    answered = call.post(f"/threads/{thread.pk}/comments", {"text": "Too low."})
    read = call.get(f"/threads/{thread.pk}/comments").json()["items"]

    assert (opened.status_code, answered.status_code, read) == (422, 422, [])
    assert "Score the question first" in opened.json()["detail"]
    first = call.get("/shared").json()["segment"]["questions"][0]
    assert first["id"] == str(question.pk)
