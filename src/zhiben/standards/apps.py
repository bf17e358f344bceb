"""Django's name for the room."""

from django.apps import AppConfig


class StandardsConfig(AppConfig):
    """The room `standards`."""

    name = "zhiben.standards"
    default_auto_field = "django.db.models.BigAutoField"
