"""What is sold, by whom, at what cost, and what was learned."""

import uuid

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from core.migrating import CreateModels


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0005_comments_by_mail"),
        ("discovery", "0001_tables"),
        ("forecasts", "0001_tables"),
    ]

    operations = [
        CreateModels(
            [
                migrations.CreateModel(
                    name="SalesCurve",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("rev", models.PositiveIntegerField(default=1)),
                        (
                            "product",
                            models.CharField(max_length=120, verbose_name="product"),
                        ),
                        (
                            "channel",
                            models.CharField(max_length=120, verbose_name="channel"),
                        ),
                        (
                            "currency",
                            models.CharField(max_length=3, verbose_name="currency"),
                        ),
                        (
                            "ready_on",
                            models.DateField(
                                blank=True,
                                null=True,
                                verbose_name="ready for sale since",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "segment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="sales_curves",
                                to="discovery.segment",
                                verbose_name="segment",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["created_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=("workspace", "product", "channel"),
                                name="sales_curve_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rep",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("rev", models.PositiveIntegerField(default=1)),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        ("pseudonym", models.CharField(max_length=40)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("founder", "founder"),
                                    ("renaissance", "Renaissance rep"),
                                    ("enlightened", "enlightened rep"),
                                    ("coin_operated", "coin-operated rep"),
                                ],
                                max_length=13,
                                verbose_name="kind of rep",
                            ),
                        ),
                        ("started_on", models.DateField(verbose_name="sells since")),
                        (
                            "ramp_months",
                            models.PositiveSmallIntegerField(
                                default=3,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(24),
                                ],
                                verbose_name="months to ramp",
                            ),
                        ),
                        (
                            "left_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="left on"
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        (
                            "user",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="account",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["started_on", "created_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("workspace", "name"), name="rep_name_once"
                            ),
                            models.UniqueConstraint(
                                fields=("workspace", "pseudonym"),
                                name="rep_pseudonym_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ramp_months__lte", 24)),
                                name="rep_ramps_in_two_years",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_on__isnull", True),
                                    ("left_on__gte", models.F("started_on")),
                                    _connector="OR",
                                ),
                                name="rep_leaves_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RepQuarter",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("quarter_start", models.DateField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("founder", "founder"),
                                    ("renaissance", "Renaissance rep"),
                                    ("enlightened", "enlightened rep"),
                                    ("coin_operated", "coin-operated rep"),
                                ],
                                max_length=13,
                            ),
                        ),
                        (
                            "fte",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=3,
                                verbose_name="part of full time",
                            ),
                        ),
                        (
                            "bookings_minor",
                            models.BigIntegerField(verbose_name="new bookings"),
                        ),
                        (
                            "revenue_minor",
                            models.BigIntegerField(verbose_name="recognised revenue"),
                        ),
                        (
                            "margin_minor",
                            models.BigIntegerField(
                                null=True, verbose_name="gross margin"
                            ),
                        ),
                        (
                            "refunds_minor",
                            models.BigIntegerField(default=0, verbose_name="refunds"),
                        ),
                        (
                            "value_kind",
                            models.CharField(
                                choices=[
                                    ("measured", "measured"),
                                    ("reported", "reported"),
                                    ("derived", "derived"),
                                    ("estimated", "estimated"),
                                    ("narrative", "as told"),
                                    ("modelled", "modelled"),
                                    ("illustrative", "illustrative"),
                                ],
                                default="measured",
                                max_length=12,
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="reason"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "rep",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="quarters",
                                to="forecasts.rep",
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="superseded_by",
                                to="forecasts.repquarter",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                        (
                            "curve",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="quarters",
                                to="forecasts.salescurve",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["quarter_start", "recorded_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("supersedes__isnull", True)),
                                fields=("curve", "rep", "quarter_start"),
                                name="rep_quarter_one_first_report",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("supersedes__isnull", True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="rep_quarter_correction_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fte__lte", 1),
                                    models.Q(
                                        ("fte__gte", "0.05"),
                                        models.Q(
                                            ("bookings_minor", 0),
                                            ("fte", 0),
                                            ("refunds_minor", 0),
                                            ("revenue_minor", 0),
                                            ("supersedes__isnull", False),
                                        ),
                                        _connector="OR",
                                    ),
                                ),
                                name="rep_quarter_fte_in_range",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("bookings_minor__gte", 0),
                                    ("refunds_minor__gte", 0),
                                    ("revenue_minor__gte", 0),
                                ),
                                name="rep_quarter_amounts_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CostLine",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("quarter_start", models.DateField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("base", "base pay"),
                                    ("variable", "variable pay at plan"),
                                    ("burden", "payroll burden"),
                                    ("travel", "travel"),
                                    ("tools", "tools"),
                                    ("sales_engineering", "sales engineering"),
                                    ("management", "share of management"),
                                    ("marketing", "marketing in direct support"),
                                ],
                                max_length=17,
                                verbose_name="kind of cost",
                            ),
                        ),
                        (
                            "amount_minor",
                            models.BigIntegerField(verbose_name="cost of the quarter"),
                        ),
                        (
                            "se_fte",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=5,
                                null=True,
                                verbose_name="sales engineers",
                            ),
                        ),
                        (
                            "se_cost_minor",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="cost of one"
                            ),
                        ),
                        (
                            "note",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="note"
                            ),
                        ),
                        (
                            "value_kind",
                            models.CharField(
                                choices=[
                                    ("measured", "measured"),
                                    ("reported", "reported"),
                                    ("derived", "derived"),
                                    ("estimated", "estimated"),
                                    ("narrative", "as told"),
                                    ("modelled", "modelled"),
                                    ("illustrative", "illustrative"),
                                ],
                                default="measured",
                                max_length=12,
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="reason"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="superseded_by",
                                to="forecasts.costline",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                        (
                            "rep",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="cost_lines",
                                to="forecasts.rep",
                            ),
                        ),
                        (
                            "curve",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="cost_lines",
                                to="forecasts.salescurve",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["quarter_start", "recorded_at", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("rep__isnull", False), ("supersedes__isnull", True)
                                ),
                                fields=("curve", "quarter_start", "kind", "rep"),
                                name="cost_line_of_rep_one_first_report",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("rep__isnull", True), ("supersedes__isnull", True)
                                ),
                                fields=("curve", "quarter_start", "kind"),
                                name="cost_line_shared_one_first_report",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("supersedes__isnull", True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="cost_line_correction_has_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount_minor__gte", 0)),
                                name="cost_line_not_negative",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("se_cost_minor__isnull", True),
                                        ("se_fte__isnull", True),
                                    ),
                                    models.Q(
                                        ("kind", "sales_engineering"),
                                        ("se_cost_minor__gte", 0),
                                        ("se_fte__gte", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="cost_line_engineers_have_cost",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Deal",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("rev", models.PositiveIntegerField(default=1)),
                        (
                            "title",
                            models.CharField(max_length=200, verbose_name="deal"),
                        ),
                        (
                            "outside_id",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="id in the CRM"
                            ),
                        ),
                        (
                            "currency",
                            models.CharField(max_length=3, verbose_name="currency"),
                        ),
                        (
                            "list_minor",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="at list price"
                            ),
                        ),
                        (
                            "paid_minor",
                            models.BigIntegerField(
                                blank=True, null=True, verbose_name="price agreed"
                            ),
                        ),
                        ("opened_on", models.DateField(verbose_name="opened on")),
                        (
                            "expected_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="close expected on"
                            ),
                        ),
                        (
                            "closed_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="closed on"
                            ),
                        ),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("won", "won"),
                                    ("lost", "lost"),
                                ],
                                default="open",
                                max_length=4,
                                verbose_name="outcome",
                            ),
                        ),
                        (
                            "reasons",
                            models.TextField(
                                blank=True,
                                max_length=2000,
                                verbose_name="why it was won or lost",
                            ),
                        ),
                        (
                            "champion",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("user", "user"),
                                    ("influencer", "influencer"),
                                    ("recommender", "recommender"),
                                    ("technical_buyer", "technical buyer"),
                                    ("economic_buyer", "economic buyer"),
                                    ("decision_maker", "decision maker"),
                                    ("saboteur", "saboteur"),
                                ],
                                max_length=15,
                                verbose_name="role of the champion",
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "organisation",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="deals",
                                to="discovery.organisation",
                                verbose_name="organisation",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                        (
                            "rep",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="deals",
                                to="forecasts.rep",
                                verbose_name="rep",
                            ),
                        ),
                        (
                            "curve",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="deals",
                                to="forecasts.salescurve",
                                verbose_name="curve",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["-opened_on", "-created_at", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["curve", "closed_on"], name="deal_by_curve"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("outside_id", ""), _negated=True),
                                    ("withdrawn_at__isnull", True),
                                ),
                                fields=("workspace", "outside_id"),
                                name="deal_outside_id_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("closed_on__isnull", True), ("outcome", "open")
                                    ),
                                    models.Q(
                                        models.Q(("outcome", "open"), _negated=True),
                                        ("closed_on__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="deal_closed_has_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome", "open"), _negated=True),
                                    ("paid_minor__isnull", True),
                                    _connector="OR",
                                ),
                                name="deal_open_is_unpaid",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on__isnull", True),
                                    ("closed_on__gte", models.F("opened_on")),
                                    _connector="OR",
                                ),
                                name="deal_closes_after_opening",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("list_minor__isnull", True),
                                        ("list_minor__gte", 0),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("paid_minor__isnull", True),
                                        ("paid_minor__gte", 0),
                                        _connector="OR",
                                    ),
                                ),
                                name="deal_amounts_not_negative",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DealStep",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                blank=True, max_length=120, verbose_name="step"
                            ),
                        ),
                        ("on", models.DateField(verbose_name="reached on")),
                        (
                            "reason",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="reason"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "deal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="steps",
                                to="forecasts.deal",
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="superseded_by",
                                to="forecasts.dealstep",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["on", "recorded_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("supersedes__isnull", True),
                                        models.Q(("name", ""), _negated=True),
                                    ),
                                    models.Q(
                                        ("supersedes__isnull", False),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="deal_step_correction_has_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LearningEntry",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "area",
                            models.CharField(
                                choices=[
                                    ("product", "product"),
                                    ("price", "price"),
                                    ("pitch", "pitch"),
                                    ("target", "target"),
                                ],
                                max_length=7,
                                verbose_name="what it is about",
                            ),
                        ),
                        ("changed_on", models.DateField(verbose_name="changed on")),
                        (
                            "changed",
                            models.TextField(
                                max_length=2000, verbose_name="what we changed"
                            ),
                        ),
                        (
                            "expected",
                            models.TextField(
                                max_length=2000, verbose_name="what we expect of it"
                            ),
                        ),
                        (
                            "learned",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="what it did"
                            ),
                        ),
                        (
                            "reason",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="reason"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "supersedes",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="superseded_by",
                                to="forecasts.learningentry",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                        (
                            "curve",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="learning",
                                to="forecasts.salescurve",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "learning entries",
                        "ordering": ["changed_on", "recorded_at", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("supersedes__isnull", True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="learning_correction_has_reason",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InvestorExpectation",
                    fields=[
                        (
                            "id",
                            models.UUIDField(
                                default=uuid.uuid4,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        (
                            "told_to",
                            models.CharField(max_length=200, verbose_name="told to"),
                        ),
                        ("told_on", models.DateField(verbose_name="told on")),
                        (
                            "note",
                            models.TextField(
                                blank=True, max_length=2000, verbose_name="note"
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                        (
                            "by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "revision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.RESTRICT,
                                related_name="investor_expectations",
                                to="forecasts.revision",
                            ),
                        ),
                        (
                            "workspace",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="%(class)ss",
                                to="core.workspace",
                            ),
                        ),
                    ],
                    options={
                        "ordering": ["told_on", "recorded_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SellingSettings",
                    fields=[
                        ("rev", models.PositiveIntegerField(default=1)),
                        (
                            "workspace",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="selling_settings",
                                serialize=False,
                                to="core.workspace",
                            ),
                        ),
                        (
                            "traction_multiple",
                            models.DecimalField(
                                decimal_places=1,
                                default="2.0",
                                max_digits=3,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                                verbose_name="traction, times the cost",
                            ),
                        ),
                        (
                            "initiation_cap",
                            models.PositiveSmallIntegerField(
                                default=4,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(10),
                                ],
                                verbose_name="reps while learning, at most",
                            ),
                        ),
                        (
                            "transition_growth",
                            models.PositiveSmallIntegerField(
                                default=50,
                                validators=[
                                    django.core.validators.MinValueValidator(10),
                                    django.core.validators.MaxValueValidator(200),
                                ],
                                verbose_name="growth in two quarters, %",
                            ),
                        ),
                        (
                            "hysteresis",
                            models.PositiveSmallIntegerField(
                                default=10,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(50),
                                ],
                                verbose_name="margin before falling back, %",
                            ),
                        ),
                        (
                            "whale_share",
                            models.PositiveSmallIntegerField(
                                default=40,
                                validators=[
                                    django.core.validators.MinValueValidator(10),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="largest deal, % of revenue",
                            ),
                        ),
                        (
                            "margin_switch",
                            models.PositiveSmallIntegerField(
                                default=60,
                                validators=[
                                    django.core.validators.MinValueValidator(0),
                                    django.core.validators.MaxValueValidator(100),
                                ],
                                verbose_name="gross margin that counts, below %",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name_plural": "selling settings",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("traction_multiple__gte", 1),
                                    ("traction_multiple__lte", 10),
                                    ("initiation_cap__gte", 1),
                                    ("initiation_cap__lte", 10),
                                    ("transition_growth__gte", 10),
                                    ("transition_growth__lte", 200),
                                    ("hysteresis__lte", 50),
                                    ("margin_switch__lte", 100),
                                    ("whale_share__gte", 10),
                                    ("whale_share__lte", 100),
                                ),
                                name="selling_settings_in_range",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
