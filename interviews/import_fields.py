"""The columns of tables of talks, what they are called, and the words in them."""

from django.utils.translation import gettext as _

from core.importing import Field
from interviews.models import Interview

KINDS = {
    **{code.replace("_", " "): code for code in Interview.Kind.values},
    **{str(label).casefold(): code for code, label in Interview.Kind.choices},
}
CHANNELS = {
    **{code.replace("_", " "): code for code in Interview.Channel.values},
    **{str(label).casefold(): code for code, label in Interview.Channel.choices},
    **dict.fromkeys(("call", "telefon", "anruf"), "phone"),
    **dict.fromkeys(("zoom", "teams", "meet", "videoanruf"), "video"),
    **dict.fromkeys(("e-mail", "email", "chat", "schriftlich"), "message"),
    **dict.fromkeys(("on site", "persönlich", "vor ort"), "in_person"),
}
PITCHED = {
    **{code.replace("_", " "): code for code in Interview.Pitched.values},
    **{str(label).casefold(): code for code, label in Interview.Pitched.choices},
    **dict.fromkeys(("nein", "none"), "never"),
    **dict.fromkeys(("after", "nachher", "danach"), "after_problem"),
    **dict.fromkeys(("before", "yes", "ja", "vorher"), "before_problem"),
}


def talk_fields() -> tuple[Field, ...]:
    return (
        Field(
            "held_at",
            _("When"),
            ("date", "held at", "held on", "day", "datum", "tag", "wann"),
            is_required=True,
            example="2026-10-26 14:30",
        ),
        Field(
            "who",
            _("Who"),
            ("people", "person", "name", "interviewee", "customer", "wer", "kunde"),
            is_required=True,
            example="Dana Ruiz, Acme Clinic; Lee Park, North",
        ),
        Field(
            "notes",
            _("Notes"),
            ("note", "text", "transcript", "summary", "notizen", "protokoll"),
            is_required=True,
        ),
        Field("kind", _("Kind"), ("type", "art"), example="problem"),
        Field("segment", _("Segment"), ("customer segment", "kundensegment")),
        Field("channel", _("How"), ("channel", "kanal", "wie"), example="video call"),
        Field("pitched", _("Did we pitch?"), ("pitched", "pitch"), example="no"),
        Field("next_step", _("Next step"), ("next action", "nächster schritt")),
    )
