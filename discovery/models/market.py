"""Who we think the customer is."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Revisable, Trashable, WorkspaceModel
from core.querysets import TrashableQuerySet


class ModelVersion(WorkspaceModel):
    """A version of the business model. A pivot starts the next one."""

    class Change(models.TextChoices):
        """What a pivot may change."""

        SEGMENT = "segment", _("who the customer is")
        PROBLEM = "problem", _("the problem we solve")
        SOLUTION = "solution", _("the solution")
        PRICE = "price", _("the price, or what is paid for")
        CHANNEL = "channel", _("the channel, or how it is sold")

    number = models.PositiveSmallIntegerField()
    what_changed = models.TextField(_("what changes, and why"), blank=True)
    # values of Change; empty for the first version
    changes = models.JSONField(default=list, blank=True)
    started_on = models.DateField()
    started_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "number"], name="model_version_once"
            ),
        ]

    def __str__(self):
        return f"v{self.number}"


class Segment(Revisable, WorkspaceModel):
    """A group of customers: who they are, and where they can be found."""

    class Status(models.TextChoices):
        HYPOTHESISED = "hypothesised", _("hypothesised")
        ACTIVE = "active", _("active")
        DROPPED = "dropped", _("dropped")

    name = models.CharField(_("name"), max_length=120)
    who = models.TextField(_("who they are"), blank=True, max_length=2000)
    where = models.TextField(_("where to find them"), blank=True, max_length=2000)
    status = models.CharField(
        _("status"), max_length=12, choices=Status, default=Status.HYPOTHESISED
    )
    model_version = models.ForeignKey(
        ModelVersion, models.RESTRICT, related_name="segments"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"], name="segment_name_once"
            ),
        ]

    def __str__(self):
        return self.name


class Source(models.TextChoices):
    COLD = "cold", _("cold")
    WARM = "warm", _("warm")
    REFERRAL = "referral", _("referral")
    INBOUND = "inbound", _("inbound")
    FRIEND = "friend", _("friend")


class Organisation(Revisable, Trashable, WorkspaceModel):
    name = models.CharField(_("name"), max_length=200)
    pseudonym = models.CharField(_("pseudonym"), max_length=80)
    size = models.CharField(_("size"), max_length=80, blank=True)
    source = models.CharField(_("source"), max_length=8, choices=Source, blank=True)
    is_related_party = models.BooleanField(
        _("related party: investor, adviser, friend's firm"), default=False
    )
    # after a merge: the row that holds what was here
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged_rows"
    )
    created_at = models.DateTimeField()

    objects = TrashableQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            # a name in the trash, or merged away, may be taken again
            models.UniqueConstraint(
                fields=["workspace", "name"],
                condition=Q(trashed_at__isnull=True, merged_into__isnull=True),
                name="organisation_name_once",
            ),
            models.UniqueConstraint(
                fields=["workspace", "pseudonym"], name="organisation_pseudonym_once"
            ),
        ]

    def __str__(self):
        return self.name


class Person(Revisable, Trashable, WorkspaceModel):
    """Someone we talk to. Readers without the right to names see the pseudonym."""

    class Consent(models.TextChoices):
        NONE = "none", _("none")
        NOTES = "notes", _("notes")
        QUOTE = "quote", _("notes and quotes")
        RECORDING = "recording", _("notes, quotes and recording")

    organisation = models.ForeignKey(
        Organisation, models.RESTRICT, null=True, blank=True, related_name="people"
    )
    segment = models.ForeignKey(
        Segment, models.RESTRICT, null=True, blank=True, related_name="people"
    )

    class Recognition(models.TextChoices):
        LATENT = "latent", _("has the problem, does not know it")
        PASSIVE = "passive", _("knows the problem, does not look")
        ACTIVE = "active", _("looks for a solution")
        VISION = "vision", _("has an idea of the solution")

    # who
    name = models.CharField(_("name"), max_length=200)
    pseudonym = models.CharField(_("pseudonym"), max_length=80)
    role_title = models.CharField(_("role"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    # how we met
    source = models.CharField(
        _("source"), max_length=8, choices=Source, default=Source.COLD
    )
    referred_by = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="referrals",
        verbose_name=_("referred by"),
    )
    is_related_party = models.BooleanField(
        _("related party: friend, investor, adviser"), default=False
    )
    recognition = models.CharField(
        _("how far they see the problem"),
        max_length=7,
        choices=Recognition,
        blank=True,
    )
    # what comes next with them
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_step_on = models.DateField(_("on"), null=True, blank=True)
    # what they allowed, how and when
    consent = models.CharField(
        _("consent"), max_length=9, choices=Consent, default=Consent.NOTES
    )
    consent_how = models.CharField(_("how it was given"), max_length=200, blank=True)
    consent_on = models.DateField(_("given on"), null=True, blank=True)
    consent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("noted by"),
    )
    # personal data: when it is due to go, and when it went
    erase_on = models.DateField(_("erase on"), null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    # after a merge: the row that holds what was here
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged_rows"
    )
    created_at = models.DateTimeField()

    objects = TrashableQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "people"
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "pseudonym"], name="person_pseudonym_once"
            ),
        ]
        indexes = [
            # the customers list in order
            models.Index(fields=["workspace", "name"], name="person_by_name"),
        ]

    def __str__(self):
        if self.organisation_id:
            return f"{self.name}, {self.organisation.name}"
        return self.name

    @property
    def refuses(self):
        """They agreed to nothing being kept, or no longer do: what they said is hidden."""
        return self.consent == self.Consent.NONE

    @property
    def may_be_quoted(self):
        return self.consent in (self.Consent.QUOTE, self.Consent.RECORDING)


class BuyingRole(WorkspaceModel):
    """What a person is in the purchase. One person may be several things."""

    class Role(models.TextChoices):
        USER = "user", _("user")
        INFLUENCER = "influencer", _("influencer")
        RECOMMENDER = "recommender", _("recommender")
        TECHNICAL_BUYER = "technical_buyer", _("technical buyer")
        ECONOMIC_BUYER = "economic_buyer", _("economic buyer")
        DECISION_MAKER = "decision_maker", _("decision maker")
        SABOTEUR = "saboteur", _("saboteur")

    person = models.ForeignKey(Person, models.CASCADE, related_name="buying_roles")
    role = models.CharField(max_length=15, choices=Role)

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "role"], name="buying_role_once"),
        ]

    def __str__(self):
        return self.get_role_display()


class Merge(WorkspaceModel):
    """Two rows that were one. `moved` maps "app.Model.field" to the ids that changed
    hands, `before` holds what filling the gaps replaced; both are for undo."""

    class Kind(models.TextChoices):
        PERSON = "person"
        ORGANISATION = "organisation"

    kind = models.CharField(max_length=12, choices=Kind)
    kept_id = models.UUIDField()
    gone_id = models.UUIDField()
    moved = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    merged_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-merged_at", "pk"]

    def __str__(self):
        return f"{self.kind}, {self.merged_at:%Y-%m-%d}"
