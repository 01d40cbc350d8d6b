"""`rembug serve`: the web server and one worker in one command."""

import os
import signal
import subprocess
import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from rembug.lib import env


class Command(BaseCommand):
    """Starts both, restarts the worker when it dies, stops both together."""

    help = "Start the web server and a background worker; Ctrl+C stops both."
    requires_system_checks: list[
        str
    ] = []  # `rembug ready` checks; here they would load every page a second time

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=env.text("HOST", "127.0.0.1"))
        parser.add_argument("--port", type=int, default=env.number("PORT", 8000))
        parser.add_argument("--processes", type=int, default=env.number("WEB_PROCESSES", 1))
        parser.add_argument("--no-worker", action="store_true", help="the worker runs elsewhere")

    def handle(self, *args: Any, **options: Any) -> None:
        command = server_command(options["host"], options["port"], options["processes"])
        if options["no_worker"]:
            os.execv(command[0], command)  # noqa: S606 - nothing to watch: the server takes this process's place
        server = subprocess.Popen(command)
        worker: subprocess.Popen[bytes] | None = _start_worker()

        def stop(_signum: int, _frame: object) -> None:
            raise KeyboardInterrupt

        signal.signal(signal.SIGTERM, stop)
        try:
            while server.poll() is None:
                if worker is not None and worker.poll() is not None:
                    worker = _start_worker()
                time.sleep(0.5)
        except KeyboardInterrupt:
            self.stderr.write("Berhenti. / Stopping.")
        finally:
            for child in filter(None, (server, worker)):
                _end(child)
        sys.exit(server.returncode if server.returncode and server.returncode > 0 else 0)


def server_command(host: str, port: int, processes: int) -> list[str]:
    """Return the command line of the web server.

    Many blocking threads because an intake request waits for its group's commit; the work itself is short.
    """
    options = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(processes)]
    options += ["--blocking-threads", str(env.number("WEB_THREADS", 40)), "--no-ws", "--log-level", "warning"]
    return [sys.executable, "-m", "granian", *options, "rembug.config.wsgi:application"]


def _start_worker() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "rembug", "worker"], env=os.environ)


def _end(child: "subprocess.Popen[bytes]") -> None:
    if child.poll() is None:
        child.terminate()
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
