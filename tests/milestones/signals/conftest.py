import pytest

from tests.milestones.rows import open_market


@pytest.fixture
def segment(workspace, founder):
    return open_market(workspace, founder)


@pytest.fixture
def consumers(workspace, segment):
    workspace.sells_to_businesses = False
    workspace.save(update_fields=["sells_to_businesses"])
    return segment
