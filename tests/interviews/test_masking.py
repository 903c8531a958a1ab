import json

import pytest

from interviews.masked_markup import mask_json, mask_page, mask_table
from interviews.masking import Known, names_of

KNOWN = [
    Known("Dana Ruiz", "dana@x.example", "+34 915 550 199", "Person 1", has_parts=True),
    Known("Jo Li", "", "", "Person 2", has_parts=True),
    Known("Mark O'Brien", "", "", "Person 3", has_parts=True),
    Known("May Ruiz", "", "030 / 123 45 67", "Person 4", has_parts=True),
    Known("Jürgen von Maß", "", "12", "Person 5", has_parts=True),
    Known("山田 太郎", "", "", "Person 6", has_parts=True),
    Known("Person Seven", "", "", "Person 7", has_parts=True),
    Known("Ana Boss", "", "", "Person 8", has_parts=True),
    Known("Tom Ray", "", "", "Person 9", has_parts=True),
    Known("Acme Clinic", alias="Organisation 1"),
    Known("Field", alias="Organisation 2"),
    Known("37", alias="Organisation 3"),
    Known("X", alias="Organisation 4"),
    # the team, and the venture itself
    Known("Ana Boss"),
    Known("Dana Boss"),
    Known(""),
]
NAMES = names_of(KNOWN)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        # whatever capitals, gaps, accents, joints
        ("dana  ruiz left", "Person 1 left"),
        ("Dana\n  Ruiz left", "Person 1 left"),
        ("DÁNA RUÍZ", "Person 1"),
        ("Da\u0301na-Ruíz left", "Person 1 left"),
        ("Ruiz, Dana", "Person 1"),
        ("see x.example/in/dana_ruiz", "see x.example/in/Person 1"),
        ("in/dana%20ruiz/", "in/Person 1/"),
        ("Jürgen von Mass", "Person 5"),
        ("Jurgen", "Person 5"),
        ("von hier", "von hier"),
        # parts, and who else has them
        ("Dana left", "Person 1 left"),
        ("Ruiz left", "[name] left"),
        ("Jo left", "Jo left"),
        ("Jo Li's desk", "Person 2's desk"),
        ("Bogdana", "Bogdana"),
        ("Dana and then Ruiz", "Person 1 and then [name]"),
        ("Dana", "Person 1"),
        # words that are names with a capital, and months
        ("mark the day", "mark the day"),
        ("Mark said so", "Person 3 said so"),
        ("O'Brien and O\u2019Brien", "Person 3 and Person 3"),
        ("may be", "may be"),
        ("May be", "Person 4 be"),
        ("12 May 2026", "12 May 2026"),
        ("due in May, 12 of them", "due in May, 12 of them"),
        ("a field, the Field", "a field, the Organisation 2"),
        # firms as a whole
        ("At Acme Clinic's desk", "At Organisation 1's desk"),
        ("Acme", "Acme"),
        ("37 of X", "37 of X"),
        # addresses and numbers
        ("write to DANA@x.example.", "write to Person 1."),
        ("dana%40x.example", "Person 1"),
        ("call +34 915 550 199 now", "call Person 1 now"),
        ("call 0034-915-550199", "call Person 1"),
        ("915550199", "Person 1"),
        ("+34 (0)915 55 01 99", "Person 1"),
        ("1 of 2 030 1234567 at 9", "1 of 2 Person 4 at 9"),
        ("8,000 of 1 234 567", "8,000 of 1 234 567"),
        # scripts without spaces
        ("山田太郎さんは", "Person 6さんは"),
        # what stays
        ("Person 7 and Person 1", "Person 7 and Person 1"),
        ("100% of %20", "100% of %20"),
        ("Ana Boss asked Dana Boss", "Ana Boss asked Dana Boss"),
        ("Ana asked", "Person 8 asked"),
        ("", ""),
    ],
)
def test_names_become_pseudonyms(text, shown):
    assert NAMES.mask(text) == shown


