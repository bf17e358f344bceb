"""`zhiben orgs import | list | check | account | password`: the tree and its people from the command line, at system scope."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from zhiben.kernel.actor import SYSTEM
from zhiben.kernel.arguments import count
from zhiben.kernel.errors import Invalid
from zhiben.orgs.domain.kinds import UnitKind
from zhiben.orgs.selectors.access import account_named
from zhiben.orgs.selectors.units import listed, unit_at
from zhiben.orgs.services.access import Holding, grant_role, make_account, roles
from zhiben.orgs.services.divisions import SHIPPED, import_divisions
from zhiben.orgs.services.moving import strayed_rows
from zhiben.orgs.services.passwords import reset_password


class Command(BaseCommand):
    """The tree and its people."""

    help = "Import divisions, list units, check paths, make the first accounts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the verbs."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        bring = verbs.add_parser("import", help="bring a table of divisions into the tree")
        bring.add_argument(
            "file", nargs="?", type=Path, default=SHIPPED, help="csv, .xz or .gz; default: the shipped one"
        )
        bring.add_argument("--under", default="", metavar="CODE", help="only this division, those above and below it")
        bring.add_argument("--dry-run", action="store_true", help="say what would change, change nothing")
        bring.add_argument("--json", action="store_true")
        show = verbs.add_parser("list", help="list units, upper ones first")
        show.add_argument("--kind", choices=[kind.value for kind in UnitKind], help="only units of this kind")
        show.add_argument("--under", default="", metavar="PATH_OR_CODE", help="only this unit and those below it")
        show.add_argument("--limit", type=count, help="at most so many")
        show.add_argument("--json", action="store_true")
        check = verbs.add_parser("check", help="compare the path of every record with its unit's")
        check.add_argument("--mend", action="store_true", help="correct those that differ")
        make = verbs.add_parser("account", help="make an account with a role; its password is read from standard input")
        make.add_argument("username", help="the name to sign in with")
        make.add_argument("--role", required=True, help="slug of a role, such as system_admin")
        make.add_argument("--unit", default="/1/", metavar="PATH_OR_CODE", help="default: the whole tree")
        reset = verbs.add_parser("password", help="set an account's password anew and print the temporary one")
        reset.add_argument("username", help="the name to sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one verb."""
        getattr(self, f"_{options['verb']}")(**options)

    def _import(self, *, file: Path, under: str, dry_run: bool, **options: Any) -> None:
        report = import_divisions(file, under=under, dry_run=dry_run, actor=SYSTEM, now=timezone.now())
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report), ensure_ascii=False))
        else:
            for problem in report.problems[:20]:
                self.stderr.write(f"row {problem.row}, {problem.column}: {problem.code} ({problem.value})")
            self.stdout.write(
                f"read {report.read}, made {report.made}, renamed {report.renamed}, recoded {report.recoded}, "
                f"unchanged {report.unchanged}, under another parent {len(report.elsewhere)}, gone {len(report.gone)}, "
                f"problems {len(report.problems)}" + (" (dry run)" if dry_run else "")
            )
        if report.problems:
            raise SystemExit(1)

    def _list(self, *, kind: str | None, under: str, limit: int | None, **options: Any) -> None:
        rows = listed(kind=UnitKind(kind) if kind else None, under=unit_at(under) if under else None, limit=limit)
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(f"{row['path']}\t{row['code']}\t{row['kind']}\t{row['name']}")

    def _check(self, *, mend: bool, **_: Any) -> None:
        strayed = strayed_rows(mend=mend)
        self.stdout.write(json.dumps({"strayed": strayed, "mended": mend}))
        if strayed and not mend:
            raise SystemExit(1)

    def _account(self, *, username: str, role: str, unit: str, **_: Any) -> None:
        now, place = timezone.now(), unit_at(unit)
        if role not in {known.slug for known in roles()}:
            raise Invalid("role:unknown", field="role", value=role)
        account = make_account(username, sys.stdin.readline().strip(), actor=SYSTEM, now=now)
        grant_role(account.pk, Holding(role, unit=place.pk), actor=SYSTEM, now=now)
        self.stdout.write(f"made account {account.username} with role {role} at {place.name}")

    def _password(self, *, username: str, **_: Any) -> None:
        now = timezone.now()
        account, text = reset_password(account_named(username).pk, actor=SYSTEM, now=now)
        self.stderr.write(f"{account.username} has to replace this password at the next sign-in; its sessions ended")
        self.stdout.write(text)
