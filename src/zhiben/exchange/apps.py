"""Django's name for the room."""

from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """The room `exchange`."""

    name = "zhiben.exchange"
    default_auto_field = "django.db.models.BigAutoField"
