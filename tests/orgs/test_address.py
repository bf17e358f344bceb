"""The address that limits are counted by: as our own proxies saw it, never as a client says."""

import pytest
from django.test import RequestFactory

from zhiben.config.env import BadSetting, read
from zhiben.orgs.adapter import Adapter
from zhiben.orgs.requests import address_of


@pytest.mark.parametrize(
    ("proxies", "header", "counted"),
    [
        (0, "9.9.9.9", "10.0.0.1"),  # no proxy of ours: whatever stands there was written by anybody
        (0, "", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "1.2.3.4", "1.2.3.4"),
        (1, "9.9.9.9, 1.2.3.4", "1.2.3.4"),  # the client wrote the first
        (2, "9.9.9.9, 1.2.3.4, 10.0.0.7", "1.2.3.4"),
        (2, "1.2.3.4", "10.0.0.1"),  # one proxy too few: not to be believed
        (1, " , ", "10.0.0.1"),
        (1, "x" * 500, "x" * 60),
    ],
)
def test_the_address_is_what_the_outermost_of_our_proxies_saw(settings, proxies, header, counted):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": header})
    assert address_of(request) == Adapter().get_client_ip(request) == counted


def test_fewer_than_no_proxies_are_refused(tmp_path):
    with pytest.raises(BadSetting, match="ZHIBEN_PROXIES"):
        read({"ZHIBEN_PROXIES": "-1", "ZHIBEN_VAR": str(tmp_path)})
