"""House rules of templates: one broken rule, one failing test, by file and line."""

import re

import pytest

from core.chips import CHIPS
from tests.contract.markup import ROOT, TEMPLATES, name_of, our_templates, tags_of

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

every_template = pytest.mark.parametrize("path", our_templates(), ids=name_of)


def found(path, wrong):
    """`<tag> line` of each tag the rule catches."""
    return [
        f"<{tag.name}> {tag.line}" for tag in tags_of(path.read_text()) if wrong(tag)
    ]


def style_classes():
    sheets = (ROOT / "static/css").glob("*.css")
    return {name for sheet in sheets for name in CLASS.findall(sheet.read_text())}


@every_template
def test_template_is_short_and_named_in_lower_case(path):
    is_alien = path.relative_to(TEMPLATES).parts[0] in ALIEN

    assert len(path.read_text().splitlines()) <= LONGEST
    assert is_alien or re.fullmatch(r"_?[a-z0-9]+(_[a-z0-9]+)*\.html", path.name)


@pytest.mark.parametrize(
    "path", [p for p in our_templates() if p.name.startswith("_")], ids=name_of
)
def test_part_begins_by_naming_its_context(path):
    assert re.match(r"\{# \S.*#\}|\{% comment %\}\s*\S", path.read_text())


@every_template
def test_template_has_no_attribute_the_policy_or_the_house_forbids(path):
    def is_wrong(tag):
        names = set(tag.attributes)
        return names & FORBIDDEN or any(
            name.startswith(("on", "hx-on", "data-hx-on")) for name in names
        )

    assert found(path, is_wrong) == []
    assert WRITTEN.findall(path.read_text()) == []


@every_template
def test_template_has_no_code_or_style_inside(path):
    def is_wrong(tag):
        return tag.name == "style" or (
            tag.name == "script" and "src" not in tag.attributes
        )

    assert found(path, is_wrong) == []


@every_template
def test_triggers_have_no_filter(path):
    assert found(path, lambda tag: "[" in tag.attributes.get("hx-trigger", "")) == []


@every_template
def test_htmx_posts_only_real_forms(path):
    def is_wrong(tag):
        return "hx-post" in tag.attributes and (
            tag.name != "form"
            or tag.attributes.get("method") != "post"
            or "action" not in tag.attributes
        )

    assert found(path, is_wrong) == []


@every_template
def test_posting_forms_carry_the_token(path):
    def is_wrong(tag):
        text = "".join(tag.inside)
        is_post = tag.name == "form" and tag.attributes.get("method") == "post"
        return is_post and "¤csrf¤" not in text and "¤slot¤" not in text

    assert found(path, is_wrong) == []


@every_template
def test_htmx_links_lead_somewhere_without_it(path):
    def is_wrong(tag):
        is_form = tag.name == "form" and tag.attributes.get("method") in {"get", "post"}
        is_link = tag.name == "a" and "href" in tag.attributes
        is_control = tag.name in {"input", "select", "textarea"}
        polls = tag.attributes.get("hx-trigger", "").startswith("every")
        works = is_form or is_link or is_control or polls
        return "hx-get" in tag.attributes and not works

    assert found(path, is_wrong) == []


@every_template
def test_late_parts_name_a_target_that_exists(path):
    ids = {
        tag.attributes["id"]
        for other in our_templates()
        for tag in tags_of(other.read_text())
        if "id" in tag.attributes
    }

    def is_wrong(tag):
        target = tag.attributes.get("hx-target", "")
        return target.startswith("#") and "¤" not in target and target[1:] not in ids

    assert found(path, is_wrong) == []


@every_template
def test_at_most_two_classes_beside_a_state(path):
    def is_wrong(tag):
        named = [c for c in tag.classes if not ONLY_STATES.fullmatch(c)]
        return len(set(named) - MODIFIERS) > 2

    assert found(path, is_wrong) == []


@every_template
def test_every_class_is_in_the_style_sheet(path):
    used = {name for tag in tags_of(path.read_text()) for name in tag.classes}

    assert used - style_classes() - HOOKS == set()


@every_template
def test_pages_leave_their_heading_to_the_frame(path):
    text = path.read_text()
    is_frame = path.relative_to(TEMPLATES).parts[0] in {*ALIEN, "base.html"}
    is_page = '"base.html"' in text or '"base_workspace.html"' in text
    draws_it = "block page_head" in text

    if is_page and not is_frame and not draws_it:
        assert "<h1" not in text


def test_every_symbol_is_in_the_sprite():
    sprite = (ROOT / "static/img/sprite.svg").read_text()
    symbols = set(re.findall(r'<symbol id="(\w+)"', sprite))
    named = {
        one or two
        for path in our_templates()
        for one, two in ICON.findall(path.read_text())
    }

    assert named | {chip.icon for chip in CHIPS.values()} <= symbols


def test_every_chip_is_in_the_closed_list():
    named = {
        code for path in our_templates() for code in CHIP.findall(path.read_text())
    }

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
