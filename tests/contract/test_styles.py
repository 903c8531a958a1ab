"""House rules of style sheets and scripts: colours, layers, contrast, weight."""

import gzip
import re
from pathlib import Path

import django_htmx
import pytest

ROOT = Path(__file__).resolve().parents[2]
CSS = ROOT / "static/css"
LAYERS = {
    "tokens": {"tokens"},
    "base": {"reset", "base"},
    "layout": {"layout"},
    "components": {"components"},
    "utilities": {"utilities"},
    "print": {"print"},
}
ORDER = "@layer reset, tokens, base, layout, components, utilities, print;"
CSS_MOST, JS_MOST = 12_000, 35_000
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl|oklch|color)a?\(")
PAIR = re.compile(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)")

each_sheet = pytest.mark.parametrize("name", LAYERS)


def sheet(name):
    return COMMENT.sub("", (CSS / f"{name}.css").read_text())


def test_there_are_these_sheets_and_no_others():
    assert {path.stem for path in CSS.glob("*.css")} == set(LAYERS)


@each_sheet
def test_sheet_states_the_order_and_fills_its_own_layer(name):
    text = sheet(name)

    assert text.lstrip().startswith(ORDER)
    assert set(re.findall(r"@layer (\w+) \{", text)) == LAYERS[name]


@each_sheet
def test_colours_stand_in_the_tokens_alone(name):
    if name != "tokens":
        assert COLOUR.findall(sheet(name)) == []


@each_sheet
def test_force_is_used_only_on_paper_and_against_motion(name):
    text = sheet(name)
    if name == "print":
        return
    calm = re.sub(
        r"@media \(prefers-reduced-motion: reduce\) \{\s*[^{}]*\{[^}]*\}\s*\}", "", text
    )

    assert "!important" not in calm


@each_sheet
def test_selectors_hold_no_ids(name):
    selectors = re.findall(r"([^{};]+)\{", sheet(name))

    assert [s.strip() for s in selectors if re.search(r"#[a-zA-Z]", s)] == []


@each_sheet
def test_tokens_used_are_tokens_defined(name):
    defined = set(re.findall(r"--([\w-]+):", sheet("tokens")))

    assert set(re.findall(r"var\(--([\w-]+)\)", sheet(name))) <= defined


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, two):
    lighter, darker = sorted((luminance(one), luminance(two)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def tokens(place):
    both = {name: pair for name, *pair in PAIR.findall(sheet("tokens"))}
    found = {name: pair[place] for name, pair in both.items()}
    return found | {"on-stop": "#FFFFFF"}


TEXT, MARK = 4.5, 3.0


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        ("ink", "paper", TEXT),
        ("ink", "surface", TEXT),
        ("ink-2", "paper", TEXT),
        ("ink-2", "sunken", TEXT),
        ("ink-2", "surface", TEXT),
        ("accent", "paper", TEXT),
        ("accent", "surface", TEXT),
        ("on-accent", "accent", TEXT),
        ("on-stop", "stop-fill", TEXT),
        ("ink", "ok-tint", TEXT),
        ("ink", "watch-tint", TEXT),
        ("ink", "stop-tint", TEXT),
        ("ink", "none-tint", TEXT),
        ("line-strong", "paper", MARK),
        ("line-strong", "surface", MARK),
        ("focus", "paper", MARK),
        ("ok", "surface", MARK),
        ("ok", "ok-tint", MARK),
        ("watch", "surface", MARK),
        ("watch", "watch-tint", MARK),
        ("stop", "surface", MARK),
        ("stop", "stop-tint", MARK),
        ("none", "surface", MARK),
        ("none", "none-tint", MARK),
        ("forecast", "band", MARK),
        ("accent", "band", MARK),
    ],
)
def test_contrast_is_enough_in_both_schemes(front, back, least, scheme):
    colours = tokens(scheme)

    assert contrast(colours[front], colours[back]) >= least


def packed(paths):
    return sum(len(gzip.compress(path.read_bytes())) for path in paths)


def test_style_sheets_are_light():
    assert packed(CSS.glob("*.css")) < CSS_MOST


def test_scripts_of_every_page_are_light():
    htmx = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
    shared = [ROOT / "static/js/app.js", ROOT / "static/vendor/hotkey/hotkey.js"]

    assert packed([htmx, *shared]) < JS_MOST


def test_vendored_script_keeps_its_licence():
    assert (
        "Permission is hereby granted"
        in (ROOT / "static/vendor/hotkey/LICENSE").read_text()
    )
