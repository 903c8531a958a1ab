"""The channels of a venture are told of its stops, once for each thing that happens."""

from datetime import datetime

from core.deliveries import plan
from core.models import Channel
from decisions.models import Alert, Escalation

RAISED, DECIDED, SET_ASIDE = "opened", "decided", "set_aside"
# "not_taken_up", "not_decided": the levels alone say what did not happen
LATE = {f"not_{level}": level for level in Escalation.Level}


def tell_channels(alert: Alert, transition: str, *, now: datetime) -> int:
    """Posts planned; call it in the transaction of the event. `transition` is one of
    the above. Quiet alerts are told to nobody outside."""
    if alert.severity != Alert.Severity.STOP:
        return 0
    channels = Channel.objects.in_workspace(alert.workspace).working()
    return sum(
        plan(
            kind="alert_post",
            workspace=alert.workspace,
            channel=channel,
            subject_id=alert.pk,
            transition=transition,
            now=now,
        )
        for channel in channels.filter(wants_alerts=True)
    )
