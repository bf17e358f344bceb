"""Django's name for the room."""

from django.apps import AppConfig

from zhiben.orgs.api import register_sentences
from zhiben.shell.refusals import told_in_a_line


class ShellConfig(AppConfig):
    """The room `shell`."""

    name = "zhiben.shell"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Hand down how refusals are told."""
        register_sentences(told_in_a_line)
