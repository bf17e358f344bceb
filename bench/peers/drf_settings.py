"""The program's settings with the peer's addresses and nothing in its way."""

from zhiben.config.settings import *  # noqa: F403

ROOT_URLCONF = "peers.drf"
MIDDLEWARE = []
INSTALLED_APPS = [*(app for app in INSTALLED_APPS if not app.startswith("allauth")), "rest_framework"]
REST_FRAMEWORK = {"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"], "UNAUTHENTICATED_USER": None}
