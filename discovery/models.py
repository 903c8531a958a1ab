"""Who we think the customer is."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import WorkspaceModel


class ModelVersion(WorkspaceModel):
    """A version of the business model. A pivot starts the next one."""

    number = models.PositiveSmallIntegerField()
    what_changed = models.TextField(blank=True)
    started_on = models.DateField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "number"], name="model_version_once"
            ),
        ]

    def __str__(self):
        return f"v{self.number}"


class Segment(WorkspaceModel):
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


class Organisation(WorkspaceModel):
    name = models.CharField(_("name"), max_length=200)
    pseudonym = models.CharField(_("pseudonym"), max_length=80)
    is_related_party = models.BooleanField(
        _("related party: investor, adviser, friend's firm"), default=False
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"], name="organisation_name_once"
            ),
            models.UniqueConstraint(
                fields=["workspace", "pseudonym"], name="organisation_pseudonym_once"
            ),
        ]

    def __str__(self):
        return self.name


class Person(WorkspaceModel):
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
    is_related_party = models.BooleanField(
        _("related party: friend, investor, adviser"), default=False
    )
    # what they allowed, how and when
    consent = models.CharField(
        _("consent"), max_length=9, choices=Consent, default=Consent.NOTES
    )
    consent_how = models.CharField(_("how it was given"), max_length=200, blank=True)
    consent_on = models.DateField(_("given on"), null=True, blank=True)
    created_at = models.DateTimeField()

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
    def may_be_quoted(self):
        return self.consent in (self.Consent.QUOTE, self.Consent.RECORDING)
