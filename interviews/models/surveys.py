"""Questions asked in the same words of many: must-have, prices, needs."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from core.models import ImportRun, Revisable, Trashable, WorkspaceModel
from core.querysets import InWorkspaceQuerySet, TrashableQuerySet
from discovery.models import Need, Person, Segment


class Survey(Revisable, Trashable, WorkspaceModel):
    """One instrument for one segment. The offer people judged is part of it: a new
    wording is a new survey."""

    class Kind(models.TextChoices):
        MUST_HAVE = "must_have", _("must-have (Ellis)")
        PRICE = "price", _("prices (Van Westendorp)")
        NEEDS = "needs", _("needs: importance and satisfaction")

    kind = models.CharField(_("kind"), max_length=9, choices=Kind)
    segment = models.ForeignKey(Segment, models.RESTRICT, related_name="surveys")
    name = models.CharField(_("name"), max_length=120)
    offer = models.TextField(
        _("what they judge, in the words they read"), max_length=2000, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    needs = models.ManyToManyField(Need, related_name="surveys", blank=True)
    consent_text = models.TextField(_("what we ask them to agree to"), max_length=2000)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )
    created_at = models.DateTimeField()

    objects = TrashableQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.name


class SurveyLink(WorkspaceModel):
    """A one-time address for one respondent; only the SHA-256 of its token is kept."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="links")
    person = models.ForeignKey(
        Person, models.CASCADE, null=True, blank=True, related_name="survey_links"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "pk"]

    def __str__(self):
        return f"{self.survey_id}"


class SurveyResponseQuerySet(InWorkspaceQuerySet):
    def standing(self):
        return self.filter(withdrawn_at__isnull=True)


class SurveyResponse(WorkspaceModel):
    """One respondent's answers on one day."""

    class Via(models.TextChoices):
        FORM = "form", _("entered by us")
        IMPORT = "import", _("imported")
        LINK = "link", _("answered by themselves")

    survey = models.ForeignKey(Survey, models.RESTRICT, related_name="responses")
    person = models.ForeignKey(
        Person, models.RESTRICT, null=True, blank=True, related_name="responses"
    )
    # who answered, when it is nobody we have written down: a number, not a name
    label = models.CharField(_("respondent"), max_length=80, blank=True)
    via = models.CharField(max_length=6, choices=Via)
    asked_on = models.DateField(_("asked on"))
    consented_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
    )
    recorded_at = models.DateTimeField()
    import_run = models.ForeignKey(
        ImportRun, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = SurveyResponseQuerySet.as_manager()

    class Meta:
        ordering = ["asked_on", "recorded_at", "pk"]

    def __str__(self):
        return f"{self.via}, {self.asked_on}"

    # --- as it is shown: the numbers, without whoever took their consent back
    @property
    def is_hidden(self):
        return self.person is not None and self.person.refuses

    @property
    def person_shown(self):
        return None if self.is_hidden else self.person

    @property
    def label_shown(self):
        return "" if self.is_hidden else self.label

    @property
    def words_shown(self):
        return "" if self.is_hidden else self.must_have.why


class MustHaveAnswer(WorkspaceModel):
    """How they would feel if they could no longer use it (Sean Ellis)."""

    class Feeling(models.TextChoices):
        VERY = "very", _("very disappointed")
        SOMEWHAT = "somewhat", _("somewhat disappointed")
        NOT = "not", _("not disappointed")
        GONE = "gone", _("I no longer use it")

    response = models.OneToOneField(
        SurveyResponse, models.CASCADE, related_name="must_have"
    )
    feeling = models.CharField(_("answer"), max_length=8, choices=Feeling)
    uses_last_14_days = models.PositiveSmallIntegerField(
        _("uses in the last 14 days"), null=True, blank=True
    )
    why = models.TextField(_("in their words"), max_length=2000, blank=True)

    def __str__(self):
        return self.feeling


class PriceAnswer(WorkspaceModel):
    """Four prices in minor units of the survey's currency (Van Westendorp).

    Only ordered answers count; the others are kept and counted as dropped.
    """

    response = models.OneToOneField(
        SurveyResponse, models.CASCADE, related_name="price"
    )
    too_cheap_minor = models.BigIntegerField()
    cheap_minor = models.BigIntegerField()
    expensive_minor = models.BigIntegerField()
    too_expensive_minor = models.BigIntegerField()
    is_ordered = models.GeneratedField(
        expression=Q(
            too_cheap_minor__lt=F("cheap_minor"),
            cheap_minor__lt=F("expensive_minor"),
            expensive_minor__lt=F("too_expensive_minor"),
        ),
        output_field=models.BooleanField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    too_cheap_minor__gte=0,
                    cheap_minor__gte=0,
                    expensive_minor__gte=0,
                    too_expensive_minor__gte=0,
                ),
                name="price_answer_not_negative",
            ),
        ]

    def __str__(self):
        return str(self.response_id)


class NeedRating(WorkspaceModel):
    """How important an outcome is, and how satisfied they are today; 1 to 5 each."""

    response = models.ForeignKey(SurveyResponse, models.CASCADE, related_name="ratings")
    need = models.ForeignKey(Need, models.RESTRICT, related_name="ratings")
    importance = models.PositiveSmallIntegerField(_("importance"))
    satisfaction = models.PositiveSmallIntegerField(_("satisfaction"))

    class Meta:
        ordering = ["need__level", "need__created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "need"], name="need_rating_once"
            ),
            models.CheckConstraint(
                condition=Q(
                    importance__gte=1,
                    importance__lte=5,
                    satisfaction__gte=1,
                    satisfaction__lte=5,
                ),
                name="need_rating_1_to_5",
            ),
        ]

    def __str__(self):
        return f"{self.importance}/{self.satisfaction}"
