"""Run a command with DATABASE_URL set to a private PostgreSQL server that lives as long as the command.

    python scripts/with_postgres.py -- python -m pytest

Finds Debian's server binaries; as root the server runs as the user `postgres`. Exits 77 when there is no server.
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

MISSING = 77


def binaries() -> Path | None:
    """Return the folder of initdb and pg_ctl, newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]), reverse=True)
    if found:
        return found[0].parent
    beside = shutil.which("initdb")
    return Path(beside).resolve().parent if beside else None


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def as_server(command: list[str]) -> list[str]:
    """Prefix what must not run as root."""
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--reuid", "postgres", "--regid", "postgres", "--clear-groups", *command]


def main(command: list[str]) -> int:
    """Start the server, run the command, stop the server."""
    bin_ = binaries()
    if bin_ is None:
        print("PostgreSQL is not installed: its tests are skipped", file=sys.stderr)
        return MISSING
    root = Path(tempfile.mkdtemp(prefix="zhiben-pg-"))
    try:
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(root, user.pw_uid, user.pw_gid)
        data, port = root / "data", free_port()
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE, "cwd": root}
        init = [
            str(bin_ / "initdb"),
            "-D",
            str(data),
            "-U",
            "zhiben",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-N",
        ]
        subprocess.run(as_server(init), check=True, **quiet)
        options = f"-p {port} -k {root} -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c max_connections=60"
        options += os.environ.get("ZHIBEN_PG_OPTIONS", "")
        start = [str(bin_ / "pg_ctl"), "-D", str(data), "-w", "-l", str(root / "log"), "-o", options, "start"]
        subprocess.run(as_server(start), check=True, **quiet)
        try:
            env = {**os.environ, "DATABASE_URL": f"postgres://zhiben@127.0.0.1:{port}/postgres"}
            return subprocess.run(command, env=env, check=False).returncode
        finally:
            stop = [str(bin_ / "pg_ctl"), "-D", str(data), "-w", "-m", "immediate", "stop"]
            subprocess.run(as_server(stop), stdout=subprocess.DEVNULL, check=False, cwd=root)
    finally:
        shutil.rmtree(root, ignore_errors=True)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    raise SystemExit(main(arguments[1:] if arguments[:1] == ["--"] else arguments))
