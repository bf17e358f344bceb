"""`zhiben work`: one worker of the clock."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhiben.clocks.serving import stop_on_signals
from zhiben.clocks.worker import Worker
from zhiben.law.judge import settle


class Command(BaseCommand):
    """Work until stopped, or once through all that is due."""

    help = "Run the clock's sweeps and jobs. Any number of workers may run at once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Add `--once`."""
        parser.add_argument("--once", action="store_true", help="do all that is due, then end")

    def handle(self, *args: Any, **options: Any) -> None:
        """Start the worker."""
        worker = Worker()
        stop_on_signals(worker.stop)
        if options["once"]:
            self.stdout.write(f"done: {worker.run_once()}")
            return
        settle()
        worker.run()
