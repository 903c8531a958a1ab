"""Each text of each table is classified, so that erasure and export miss none."""

from django.apps import apps

from core.field_classes import FieldClass, named, to_be_named


def test_every_text_is_classified():
    assert set(to_be_named()) - set(named()) == set()


def test_no_entry_is_stale():
    assert set(named()) - set(to_be_named()) == set()


def test_classes_are_of_the_four():
    assert {type(kind) for kind in named().values()} == {FieldClass}


def test_hashes_and_passwords_are_secret():
    loud = [
        name
        for name, kind in named().items()
        if name.endswith(("token_hash", "password")) and kind != FieldClass.SECRET
    ]

    assert loud == []


def test_rows_of_a_venture_have_ids_that_erasure_can_read():
    """core/scrubbing.py reads them all in one query, by their UUID."""
    others = [
        name
        for name, kind in named().items()
        if kind in (FieldClass.PERSONAL, FieldClass.CONFIDENTIAL)
        and has_venture(apps.get_model(name.rpartition(".")[0]))
        and apps.get_model(name.rpartition(".")[0])._meta.pk.get_internal_type()
        != "UUIDField"
    ]

    assert others == []


def has_venture(model):
    return any(field.name == "workspace" for field in model._meta.concrete_fields)
