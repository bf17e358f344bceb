"""Django's name for the room."""

from django.apps import AppConfig


class ShellConfig(AppConfig):
    """The room `shell`."""

    name = "zhiben.shell"
    default_auto_field = "django.db.models.BigAutoField"
