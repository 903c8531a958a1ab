"""What the capture page starts from: the row, or a fresh sheet."""

from django.utils import timezone

from discovery.models import Person, Segment
from interviews.forms.talks import TICKS, WRITTEN
from interviews.models import Interview


def values_of(interview):
    """Of a row that exists. Names that are nobody yet stand as they were typed."""
    people = interview.people.select_related("organisation")
    own = [name for name in (*WRITTEN, *TICKS) if name not in ("segment", "guide")]
    return {name: getattr(interview, name) for name in own} | {
        "segment": interview.segment_id,
        "guide": interview.guide_id,
        "interviewers": list(interview.interviewers.values_list("pk", flat=True)),
        "who": interview.who_typed or [str(person) for person in people],
        "consent": Person.Consent.NOTES,
        "base_rev": interview.rev,
    }


def values_of_new(workspace, now, *, by, guide=None, person=None):
    """Of a fresh page: with the guide's kind, and in the customer's segment."""
    first = Segment.objects.in_workspace(workspace).order_by("created_at", "pk").first()
    segments = [guide and guide.segment_id, person and person.segment_id]
    chosen = next((pk for pk in segments if pk), first.pk if first else None)
    return {
        "held_at": timezone.localtime(now),
        "kind": guide.kind if guide else Interview.Kind.PROBLEM,
        "channel": Interview.Channel.IN_PERSON,
        "pitched": Interview.Pitched.NEVER,
        "segment": chosen,
        "guide": guide.pk if guide else None,
        "interviewers": [by.pk],
        "who": [str(person)] if person else [],
        "consent": Person.Consent.NOTES,
        "base_rev": 0,
    }
