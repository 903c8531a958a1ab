"""Tables that nobody honest would send, through the pages of an import."""

import io
import time
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from core.importing.importer import fields_of
from core.importing.plans import guess
from core.models import ImportRun
from discovery.models import Person

pytestmark = pytest.mark.django_db

LIMIT_SECONDS = 10
CHOICES = {"duplicates": "fill", "source": "cold", "consent": "notes"}
PLAIN = "Name,Company\nDana,Acme\nLée,Nörth\n"


def book(*rows):
    made, out = Workbook(), io.BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(out)
    return out.getvalue()


def archive(*parts, like=b""):
    """A zip that calls itself a workbook, with these (name, content) parts."""
    out = io.BytesIO(like)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            new.writestr(name, content)
    return out.getvalue()


def sheet(*, after=b"", before=b""):
    return archive(
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/worksheets/sheet1.xml", before + b"<worksheet/>" + after),
    )


ENTITIES = b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY d "&b;&b;">]>'
REFUSED = {
    "nothing": (b"", "There is nothing in it"),
    "only spaces": (b" \n\t\n", "There is nothing in it"),
    "only a byte order mark": (b"\xef\xbb\xbf", "There is nothing in it"),
    "only a header": (b"Name,Company\n", "no row below it"),
    "null characters": (b"Name\nDa\0na\n", "it holds null characters"),
    "a damaged utf-16": (b"\xff\xfeN\0a", "but it is damaged"),
    "a cell of 1 MB": (b"Name\n" + b"x" * 1_000_000, "more than 10,000 characters"),
    "a long quoted cell": (b'Name\n"' + b"x" * 20_000 + b'"\n', "20,000 characters"),
    "20,000 columns": (b",".join([b"x"] * 20_000) + b"\n1\n", "20,000 columns"),
    "10,001 rows": (b"Name\n" + b"x\n" * 10_001, "more than 10,000 rows"),
    "a million rows": (b"Name\n" + b"x\n" * 1_000_000, "more than 10,000 rows"),
    "more than 10 MB": (b"Name\n" + b"x" * 11_000_000, "larger than 10 MB"),
    "an open quote": (b'Name,Company\nDana,"Acme\nLee,North\n', "never closed"),
    "a quote inside": (b'Name,Company\n"Da"na,Acme\n', "quotation mark"),
    "a row too wide": (b"Name\nDana,Acme\n", "more than 1 cells"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01", "null characters"),
    "a pdf": (b"%PDF-1.7\n", "This is a PDF"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old or protected Excel"),
    "a plain archive": (archive(("a.txt", b"x")), "not an Excel workbook"),
    "entities": (sheet(before=ENTITIES), "XML that is not read"),
    "a packed sheet": (sheet(after=b" " * 30_000_000), "packed too hard"),
    "a nested archive": (
        archive(("xl/workbook.xml", b""), ("x.zip", b"")),
        "holds other files",
    ),
    "a way out": (
        archive(("xl/workbook.xml", b""), ("../../x.xml", b"")),
        "holds other files",
    ),
    "many parts": (
        archive(("xl/workbook.xml", b""), *((f"p{n}", b"") for n in range(1001))),
        "too many parts",
    ),
    "half a workbook": (book(["Name"], ["Dana"])[:-200], "damaged"),
    "a formula without a value": (book(["Name"], ["=1+1"]), "holds a formula"),
}
TAKEN = {
    "utf-8": PLAIN.encode(),
    "utf-8 with mark": PLAIN.encode("utf-8-sig"),
    "utf-16": PLAIN.encode("utf-16"),
    "utf-16, big end": b"\xfe\xff" + PLAIN.encode("utf-16-be"),
    "windows-1252": PLAIN.encode("cp1252"),
    "semicolons": PLAIN.replace(",", ";").encode(),
    "tabs": PLAIN.replace(",", "\t").encode(),
    "lone carriage returns": PLAIN.replace("\n", "\r").encode(),
    "windows line ends": PLAIN.replace("\n", "\r\n").encode(),
    "no end of line": PLAIN.strip().encode(),
    "newlines in quotes": b'Name,Company\n"Dana\nRuiz","Ac\nme"\n',
    "the same heading twice": b"Name,Name,Company\nDana,Ruiz,Acme\n",
    "a column without a heading": b"Name,,Company\nDana,x,Acme\n",
    "formulas": b"Name,Company\n=cmd|' /C calc'!A0,@SUM(1)\n+1,-1\n",
    "markup": b'Name,Company\n<script>alert(1)</script>,"\'><img src=x onerror=a>"\n',
    "dates of all styles": (
        b"Name,Next step on\na,2026-11-02\nb,02.11.2026\nc,13/11/2026\nd,3/4/2026\n"
        b"e,2 Nov 2026\nf,Nov 2 2026\ng,20261102\nh,31.02.2026\ni,0001-01-01\n"
    ),
    "numbers that are none": b"Name,Phone\nNaN,1e400\nInfinity,-1e-400\n1.5,1\xc2\xa0000\n",
    "letters of all kinds": "Name\n\u202eDana\u200b\n\U0001d507\U0001d51e\n\U0001f600\nZ͑ͫ̓a\n".encode(),
    "control letters": b"Name\nDa\x07na\x1b[31m\n\x7f\n",
    "a name of 9,000 letters": b"Name\n" + b"x" * 9000 + b"\n",
    "addresses that are none": b"Name,E-Mail\na,@\nb,b@\nc,c@c.c\r\nd,d d@e.example\n",
    "two hundred columns": b",".join(b"c%d" % n for n in range(200))
    + b"\n"
    + b"x," * 199,
    "a workbook": book(["Name", "Company"], ["Dana", 1], [True, 2.5]),
}


@pytest.fixture
def signed_in(client, member):
    client.force_login(member)
    return client


def page(name, *ids):
    return reverse(f"core:{name}", args=["acme", *ids])


def upload(client, data):
    begun = time.monotonic()
    file = SimpleUploadedFile("people.csv", data)
    response = client.post(page("import_new"), {"kind": "people", "file": file})
    assert time.monotonic() - begun < LIMIT_SECONDS
    return response


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_in_words(signed_in, name):
    data, words = REFUSED[name]

    response = upload(signed_in, data)

    assert response.status_code == 422
    assert words in response.content.decode()
    assert ImportRun.objects.count() == 0


def walk(client, data):
    """Through all steps, with whatever has problems left out; the run at the end."""
    begun = time.monotonic()
    response = upload(client, data)
    assert response.status_code == 303, response.content.decode()
    run = ImportRun.objects.latest("created_at")
    mapping = guess(run.header, fields_of(run))
    mapping = mapping if "name" in mapping.values() else {"0": "name"}
    columns = {f"column-{place}": name for place, name in mapping.items()}
    for name, fields in (
        ("import_map", columns | CHOICES),
        ("import_skip", {}),
        ("import_run", {}),
    ):
        assert client.post(page(name, run.pk), fields).status_code == 303
        assert (
            client.get(page("import_progress", run.pk), follow=True).status_code == 200
        )
    assert client.get(page("import_result", run.pk) + "?format=csv").status_code == 200
    assert time.monotonic() - begun < LIMIT_SECONDS
    run.refresh_from_db()
    return run


@pytest.mark.parametrize("name", TAKEN)
def test_what_can_be_read_comes_in_once(signed_in, name):
    first = walk(signed_in, TAKEN[name])
    count = Person.objects.count()

    again = walk(signed_in, TAKEN[name])

    assert first.state == again.state == ImportRun.State.DONE
    assert first.result.get("created", 0) == count
    assert again.result.get("created", 0) == 0
    assert Person.objects.count() == count


@pytest.mark.parametrize("name", ["utf-8", "utf-16", "windows-1252", "tabs"])
def test_letters_come_through_every_encoding(signed_in, name):
    walk(signed_in, TAKEN[name])

    assert sorted(map(str, Person.objects.all())) == ["Dana, Acme", "Lée, Nörth"]


def test_markup_in_cells_is_text_on_every_step(signed_in):
    upload(signed_in, b"<b>Name</b>,E-Mail\n<script>x</script>,<i>\n")
    run = ImportRun.objects.get()
    fields = {"column-0": "name", "column-1": "email"} | CHOICES

    bodies = [signed_in.get(page("import_map", run.pk)).content.decode()]
    signed_in.post(page("import_map", run.pk), fields)
    bodies.append(signed_in.get(page("import_check", run.pk)).content.decode())

    for body in bodies:
        assert "<script>x" not in body
        assert "<b>Name" not in body
        assert "&lt;script&gt;x" in body


def test_ten_thousand_rows_are_taken(signed_in):
    response = upload(signed_in, b"Name\n" + b"x\n" * 10_000)

    assert response.status_code == 303
    assert ImportRun.objects.get().total == 10_000
