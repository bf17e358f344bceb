"""`zhiben demo`: example records in the database at hand, then web and worker."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from zhiben.config.demo.build import Shown, is_prepared, prepare
from zhiben.config.demo.cast import PASSWORD
from zhiben.orgs.models import Account, Enterprise
from zhiben.orgs.scope import Scope, scoped


class Command(BaseCommand):
    """Prepare and serve the example."""

    help = "Fill the database with example records and serve it on loopback (--no-serve: only prepare)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add what to leave out."""
        parser.add_argument("--no-serve", action="store_true", help="only prepare, then end")
        parser.add_argument("--port", type=int, default=8000, help="where the pages answer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, prepare once, print the logins, serve."""
        shown = Shown()
        call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
        if not settings.DEBUG:
            call_command("collectstatic", verbosity=0, interactive=False)
        with scoped(Scope(everything=True)):
            if not is_prepared():
                if Enterprise.objects.exists():
                    raise CommandError(
                        "the database holds records, but not the whole example: an interrupted run, or your own data. "
                        "Remove var/zhiben.sqlite3, or name an empty database by DATABASE_URL."
                    )
                prepare(shown, now=timezone.now())
            names = Account.objects.filter(is_demo=True).order_by("pk").values_list("username", flat=True)
            shown.console.print(f"http://127.0.0.1:{options['port']}/  password {PASSWORD}  ({', '.join(names)})")
        if not options["no_serve"]:
            call_command("serve", port=options["port"])
