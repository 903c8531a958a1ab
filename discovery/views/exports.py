"""Lists as files. Names are in them, so they are for those who may see names."""

from core.access import workspace_view
from core.downloads import attached
from core.models import Permission
from discovery.exporter import (
    organisations_csv,
    organisations_of,
    segments_csv,
    segments_of,
)


@workspace_view(Permission.SEE_PEOPLE)
def organisation_csv(request, workspace):
    text = organisations_csv(organisations_of(workspace))
    return attached(text, f"organisations-{workspace.slug}")


@workspace_view(Permission.SEE_PEOPLE)
def segment_csv(request, workspace):
    return attached(segments_csv(segments_of(workspace)), f"segments-{workspace.slug}")
