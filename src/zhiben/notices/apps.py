"""Django's name for the room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The room `notices`."""

    name = "zhiben.notices"
    default_auto_field = "django.db.models.BigAutoField"
