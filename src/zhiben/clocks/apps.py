"""Django's name for the room."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ClocksConfig(AppConfig):
    """The room `clocks`."""

    name = "zhiben.clocks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load every room's `jobs` module: what it registers there, the worker runs."""
        autodiscover_modules("jobs")
