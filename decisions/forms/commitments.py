"""Writing down a commitment, with its tranches; overriding, co-signing and closing it."""

from itertools import pairwise

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from core.forms.days import DayField
from core.forms.money import MoneyField, amounts_in, as_typed, minor
from core.forms.ventures import CURRENCY
from core.forms.written import refuse_unseen
from core.money import show_money
from core.revisions import RevisedForm
from decisions.actions.commitments import SHORTEST_CLOSING
from decisions.evaluating import SHORTEST_REASONS
from decisions.forms.steps import QUESTIONS
from decisions.models import Commitment
from decisions.models.commitments import (
    HIRING,
    MOST_TRANCHES,
    Status,
    tranche_as_kept,
    tranche_of,
)
from decisions.terms import Tranche
from forecasts.models import Metric, SalesCurve

LONGEST_NOTICE = 3650
PARTS = ("amount", "due_on", "number", "threshold", "stop_on")
MONEY = {"amount": "amount_minor", "value": "value_minor", "cancel": "cancel_minor"}


class CommitmentForm(RevisedForm):
    """Amounts are typed in whole units and kept in minor ones of the currency beside
    them. Eight rows for tranches; those left empty are none."""

    currency = forms.CharField(
        label=_("Currency"),
        max_length=3,
        validators=[CURRENCY],
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    amount = MoneyField(
        label=_("Amount"),
        help_text=_("All that would be owed over the whole time."),
        error_messages={"required": _("Say how much.")},
    )
    value = MoneyField(
        label=_("Worth in the venture’s currency"),
        required=False,
        help_text=_(
            "Only if its currency is another one. Without it the strictest class holds."
        ),
    )
    starts_on = DayField(
        label=_("Starts on"), error_messages={"required": _("Give the day.")}
    )
    ends_on = DayField(
        label=_("Ends on"),
        help_text=_("Of a purchase, the day on which it is paid."),
        error_messages={"required": _("Give the day.")},
    )
    cancel = MoneyField(
        label=_("Cost of cancelling"),
        required=False,
        help_text=_("A penalty, or what has to be paid all the same."),
    )
    notice_days = forms.IntegerField(
        label=_("Days of notice to cancel"),
        min_value=0,
        max_value=LONGEST_NOTICE,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        help_text=_("Empty if it cannot be cancelled."),
    )
    reversible_share = forms.IntegerField(
        label=_("Share of the amount that comes back, in percent"),
        min_value=0,
        max_value=100,
        initial=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
    )
    questions = forms.TypedMultipleChoiceField(
        label=_("Questions it rests on"),
        coerce=int,
        choices=QUESTIONS,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    is_idea = forms.BooleanField(
        label=_("Only an idea so far, not proposed"), required=False
    )

    class Meta:
        model = Commitment
        fields = ["title", "counterparty", "kind", "metric", "notes"]
        fields += ["notice_days", "reversible_share"]
        fields += ["hires", "hire_kind", "sales_curve"]
        labels = {"metric": _("Forecast it rests on")}
        help_texts = {
            "hires": _("Only of sales reps: by full time, in whole numbers."),
            "hire_kind": _("Only of sales reps."),
            "sales_curve": _(
                "Only of sales reps. The phase of its curve says how many."
            ),
        }
        widgets = {
            "kind": forms.RadioSelect,
            "notes": forms.Textarea(attrs={"rows": 4}),
            "hires": forms.TextInput(attrs={"inputmode": "numeric", "class": "short"}),
        }

    field_order = [
        *("title", "counterparty", "kind", "hires", "hire_kind", "sales_curve"),
        *("currency", "amount", "value"),
        *("starts_on", "ends_on", "cancel", "notice_days", "reversible_share"),
        *("questions", "metric", "notes", "is_idea"),
    ]

    def __init__(self, *args, workspace, **kwargs):
        super().__init__(*args, **kwargs)
        self.workspace = workspace
        kinds = Commitment.Kind.choices
        self.fields["kind"].choices = [(code, capfirst(words)) for code, words in kinds]
        self.fields["metric"].queryset = Metric.objects.in_workspace(workspace).open()
        self.fields["metric"].empty_label = now_("None")
        curves = SalesCurve.objects.in_workspace(workspace).open()
        self.fields["sales_curve"].queryset = curves
        self.fields["sales_curve"].empty_label = now_("None")
        for name, shown in self.kept().items():
            self.fields[name].initial = shown
        for place in range(1, MOST_TRANCHES + 1):
            self.fields |= tranche_fields(place)
        for name, shown in self.kept_tranches():
            self.fields[name].initial = shown
        amounts_in(self, self.data.get("currency", ""))
        self.fields["value"].currency = self.workspace.currency

    def made_with(self):
        return {"workspace": self.workspace}

    # --- what is shown --------------------------------------------------------------
    def kept(self):
        row = self.instance
        if row._state.adding:
            return {"currency": self.workspace.currency}
        plain = ("currency", "starts_on", "ends_on", "questions")
        shown = {name: getattr(row, name) for name in plain}
        for name, column in MONEY.items():
            shown[name] = as_typed(getattr(row, column), row.currency)
        return shown | {"is_idea": row.status == Status.IDEA}

    def kept_tranches(self):
        row = self.instance
        for place, kept in enumerate(row.tranches, 1):
            part = tranche_of(kept)
            shown = as_typed(part.amount, row.currency)
            values = (shown, part.due_on, part.number, part.threshold, part.stop_on)
            for name, value in zip(PARTS, values, strict=True):
                yield f"tranche_{place}_{name}", value

    @property
    def plain_fields(self):
        return [
            field
            for field in self.visible_fields()
            if not field.name.startswith("tranche_")
        ]

    @property
    def tranche_rows(self):
        """(place, its fields, whether anything stands in them)."""
        for place in range(1, MOST_TRANCHES + 1):
            fields = [self[f"tranche_{place}_{name}"] for name in PARTS]
            is_filled = any(field.value() or field.errors for field in fields)
            yield place, fields, is_filled

    # --- what is read ---------------------------------------------------------------
    def clean(self):
        data = super().clean()
        data["is_idea"] = bool(data.get("is_idea"))
        for name, column in MONEY.items():
            data[column] = self.in_minor(name)
        if data.get("currency") == self.workspace.currency:
            data["value_minor"] = None
        data["cancel_minor"] = data["cancel_minor"] or 0
        for name in ("amount", "value"):
            if data.get(name) is not None and not data[name]:
                self.add_error(name, now_("Nothing is no commitment."))
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", now_("It ends before it starts."))
        data["tranches"] = [tranche_as_kept(one) for one in self.tranches_typed()]
        return data | self.hired(data)

    def hired(self, data):
        """Whoever hires reps says how many, of which kind, and for what; nobody else
        hires any."""
        if data.get("kind") not in HIRING:
            return {"hires": None, "hire_kind": "", "sales_curve": None}
        asked = {
            "hires": now_("Say how many reps."),
            "hire_kind": now_("Say which kind of reps."),
        }
        if self.fields["sales_curve"].queryset.exists():
            asked["sales_curve"] = now_("Say what they would sell.")
        for name, words in asked.items():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, words)
        return {}

    def in_minor(self, name, currency=None):
        """The value is in the venture's own currency, all else in its own."""
        own = self.workspace.currency if name == "value" else None
        currency = own or self.cleaned_data.get("currency", "")
        try:
            return minor(self.cleaned_data.get(name), currency)
        except ValidationError as error:
            self.add_error(name, error)
            return None

    def tranches_typed(self):
        rows = [(n, self.tranche_typed(n)) for n in range(1, MOST_TRANCHES + 1)]
        said = sorted((row for row in rows if row[1]), key=lambda row: row[1].due_on)
        self.check_rules(said)
        found = [one for _place, one in said]
        total, asked = sum(one.amount for one in found), self.cleaned_data
        if found and not self.errors and total != asked["amount_minor"]:
            shown = show_money(total, asked["currency"])
            words = now_("The tranches add up to %(total)s, which is not the amount.")
            self.add_error("tranche_1_amount", words % {"total": shown})
        return found

    def check_rules(self, said):
        """A rule that is asked after the next part was paid stops nothing."""
        for (place, one), (_next_place, following) in pairwise(said):
            if one.stop_on is not None and one.stop_on >= following.due_on:
                words = now_("The next part is paid on %(day)s: name an earlier day.")
                day = date_format(following.due_on, "j M Y")
                self.add_error(f"tranche_{place}_stop_on", words % {"day": day})

    def tranche_typed(self, place):
        """None where the row is empty or wrong."""
        names = {name: f"tranche_{place}_{name}" for name in PARTS}
        typed = {name: self.cleaned_data.get(key) for name, key in names.items()}
        if not any(typed.values()):
            return None
        for name in ("amount", "due_on"):
            if not typed[name] and names[name] not in self.errors:
                self.add_error(names[name], now_("A tranche has an amount and a day."))
        rule = [typed[name] for name in PARTS[2:]]
        if any(rule) and not all(rule):
            words = now_("A stop rule is a number, what it has to reach, and a day.")
            self.add_error(names["number"], words)
        amount = self.in_minor(names["amount"])
        if not amount or not typed["due_on"]:
            return None
        return Tranche(amount, typed["due_on"], *(rule[:2]), rule[2])


def tranche_fields(place):
    """The fields of one row; labels tell them apart in a summary of errors."""

    def label(words):
        return f"{now_('Tranche %(n)s') % {'n': place}}: {words}"

    return {
        f"tranche_{place}_amount": MoneyField(label=label(_("amount")), required=False),
        f"tranche_{place}_due_on": DayField(label=label(_("due on")), required=False),
        f"tranche_{place}_number": forms.CharField(
            label=label(_("the number that stops it")), max_length=120, required=False
        ),
        f"tranche_{place}_threshold": forms.CharField(
            label=label(_("what it has to reach")), max_length=120, required=False
        ),
        f"tranche_{place}_stop_on": DayField(label=label(_("by")), required=False),
    }


class RevForm(forms.Form):
    """A page that shows a commitment, and a button."""

    rev = forms.IntegerField(widget=forms.HiddenInput)


class OverrideForm(RevForm):
    """`name`: the venture's, to be typed."""

    reasons = forms.CharField(
        label=_("Why go ahead all the same?"),
        min_length=SHORTEST_REASONS,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("Say why.")},
    )
    wrong_if = forms.CharField(
        label=_("What would prove us wrong?"),
        validators=[refuse_unseen],
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "A number, an answer, a sign: so that you know it when you see it."
        ),
        error_messages={"required": _("Say what would prove you wrong.")},
    )
    by_when = DayField(
        label=_("By when shall we know?"),
        error_messages={"required": _("Give the day.")},
    )
    name = forms.CharField(
        label=_("Type the name of the venture"),
        max_length=120,
        error_messages={"required": _("Type the name of the venture.")},
    )

    def __init__(self, *args, workspace, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.workspace, self.today = workspace, today
        self.fields["reasons"].counts = SHORTEST_REASONS
        self.fields["name"].help_text = workspace.name

    def clean_name(self):
        if self.cleaned_data["name"].strip() != self.workspace.name:
            raise ValidationError(now_("That is not the name of the venture."))
        return self.cleaned_data["name"]

    def clean_by_when(self):
        if self.cleaned_data["by_when"] <= self.today:
            raise ValidationError(now_("That day has to lie ahead."))
        return self.cleaned_data["by_when"]


class CoSignForm(RevForm):
    reasons = forms.CharField(
        label=_("Why you stand for it"),
        validators=[refuse_unseen],
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Say why you stand for it.")},
    )


class CloseForm(RevForm):
    """What was not signed can only be cancelled."""

    outcome = forms.ChoiceField(
        label=_("What happened to it?"),
        choices=[
            (Status.ENDED, _("It ran its course")),
            (Status.CANCELLED, _("We got out of it")),
        ],
        widget=forms.RadioSelect,
    )
    closing = forms.CharField(
        label=_("What came of it, and what it cost"),
        min_length=SHORTEST_CLOSING,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say it in a sentence.")},
    )

    def __init__(self, *args, is_signed, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["closing"].counts = SHORTEST_CLOSING
        if not is_signed:
            del self.fields["outcome"]
            self.fields["closing"].label = _("Why it does not go ahead")
