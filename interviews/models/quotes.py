"""Exact words, what they are about, and what they speak for or against."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.models import Revisable, StoredFile, WorkspaceModel
from core.querysets import InWorkspaceQuerySet
from discovery.models import Feature, Hypothesis, Need, Person, Problem
from interviews.models.grades import Grade, Stance
from interviews.models.talks import Interview

LINK_TARGETS = ("problem", "need", "feature", "hypothesis", "rung")


def refused(path: str = "") -> Q:
    """Words of somebody who agrees to nothing being kept, or no longer does; of nobody
    in particular, where such a person took part. For `exclude`."""
    spoken = Q(**{f"{path}person__consent": Person.Consent.NONE})
    unnamed = {
        f"{path}person": None,
        f"{path}interview__people__consent": Person.Consent.NONE,
    }
    return spoken | Q(**unnamed)


class QuoteQuerySet(InWorkspaceQuerySet):
    def standing(self):
        """Hidden at once when consent is withdrawn, back when it is given again."""
        return self.filter(withdrawn_at__isnull=True).exclude(refused())


class Quote(Revisable, WorkspaceModel):
    """Exact words from the notes, with enough around them to be found again.

    `start` and `end` count characters of the notes as they were when it was taken;
    `prefix` and `suffix` are up to 40 characters beside it.
    """

    interview = models.ForeignKey(Interview, models.RESTRICT, related_name="quotes")
    person = models.ForeignKey(
        Person, models.RESTRICT, null=True, blank=True, related_name="quotes"
    )
    text = models.TextField(_("exact words"), max_length=4000)
    prefix = models.CharField(max_length=40, blank=True)
    suffix = models.CharField(max_length=40, blank=True)
    start = models.PositiveIntegerField(null=True)
    end = models.PositiveIntegerField(null=True)
    is_paraphrase = models.BooleanField(
        _("our words for what they said"), default=False
    )
    is_prompted = models.BooleanField(_("prompted: we named it first"), default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = QuoteQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(start__isnull=True, end__isnull=True)
                | Q(start__lt=models.F("end")),
                name="quote_range_in_order",
            ),
        ]

    def __str__(self):
        return self.text[:60]


class Tag(Revisable, WorkspaceModel):
    """A word for what quotes have in common. Tags form a tree of at most three levels."""

    parent = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="children"
    )
    name = models.CharField(_("name"), max_length=80)
    definition = models.CharField(_("what it means"), max_length=300, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+"
    )
    created_at = models.DateTimeField()
    # after a merge: the tag that took its quotes
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged_rows"
    )

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "name"],
                condition=Q(merged_into__isnull=True),
                name="tag_name_once",
            ),
        ]

    def __str__(self):
        return self.name


class QuoteTag(WorkspaceModel):
    """A quote bears a tag. `tagged_at` is when we saw it, for saturation."""

    quote = models.ForeignKey(Quote, models.CASCADE, related_name="tags")
    tag = models.ForeignKey(Tag, models.RESTRICT, related_name="uses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    tagged_at = models.DateTimeField()

    class Meta:
        ordering = ["tagged_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["quote", "tag"], name="quote_tag_once"),
        ]

    def __str__(self):
        return str(self.tag)


def one_target(names: tuple[str, ...]) -> Q:
    """Exactly one of these columns is filled."""
    choices = Q()
    for chosen in names:
        choices |= Q(*((f"{name}__isnull", name != chosen) for name in names))
    return choices


class QuoteLinkQuerySet(InWorkspaceQuerySet):
    def standing(self):
        standing = self.filter(withdrawn_at=None, quote__withdrawn_at=None)
        return standing.exclude(refused("quote__"))


class QuoteLink(WorkspaceModel):
    """A quote, linked to a problem, need, feature, hypothesis or rung of the ladder.

    Links to the eleven questions are `milestones.EvidenceLink`. A rung (1-5) is about
    the person who speaks. Links are withdrawn with a reason, never deleted.
    """

    quote = models.ForeignKey(Quote, models.RESTRICT, related_name="links")
    # exactly one target
    problem = models.ForeignKey(
        Problem, models.RESTRICT, null=True, blank=True, related_name="quote_links"
    )
    need = models.ForeignKey(
        Need, models.RESTRICT, null=True, blank=True, related_name="quote_links"
    )
    feature = models.ForeignKey(
        Feature, models.RESTRICT, null=True, blank=True, related_name="quote_links"
    )
    hypothesis = models.ForeignKey(
        Hypothesis, models.RESTRICT, null=True, blank=True, related_name="quote_links"
    )
    rung = models.PositiveSmallIntegerField(null=True, blank=True)
    # what it says
    stance = models.CharField(_("stance"), max_length=11, choices=Stance)
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade)
    # proof, from E4 up: a file, a link, or a person who saw it
    proof_url = models.URLField(_("proof: link"), max_length=500, blank=True)
    proof_file = models.ForeignKey(
        StoredFile, models.SET_NULL, null=True, blank=True, related_name="quote_links"
    )
    had_proof_file = models.BooleanField(default=False)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="+",
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.RESTRICT, related_name="+")
    linked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = QuoteLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-linked_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=one_target(LINK_TARGETS), name="quote_link_has_one_target"
            ),
            models.CheckConstraint(
                condition=Q(rung__isnull=True) | Q(rung__gte=1, rung__lte=5),
                name="quote_link_rung_1_to_5",
            ),
            models.CheckConstraint(
                condition=Q(grade__lte=7), name="quote_link_grade_known"
            ),
            models.CheckConstraint(
                condition=Q(grade__lt=4)
                | ~Q(proof_url="")
                | Q(had_proof_file=True)
                | Q(seen_by__isnull=False),
                name="quote_link_from_e4_has_proof",
            ),
            *(
                models.UniqueConstraint(
                    fields=["quote", target],
                    condition=Q(
                        ("withdrawn_at__isnull", True), (f"{target}__isnull", False)
                    ),
                    name=f"quote_link_{target}_once",
                )
                for target in LINK_TARGETS
            ),
        ]

    def __str__(self):
        return f"E{self.grade} {self.stance}"
