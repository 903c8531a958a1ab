"""A guide and its questions, which are rows of the same page."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from core.revisions import RevisedForm
from discovery.models import Segment
from interviews.models import Guide, GuideQuestion, Interview

MOST_QUESTIONS = 40
FRESH_ROWS = 3
LONGEST = GuideQuestion._meta.get_field("text").max_length
NUMBERS = range(1, 12)


class QuestionRows(list):
    """(text, numbers as typed) for each row of the page; as text, for comparing."""

    def __str__(self):
        return "\n".join(
            f"{number}. {text}" + (f" [{tests}]" if tests else "")
            for number, (text, tests) in enumerate(self.filled(), 1)
        )

    def filled(self):
        return [(text, tests) for text, tests in self if text]

    def after(self, command):
        """Rearranged by a button: `add`, `up-2`, `down-2`, `remove-2`."""
        verb, _dash, place = command.partition("-")
        rows = QuestionRows(self)
        at = int(place) if place.isdecimal() else -1
        if verb == "add" and len(rows) < MOST_QUESTIONS:
            rows.append(("", ""))
        elif verb == "remove" and 0 <= at < len(rows):
            del rows[at]
        elif verb in ("up", "down"):
            other = at - 1 if verb == "up" else at + 1
            if 0 <= at < len(rows) and 0 <= other < len(rows):
                rows[at], rows[other] = rows[other], rows[at]
        return rows

    @classmethod
    def of(cls, guide):
        return cls(
            (question.text, ", ".join(str(n) for n in question.tests))
            for question in guide.questions.all()
        )


class QuestionInputs(forms.Widget):
    """Two inputs a row: `question_text` and `question_tests`."""

    def value_from_datadict(self, data, files, name):
        texts, tests = data.getlist("question_text"), data.getlist("question_tests")
        rows = zip(texts, [*tests, *[""] * len(texts)], strict=False)
        return QuestionRows(
            (" ".join(text.split()), " ".join(numbers.split())) for text, numbers in rows
        )  # fmt: skip


class QuestionsField(forms.Field):
    widget = QuestionInputs

    def clean(self, value):
        """(text, numbers) of each question."""
        rows = value.filled()
        if not rows:
            raise ValidationError(_("Write down at least one question."))
        if len(rows) > MOST_QUESTIONS:
            raise ValidationError(
                _("At most %(n)s questions; nobody has time for more."),
                params={"n": MOST_QUESTIONS},
            )
        return [
            (short_enough(text, at), tested(tests, at))
            for at, (text, tests) in enumerate(rows, 1)
        ]


def short_enough(text, at):
    if len(text) > LONGEST:
        raise ValidationError(
            _("Question %(at)s is too long: at most %(n)s characters."),
            params={"at": at, "n": LONGEST},
        )
    return text


def tested(typed, at):
    """Numbers of the eleven questions, in order and once."""
    words = [word for word in re.split(r"[\s,;]+", typed) if word]
    numbers = {int(word) for word in words if word.isdecimal() and len(word) < 3}
    if len(words) > len(NUMBERS) or not all(
        word.isdecimal() and len(word) < 3 and int(word) in NUMBERS for word in words
    ):
        raise ValidationError(
            _("Question %(at)s: “%(typed)s” are not numbers from 1 to 11."),
            params={"at": at, "typed": typed[:40]},
        )
    return sorted(numbers)


class GuideForm(RevisedForm):
    kind = forms.ChoiceField(label=_("Kind of talk"), choices=Interview.Kind)
    questions = QuestionsField(label=_("Questions"))

    class Meta:
        model = Guide
        fields = ["name", "segment", "kind", "aim"]
        help_texts = {"aim": _("One sentence. What will you know afterwards?")}

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        segments = Segment.objects.in_workspace(workspace)
        self.fields["segment"].queryset = segments
        self.fields["segment"].empty_label = now_("Any segment")
        is_new = self.instance._state.adding
        rows = [("", "")] * FRESH_ROWS if is_new else QuestionRows.of(self.instance)
        self.initial.setdefault("questions", QuestionRows(rows))
        if is_new:
            self.initial.setdefault("kind", Interview.Kind.PROBLEM)

    def made_with(self):
        return {"workspace": self.workspace}

    def rearranged(self, command):
        """The same page, nothing judged or saved, with its rows in another order."""
        typed = {name: self[name].value() for name in self.fields}
        typed["questions"] = typed["questions"].after(command)
        return type(self)(
            instance=self.instance, initial=typed, workspace=self.workspace
        )
