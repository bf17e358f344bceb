"""Django's name for the room."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class DocumentsConfig(AppConfig):
    """The room `documents`."""

    name = "zhiben.documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every room name the kinds of documents it drafts: they stand in its module `papers`."""
        autodiscover_modules("papers")
