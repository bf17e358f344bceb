"""What the tests of notices share."""

import pytest
from notices.gateways import open_gateways


@pytest.fixture
def gateways(monkeypatch, settings):
    """Providers of text messages and group chats; see gateways.py."""
    return open_gateways(monkeypatch, settings)
