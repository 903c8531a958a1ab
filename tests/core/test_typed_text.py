import pytest

from core.typed_text import paragraphs

LINK = '<a href="{0}" rel="noopener nofollow noreferrer">{0}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("", ""),
        ("  \n\n ", ""),
        ("One.", "<p>One.</p>"),
        ("One.\nTwo.", "<p>One.<br>Two.</p>"),
        ("One.\r\n\r\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("> We'd pay", "<blockquote><p>We&#x27;d pay</p></blockquote>"),
        (
            "She said:\n> never\n> again\nThen left.",
            "<p>She said:</p>\n<blockquote><p>never<br>again</p></blockquote>\n"
            "<p>Then left.</p>",
        ),
        (">no space is no quote", "<p>&gt;no space is no quote</p>"),
        ("<script>x</script>", "<p>&lt;script&gt;x&lt;/script&gt;</p>"),
        ("a &amp; b", "<p>a &amp;amp; b</p>"),
        ("{{ name }}", "<p>{{ name }}</p>"),
    ],
)
def test_typed_text_becomes_escaped_paragraphs(text, html):
    assert paragraphs(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("See https://a.example/b.", f"See {LINK.format('https://a.example/b')}."),
        ("(http://a.example)", f"({LINK.format('http://a.example')})"),
        (
            "https://a.example?b=1&c=2",
            LINK.format("https://a.example?b=1&amp;c=2"),
        ),
        (
            'https://a.example/"onclick="x',
            LINK.format("https://a.example/") + "&quot;onclick=&quot;x",
        ),
    ],
)
def test_web_addresses_become_links_that_tell_nothing(text, html):
    assert paragraphs(text) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    "text", ["javascript:alert(1)", "data:text/html,x", "www.a.example", "a@b.example"]
)
def test_nothing_else_becomes_a_link(text):
    assert "<a" not in paragraphs(text)
