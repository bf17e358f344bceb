"""Django's name for the room."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """The room `files`."""

    name = "zhiben.files"
    default_auto_field = "django.db.models.BigAutoField"
