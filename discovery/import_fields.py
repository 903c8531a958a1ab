"""The columns of tables about people and organisations, and what they are called."""

from django.utils.translation import gettext as _

from core.importing import Field


def person_fields() -> tuple[Field, ...]:
    return (*who_fields(), *part_fields(), *how_fields(), *next_fields())


def who_fields():
    return (
        Field(
            "name",
            _("Name"),
            ("full name", "contact", "contact name", "person", "ansprechpartner"),
            is_required=True,
            example="Dana Ruiz",
            instead="last_name",
        ),
        Field("first_name", _("First name"), ("given name", "vorname")),
        Field("last_name", _("Last name"), ("surname", "family name", "nachname")),
        Field(
            "organisation",
            _("Organisation"),
            (
                *("organization", "company", "company name", "account", "employer"),
                *("firma", "unternehmen", "organisation name", "organization name"),
            ),
            example="Acme Clinic",
        ),
    )


def part_fields():
    return (
        Field(
            "role_title",
            _("Role"),
            ("job title", "title", "position", "funktion", "rolle", "job"),
            example="Practice manager",
        ),
        Field(
            "email",
            _("E-mail"),
            ("mail", "e mail", "email address", "mailadresse", "email adresse"),
            example="dana@acme.example",
        ),
        Field(
            "phone",
            _("Telephone"),
            ("tel", "mobile", "phone number", "telefon", "mobil", "handy"),
        ),
        Field("segment", _("Segment"), ("customer segment", "kundensegment", "gruppe")),
        Field(
            "roles",
            _("Part in the purchase"),
            ("buying role", "buying roles", "kaufrolle", "rolle im kauf"),
            example="user, decision maker",
        ),
    )


def how_fields():
    return (
        Field(
            "source", _("How you met"), ("lead source", "channel", "quelle", "herkunft")
        ),
        Field(
            "is_related_party",
            _("Related party"),
            ("related", "friend or investor", "befangen", "nahestehend"),
            example="no",
        ),
        Field("consent", _("Consent"), ("einwilligung", "zustimmung"), example="notes"),
        Field(
            "consent_how",
            _("How consent was given"),
            ("consent how", "einwilligung wie"),
        ),
        Field(
            "consent_on",
            _("Consent given on"),
            ("consent on", "consent date", "einwilligung am"),
            example="2026-10-26",
        ),
    )


def next_fields():
    return (
        Field(
            "next_step",
            _("Next step"),
            ("next action", "to do", "todo", "nächster schritt"),
        ),
        Field(
            "next_step_on",
            _("Next step on"),
            ("due", "due date", "next step date", "fällig", "fällig am"),
            example="2026-10-26",
        ),
    )


def organisation_fields() -> tuple[Field, ...]:
    return (
        Field(
            "name",
            _("Name"),
            (
                *("organisation", "organization", "company", "company name", "account"),
                *("firma", "unternehmen"),
            ),
            is_required=True,
            example="Acme Clinic",
        ),
        Field(
            "size",
            _("Size"),
            ("employees", "headcount", "größe", "mitarbeiter", "staff"),
            example="40 people",
        ),
        Field("source", _("How you met"), ("lead source", "quelle", "herkunft")),
        Field(
            "is_related_party",
            _("Related party"),
            ("related", "befangen", "nahestehend"),
            example="no",
        ),
    )
