"""Addresses of the list of documents that nobody of ours wrote."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["department", "enterprise"])
@pytest.mark.parametrize("value", ["9" * 30, "9" * 5000, "²", "-1", "'"])
def test_a_number_that_is_none_narrows_nothing(cast, client, name, value):
    client.force_login(cast.li.account)
    assert client.get(reverse("documents:list"), {name: value}).status_code == 200
