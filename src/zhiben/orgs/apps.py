"""Django's name for the room."""

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """The room `orgs`."""

    name = "zhiben.orgs"
    default_auto_field = "django.db.models.BigAutoField"
