"""Django's name for the composition root: it brings the commands that span rooms."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The room `config`."""

    name = "zhiben.config"
