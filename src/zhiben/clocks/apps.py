"""Django's name for the room."""

from django.apps import AppConfig


class ClocksConfig(AppConfig):
    """The room `clocks`."""

    name = "zhiben.clocks"
    default_auto_field = "django.db.models.BigAutoField"
