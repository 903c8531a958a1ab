"""How strongly a quote speaks, and for what: the ladder of docs/domain.md."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stance(models.TextChoices):
    SUPPORTS = "supports", _("supports")
    CONTRADICTS = "contradicts", _("contradicts")
    NEUTRAL = "neutral", _("neither")


class Grade(models.IntegerChoices):
    """How hard it was for them to say or do it."""

    INSIDE = 0, _("E0 inside opinion")
    COMPLIMENT = 1, _("E1 compliment, hypothetical, promise")
    PROMPTED = 2, _("E2 prompted statement")
    ANECDOTE = 3, _("E3 specific past anecdote, unprompted")
    BEHAVIOUR = 4, _("E4 verified behaviour")
    COMMITMENT = 5, _("E5 commitment of time or reputation")
    MONEY = 6, _("E6 money")
    REPEAT = 7, _("E7 repeat money")
