"""House rules of templates: one broken rule, one failing test, which names files and lines."""

import re

import pytest

from core.chips import CHIPS
from tests.contract.markup import (
    ROOT,
    TEMPLATES,
    name_of,
    our_templates,
    read,
    tags_of,
)

LONGEST = 150
ALIEN = {"allauth", "account", "django"}
FORBIDDEN = {
    "style",
    "hx-boost",
    "hx-confirm",
    "hx-disabled-elt",
    "hx-headers",
    "hx-delete",
    "hx-put",
    "hx-patch",
    "data-hx-boost",
}
WRITTEN = re.compile(r"\|\s*safe\b|autoescape off|\bjs:|javascript:|morph:\{")
ICON = re.compile(r"""\{% icon ["'](\w+)["']|_icon\.html["'] with name=["'](\w+)["']""")
CHIP = re.compile(r"""\{% chip ["'](\w+)["']""")
CLASS = re.compile(r"\.([a-z][\w-]*)")
ONLY_STATES = re.compile(r"is-[\w-]+")
# What modifies another class, or does one single thing, is not counted.
MODIFIERS = {"quiet", "plain", "tight", "muted", "small", "num", "measure", "no-print"}
HOOKS = {"htmx-indicator", "is-none"}


def caught(wrong):
    """`file:line <tag>` of each tag the rule catches, in all templates."""
    return [
        f"{name_of(path)}:{tag.line} <{tag.name}>"
        for path in our_templates()
        for tag in tags_of(read(path))
        if wrong(tag)
    ]


def broken(holds, paths=None):
    """The files that do not keep the rule."""
    paths = our_templates() if paths is None else paths
    return [name_of(path) for path in paths if not holds(path)]


def style_classes():
    sheets = (ROOT / "static/css").glob("*.css")
    return {name for sheet in sheets for name in CLASS.findall(sheet.read_text())}


def test_there_are_templates():
    """So that the rules below have something to be broken by."""
    assert len(our_templates()) > 100


def test_templates_are_short_and_named_in_lower_case():
    def holds(path):
        is_alien = path.relative_to(TEMPLATES).parts[0] in ALIEN
        is_named = re.fullmatch(r"_?[a-z0-9]+(_[a-z0-9]+)*\.html", path.name)
        return len(read(path).splitlines()) <= LONGEST and (is_alien or is_named)

    assert broken(holds) == []


def test_parts_begin_by_naming_their_context():
    parts = [path for path in our_templates() if path.name.startswith("_")]
    opening = re.compile(r"\{# \S.*#\}|\{% comment %\}\s*\S")

    assert broken(lambda path: opening.match(read(path)), parts) == []


def test_no_attribute_that_the_policy_or_the_house_forbids():
    def is_wrong(tag):
        names = set(tag.attributes)
        return names & FORBIDDEN or any(
            name.startswith(("on", "hx-on", "data-hx-on")) for name in names
        )

    assert caught(is_wrong) == []
    assert broken(lambda path: not WRITTEN.search(read(path))) == []


def test_no_code_or_style_inside():
    def is_wrong(tag):
        return tag.name == "style" or (
            tag.name == "script" and "src" not in tag.attributes
        )

    assert caught(is_wrong) == []


def test_texts_are_cut_after_names_are_masked():
    """Of half a name nobody could tell that it is one. What a reader typed is theirs."""
    cut = re.compile(r"^(?!.*data-as-typed).*\|(?:truncate|slice:\"?:\d+\"? *}})", re.M)

    assert broken(lambda path: not cut.search(read(path))) == []


def test_triggers_have_no_filter():
    assert caught(lambda tag: "[" in tag.attributes.get("hx-trigger", "")) == []


def test_htmx_posts_only_real_forms():
    def is_wrong(tag):
        return "hx-post" in tag.attributes and (
            tag.name != "form"
            or tag.attributes.get("method") != "post"
            or "action" not in tag.attributes
        )

    assert caught(is_wrong) == []


def test_posting_forms_carry_the_token():
    def is_wrong(tag):
        text = "".join(tag.inside)
        is_post = tag.name == "form" and tag.attributes.get("method") == "post"
        return is_post and "¤csrf¤" not in text and "¤slot¤" not in text

    assert caught(is_wrong) == []


def test_htmx_links_lead_somewhere_without_it():
    def is_wrong(tag):
        is_form = tag.name == "form" and tag.attributes.get("method") in {"get", "post"}
        is_link = tag.name == "a" and "href" in tag.attributes
        is_control = tag.name in {"input", "select", "textarea"}
        polls = tag.attributes.get("hx-trigger", "").startswith("every")
        works = is_form or is_link or is_control or polls
        return "hx-get" in tag.attributes and not works

    assert caught(is_wrong) == []


def test_late_parts_name_a_target_that_exists():
    ids = {
        tag.attributes["id"]
        for path in our_templates()
        for tag in tags_of(read(path))
        if "id" in tag.attributes
    }

    def is_wrong(tag):
        target = tag.attributes.get("hx-target", "")
        return target.startswith("#") and "¤" not in target and target[1:] not in ids

    assert caught(is_wrong) == []


def test_at_most_two_classes_beside_a_state():
    def is_wrong(tag):
        named = [c for c in tag.classes if not ONLY_STATES.fullmatch(c)]
        return len(set(named) - MODIFIERS) > 2

    assert caught(is_wrong) == []


def test_every_class_is_in_the_style_sheet():
    known = style_classes() | HOOKS

    assert caught(lambda tag: set(tag.classes) - known) == []


def test_pages_leave_their_heading_to_the_frame():
    def holds(path):
        text = read(path)
        is_frame = path.relative_to(TEMPLATES).parts[0] in {*ALIEN, "base.html"}
        is_page = '"base.html"' in text or '"base_workspace.html"' in text
        draws_it = "block page_head" in text
        return is_frame or not is_page or draws_it or "<h1" not in text

    assert broken(holds) == []


def test_every_symbol_is_in_the_sprite():
    sprite = (ROOT / "static/img/sprite.svg").read_text()
    symbols = set(re.findall(r'<symbol id="(\w+)"', sprite))
    named = {
        one or two for path in our_templates() for one, two in ICON.findall(read(path))
    }

    assert named | {chip.icon for chip in CHIPS.values()} <= symbols


def test_every_chip_is_in_the_closed_list():
    named = {code for path in our_templates() for code in CHIP.findall(read(path))}

    assert named <= set(CHIPS)


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        ('<p style="color:red">', "style"),
        ('<form method="post"><button></form>', "token"),
        ('<div {% if a %}class="x"{% endif %} onclick="x()">', "handler"),
        ("<script>go()</script>", "script"),
    ],
)
def test_reader_sees_what_the_rules_are_about(source, rule):
    tag = tags_of(source)[0]

    assert {
        "style": "style" in tag.attributes,
        "token": "¤csrf¤" not in "".join(tag.inside),
        "handler": "onclick" in tag.attributes,
        "script": tag.name == "script" and "src" not in tag.attributes,
    }[rule]
