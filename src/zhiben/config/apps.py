"""Django's name for the composition root: it brings the commands that span rooms."""

from django.apps import AppConfig

from zhiben.config import checks

__all__ = ["ConfigConfig", "checks"]


class ConfigConfig(AppConfig):
    """The room `config`."""

    name = "zhiben.config"
