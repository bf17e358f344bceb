"""Django's name for the room."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """The room `insights`."""

    name = "zhiben.insights"
    default_auto_field = "django.db.models.BigAutoField"
