"""Django's name for the room."""

from django.apps import AppConfig


class DangersConfig(AppConfig):
    """The room `dangers`."""

    name = "zhiben.dangers"
    default_auto_field = "django.db.models.BigAutoField"
