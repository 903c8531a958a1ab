"""What all reps sold in one quarter, in one form."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.weeks import Cadence, period_of, preceding
from forecasts.forms.selling import SoldForm
from forecasts.models import Rep
from forecasts.sold import quarter_label

TYPED = ("bookings", "revenue", "margin", "refunds")


def last_quarter(today):
    """The first day of the quarter that ended last."""
    return preceding(period_of(today, Cadence.QUARTERLY)).start


class QuarterSheet:
    """A row for each rep who sold in the quarter and has no figures for it yet. Rows
    left empty are left for later: missing is not zero."""

    def __init__(self, curve, start, data=None):
        self.curve, self.start = curve, start
        self.data, self.is_bound = data, data is not None
        self.errors, self.fields = [], {}
        end = period_of(start, Cadence.QUARTERLY).end
        there = Rep.objects.filter(workspace=curve.workspace_id, started_on__lte=end)
        there = there.filter(Q(left_on__isnull=True) | Q(left_on__gte=start))
        known = curve.quarters.filter(quarter_start=start).values("rep")
        self.rows = [self.row(rep) for rep in there.exclude(pk__in=known)]

    def row(self, rep):
        form = SoldForm(
            self.data,
            prefix=rep.pk.hex,
            curve=self.curve,
            empty_permitted=True,
            use_required_attribute=False,
        )
        form.rep = rep
        for name, field in form.fields.items():
            field.widget.attrs["aria-label"] = f"{rep.name}: {form[name].label}"
        return form

    @property
    def filled(self):
        return [row for row in self.rows if is_filled(row)]

    def is_valid(self):
        if not self.is_bound:
            return False
        self.errors = self.lost()
        if not self.filled and not self.errors:
            self.errors.append(_("Enter the figures of one rep at least."))
        valid = [row.is_valid() for row in self.filled]
        return all(valid) and not self.errors

    def lost(self):
        """Words for each row of somebody whose figures another person entered."""
        known = {row.prefix for row in self.rows}
        gone = {
            name.rpartition("-")[0]
            for name, text in self.data.items()
            if name.rpartition("-")[2] in TYPED and text.strip()
        }
        return [
            _("“%s” was not saved: somebody entered figures for this rep meanwhile.")
            % " ".join(self.typed(prefix))
            for prefix in sorted(gone - known)
        ]

    def typed(self, prefix):
        texts = (self.data.get(f"{prefix}-{name}", "").strip() for name in TYPED)
        return [text[:40] for text in texts if text]

    def add_error(self, _name, refusal):
        """Like a form's: what the action refused."""
        self.errors += forms.ValidationError(refusal).messages

    @property
    def entries(self):
        return [row.entry(row.rep, self.start) for row in self.filled]

    @property
    def problems(self):
        """(id of the field, words) for the summary."""
        found = [("", words) for words in self.errors]
        for row in self.filled if self.is_bound else []:
            for name, errors in row.errors.items():
                who, place = row.rep.name, ""
                if name in row.fields:
                    who, place = f"{who}, {row[name].label}", row[name].id_for_label
                found += [(place, f"{who}: {words}") for words in errors]
        return found

    @property
    def words(self):
        """What was understood, for whoever typed it."""
        count = len(self.filled)
        words = ngettext(
            "%(quarter)s: figures of %(n)d rep recorded.",
            "%(quarter)s: figures of %(n)d reps recorded.",
            count,
        )
        return words % {"quarter": quarter_label(self.start), "n": count}


def is_filled(row):
    """The part of full time is proposed, and says nothing by itself."""
    return any(name in row.changed_data for name in TYPED)
