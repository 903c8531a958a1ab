import pytest
import time_machine

from tests.factories import NOW


@pytest.fixture
def clock(db):
    """The pages' clock stands at NOW."""
    with time_machine.travel(NOW, tick=False):
        yield
