"""Django's name for the room."""

from importlib import import_module

from django.apps import AppConfig


class OrgsConfig(AppConfig):
    """The room `orgs`."""

    name = "zhiben.orgs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the root of the tree and the shipped roles filled in after every migrate."""
        import_module("zhiben.orgs.seeds")  # needs the models, which stand only now
