"""The program's settings with the peer's addresses and nothing in its way."""

from zhiben.config.settings import *  # noqa: F403

ROOT_URLCONF = "peers.drf"


class _Nothing(list):
    """No middleware at all; allauth, which only wants to see its own in the list, is told that it is there."""

    def __contains__(self, _):
        return True


MIDDLEWARE = _Nothing()
INSTALLED_APPS = [*INSTALLED_APPS, "rest_framework"]
REST_FRAMEWORK = {"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"], "UNAUTHENTICATED_USER": None}
