"""What hostile or careless people type, by kind of field; and forms as a browser reads them."""

from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup

MARKUP = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1) hx-get='/' style=color:red>",
    "' autofocus onfocus='alert(1)' x='",
    "</title></textarea></select><svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a><iframe srcdoc=x></iframe>",
    "javascript:alert(1)",
    "https://x.example/\" onmouseover=\"alert(1)' hx-on:click='alert(1)",
    "{{ 7|add:7 }}{% debug %}${7*7}%(name)s%s{0}",
    "&lt;script&gt;alert(1)&lt;/script&gt;&#60;b onclick=x&#62;",
    "<<script>script>alert(1)<</script>/script> <b hx-on::load=x data-hx-get=/>",
)
TEXTS = (
    *MARKUP,
    "Acme\r\nBcc: victim@example.com\r\n\r\nbody",
    "\N{RIGHT-TO-LEFT OVERRIDE}gpj.exe \N{ZERO WIDTH SPACE}\N{ZERO WIDTH JOINER}",
    "\N{PILE OF POO}" * 40,
    "A\u0301\u0302\u0303" * 60,
    "\N{BYTE ORDER MARK}=cmd|' /C calc'!A0",
    "-" * 5000,
    " \t\n ",
    "",
    "\x0b\x1b[31mred\x7f\x85\u2028",
    "\ud800 lone",
    "a\x00b",
    "x" * 70000,
)
NUMBERS = (
    *("1e400", "NaN", "-Infinity", "-5", "\N{MINUS SIGN}5", "1.234", "2,100", "9" * 40),
    *("9" * 5000, "0", "-0", "0.0000001", "1_000", "٣", "½", "12 %", "=1+1", "on"),
    *("2147483648", "9223372036854775808", "-9223372036854775809", "true", "1 e 5"),
)
DATES = (
    *(
        "0001-01-01",
        "9999-12-31",
        "2026-02-30",
        "1900-01-01",
        "2199-12-31",
        "30.2.2026",
    ),
    *(
        "0001-01-01T00:00",
        "9999-12-31T23:59",
        "2026-03-29T02:30",
        "2026-W44",
        "1999-Q3",
    ),
    *("2026-10-26", "2026-11-02", "2026-11-09", "1999", "2026-10", "10000-01-01"),
    *("2026-10-26..2026-10-26", "0000-00-00", "2026-10-25T02:30", "12/11/2026"),
)
IDS = (
    "00000000-0000-0000-0000-000000000000",
    "not-an-id",
    "1",
    "../../etc/passwd",
)
ANY = TEXTS + NUMBERS + DATES + IDS


@dataclass(frozen=True)
class Field:
    """`values`: what a browser could send; the first is what stands there."""

    name: str
    kind: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Form:
    method: str
    path: str
    fields: tuple[Field, ...]


def forms_in(html, url):
    """Every form of a page, those of inputs that stand outside of it included."""
    page = BeautifulSoup(html, "html.parser")
    found = []
    for form in page.find_all("form"):
        inner = form.find_all(["input", "select", "textarea", "button"])
        outer = page.select(f"[form='{form['id']}']") if form.get("id") else []
        fields = [field_of(one) for one in [*inner, *outer] if one.get("name")]
        path = urlsplit(urljoin(f"http://x{url}", form.get("action") or url))
        target = path.path + (f"?{path.query}" if path.query else "")
        found.append(Form(form.get("method", "get").lower(), target, tuple(fields)))
    return found


def field_of(tag):
    kind = tag.get("type", "text") if tag.name in ("input", "button") else tag.name
    if tag.name == "select":
        options = tag.find_all("option")
        chosen = [one for one in options if one.has_attr("selected")]
        values = [one.get("value", one.text) for one in [*chosen, *options]]
    elif tag.name == "textarea":
        values = [tag.text.removeprefix("\n")]
    else:
        values = [tag.get("value", "on" if kind in ("checkbox", "radio") else "")]
    return Field(tag["name"], kind, tuple(values) or ("",))
