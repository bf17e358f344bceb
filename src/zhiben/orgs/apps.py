"""Django's name for the room."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class OrgsConfig(AppConfig):
    """The room `orgs`."""

    name = "zhiben.orgs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the root of the tree and the shipped roles filled in after every migrate; load the rooms' panels."""
        import_module("zhiben.orgs.seeds")  # needs the models, which stand only now
        import_module("zhiben.orgs.second_step")  # journals what allauth reports
        autodiscover_modules("panels", "concerns")
