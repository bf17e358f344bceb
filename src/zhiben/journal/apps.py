"""Django's name for the room."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """The room `journal`."""

    name = "zhiben.journal"
    default_auto_field = "django.db.models.BigAutoField"
