"""What a client says about its encoding, and what its calendar cannot hold."""

import io
import logging
from uuid import uuid4

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.urls import reverse

from config.wsgi import application
from core.logs import WithoutSecrets
from interviews.models import Interview
from tests.factories import make_member, make_workspace

CODECS = (
    "hex",
    "rot13",
    "idna",
    "undefined",
    "zlib",
    "utf-7",
    "unicode_escape",
    "utf-16",
)
MULTIPART = (
    b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\n+2AA-\r\n--x--\r\n'
)


@pytest.fixture
def through_the_server():
    """(status, headers) of a request as the web server hands it over."""
    request_started.disconnect(close_old_connections)
    request_finished.disconnect(close_old_connections)

    def ask(method, query, content_type, body=b""):
        seen = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": "/accounts/login/",
            "QUERY_STRING": query,
            "CONTENT_TYPE": content_type,
            "CONTENT_LENGTH": str(len(body)),
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
        }
        response = application(environ, lambda *answer: seen.extend(answer[:2]))
        b"".join(response)
        return int(seen[0].split()[0]), dict(seen[1])

    yield ask
    request_started.connect(close_old_connections)
    request_finished.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.parametrize("codec", CODECS)
def test_no_codec_breaks_a_get(through_the_server, codec):
    status, headers = through_the_server(
        "GET", "next=%2Fme%2F", f"text/plain; charset={codec}"
    )

    assert status == 200
    assert "Content-Security-Policy" in headers


@pytest.mark.django_db
@pytest.mark.parametrize("codec", CODECS)
@pytest.mark.parametrize(
    "content_type",
    ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"],
)
def test_a_body_in_another_encoding_is_refused(through_the_server, codec, content_type):
    status, headers = through_the_server(
        "POST", "a=b", f"{content_type}; charset={codec}", MULTIPART
    )

    assert status in (400, 403)
    assert "Content-Security-Policy" in headers


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["latin-1", "utf-16", "hex"])
def test_also_with_the_token_of_the_form(client, owner, charset):
    """Past the check of the origin: nothing is read with letters lost."""
    client.force_login(owner)

    answer = client.generic(
        "POST",
        "/me/",
        b"name=Jos%E9&timezone=UTC&appearance=auto",
        content_type=f"application/x-www-form-urlencoded; charset={charset}",
    )

    assert answer.status_code == 400
    owner.refresh_from_db()
    assert owner.name == "Olga Owner"


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["finish", "draft"])
@pytest.mark.parametrize(
    ("zone", "held_at"),
    [
        ("Asia/Tokyo", "0001-01-01T00:00"),
        ("America/New_York", "9999-12-31T23:59"),
        ("UTC", "1899-12-31T10:00"),
    ],
)
def test_a_talk_at_the_end_of_the_calendar_is_refused_in_words(
    client, page, zone, held_at
):
    workspace = make_workspace("Zone", slug="zone", timezone=zone)
    client.force_login(make_member(workspace).user)
    path = reverse(f"interviews:interview_{page}", args=["zone", uuid4()])

    answer = client.post(
        path,
        {
            "held_at": held_at,
            "kind": "problem",
            "pitched": "never",
            "notes": "She said so.",
            "consent": "notes",
            "base_rev": "0",
        },
    )

    assert answer.status_code == 422
    assert b"She said so." in answer.content
    assert b"The year must lie between 1900 and 2199" in answer.content
    assert not Interview.objects.exists()


@pytest.mark.parametrize(
    "path",
    [
        "/enter/{}/",
        "/invitations/{}/",
        "/accounts/confirm-email/{}/",
        "/accounts/password/reset/key/{}/",
        "/setup/?key={}",
    ],
)
def test_no_token_is_logged(path):
    token = "Zm9v-bar_0123456789"
    record = logging.LogRecord(
        "django.request",
        logging.WARNING,
        __file__,
        1,
        "Forbidden: %s",
        (path.format(token),),
        None,
    )

    WithoutSecrets().filter(record)

    assert token not in record.getMessage()


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages"])
def test_no_cookie_breaks_a_page(client, name):
    """A quoted cookie may hold NUL, which PostgreSQL refuses to look for."""
    client.cookies[name] = "x"
    client.cookies[name].set(name, "\x00" * 20, '"' + "\\000" * 20 + '"')

    assert client.get("/accounts/login/").status_code == 200
    assert client.get("/me/").status_code == 302