def test_nothing_known_changes_nothing():
    assert names_of([]).mask("Dana +34 915 550 199") == "Dana +34 915 550 199"


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>Dana Ruiz</p>", "<p>Person 1</p>"),
        ("<p>O&#x27;Brien &amp; Dana</p>", "<p>Person 3 &amp; Person 1</p>"),
        ("<p>&lt;b&gt; Dana</p>", "<p>&lt;b&gt; Person 1</p>"),
        ("<p>&quot;so&quot;</p>", "<p>&quot;so&quot;</p>"),
        (
            '<a class="dana" id="dana" href="/dana/" title="Dana">x</a>',
            '<a class="dana" id="dana" href="/dana/" title="Person 1">x</a>',
        ),
        ("<img alt='Dana'>", "<img alt='Person 1'>"),
        ('<b aria-label="a > b, Dana">', '<b aria-label="a &gt; b, Person 1">'),
        ('<td data-label="Dana">', '<td data-label="Person 1">'),
        ('<input value="Dana">', '<input value="Person 1">'),
        ('<input type="text" value="Dana">', '<input type="text" value="Person 1">'),
        ('<input type="hidden" value="Dana">', '<input type="hidden" value="Dana">'),
        (
            '<option value="Dana" label="Dana">Dana</option>',
            '<option value="Dana" label="Person 1">Person 1</option>',
        ),
        ("<textarea>Dana</textarea>", "<textarea>Person 1</textarea>"),
        ("<!-- Dana --><hr>", "<!-- Dana --><hr>"),
        ("Dana", "Person 1"),
    ],
)
def test_of_a_page_only_what_is_read(page, shown):
    assert mask_page(page, NAMES) == shown


def test_what_somebody_typed_stands_as_typed_in_its_field_only():
    page = '<input value="Dana"><textarea>\nDana &amp; I</textarea><p>Dana</p>'

    shown = mask_page(page, NAMES, {"Dana", "Dana & I"})

    assert shown == page.replace("<p>Dana", "<p>Person 1")


def test_words_of_who_may_have_typed_them_stay():
    page = (
        '<p data-as-typed><b title="Dana">Dana</b></p><p>Dana</p>'
        "<div data-as-typed class='a'><div>Dana</div>Dana<br></div>Dana"
    )

    assert mask_page(page, NAMES) == (
        '<p data-as-typed><b title="Dana">Dana</b></p><p>Person 1</p>'
        "<div data-as-typed class='a'><div>Dana</div>Dana<br></div>Person 1"
    )


@pytest.mark.parametrize(
    "tag",
    [
        '<p title=" data-as-typed ">',
        "<p title=' data-as-typed>'>",
        "<p data-as-typed-not>",
        '<p class="data-as-typed">',
        "<!-- data-as-typed -->",
        "&lt;p data-as-typed&gt;",
    ],
)
def test_nobody_marks_words_of_others_as_typed(tag):
    assert mask_page(f"{tag}Dana</p>", NAMES) == f"{tag}Person 1</p>"


def test_of_json_a_text_that_is_as_typed_stays():
    said = [{"text": "Dana", "by": "Dana", "as_typed": typed} for typed in (True, 1)]

    shown = json.loads(mask_json(json.dumps(said), NAMES))

    assert [(one["text"], one["by"]) for one in shown] == [
        ("Dana", "Person 1"),
        ("Person 1", "Person 1"),
    ]


def test_of_json_only_string_values():
    said = {"Dana": ["Dana", 1, None, {"a": "Dana Ruiz"}], "b": True}

    shown = json.loads(mask_json(json.dumps(said), NAMES))

    assert shown == {"Dana": ["Person 1", 1, None, {"a": "Person 1"}], "b": True}
    assert mask_json('{"a":  "b"}', NAMES) == '{"a":  "b"}'


def test_of_a_table_every_cell_by_itself():
    table = '\ufeffwho,what\r\nJo,Li\r\n"Ruiz, Dana","a\nb"\r\n'

    assert mask_table(table, NAMES) == '\ufeffwho,what\r\nJo,Li\r\nPerson 1,"a\nb"\r\n'
    assert mask_table("a,  b\n", NAMES) == "a,  b\n"


def test_words_of_the_product_are_names_with_a_capital_alone():
    priya = Known("Priya Model", alias="Person 9", has_parts=True)
    names = names_of([priya], own_words=frozenset({"model"}))

    assert names.mask("No model. The business model of ours.") == (
        "No model. The business model of ours."
    )
    assert names.mask("priya model said so") == "Person 9 said so"
    assert names.mask("Model said so, and priya agreed") == (
        "Person 9 said so, and Person 9 agreed"
    )
