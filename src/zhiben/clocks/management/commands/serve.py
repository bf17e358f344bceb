"""`zhiben serve`: web server and worker."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from zhiben.clocks.serving import Serving, stop_on_signals, web_command, work_command


class Command(BaseCommand):
    """Serve the pages and run a worker beside them."""

    help = "Serve pages and API, with one worker beside (--no-work: without)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add address and worker."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")
        parser.add_argument("--no-work", action="store_true", help="no worker: another process runs `zhiben work`")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the database, then start both."""
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise CommandError("the database is not up to date: run `zhiben migrate` first")
        connection.close()
        if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").exists():
            call_command("collectstatic", interactive=False, verbosity=0)
        host, port = options["host"], options["port"]
        serving = Serving(web_command(host, port, settings.WEB_WORKERS), None if options["no_work"] else work_command())
        stop_on_signals(serving.stop)
        self.stdout.write(f"http://{host}:{port}/  (Ctrl-C ends)")
        self.stdout.flush()
        code = serving.run()
        if code:
            raise CommandError(f"the web server ended with {code}")
