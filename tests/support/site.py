"""A running site of its own: database, server processes and workers, as `make run` starts them."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.support import ready_site
from tests.support.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
PACK = ROOT / "cities" / "pekalongan"


@dataclass
class Site:
    """One site under test."""

    var: Path
    port: int
    database_url: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    children: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Address of the first server."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def environ(self) -> dict[str, str]:
        """Environment of every process of this site."""
        own = {
            "REMBUG_VAR": str(self.var),
            "PYTHONPATH": str(ROOT / "src"),
            "PUBLIC_URL": self.url,
            "DATABASE_URL": self.database_url,
            "REMBUG_JOBS_OFF": "water",  # the flood engine costs each worker seconds; who needs it asks for it
        }
        return {**os.environ, **own, **self.settings}

    def command(self, *words: str) -> str:
        """Run one `rembug` command and return what it printed; raise when it fails."""
        done = subprocess.run(
            [sys.executable, "-m", "rembug", *words],
            env=self.environ,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"rembug {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self, name: str, *words: str, port: int | None = None) -> None:
        """Start a long-running `rembug` command under a name (`web`, `worker`, `web2` …)."""
        environ = {**self.environ, "PORT": str(port or self.port)}
        with (self.var / f"{name}.log").open("ab") as log:  # the child keeps its own handle
            self.children[name] = subprocess.Popen(
                [sys.executable, "-m", "rembug", *words],
                env=environ,
                cwd=ROOT,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self, name: str) -> None:
        """Kill a command and all its children at once, as a power cut would."""
        child = self.children.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()

    def wait_until_up(self, port: int | None = None, seconds: float = 90.0) -> None:
        """Wait until a server answers."""
        end = time.monotonic() + seconds
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port or self.port}/healthz", timeout=5):
                    return
            except OSError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)


def _prepare(made: Site) -> None:
    """Make tables, static files and the city."""
    made.command("migrate", "--verbosity", "0")
    made.command("collectstatic", "--noinput", "--verbosity", "0")
    made.command("city", "load", str(PACK))


@contextlib.contextmanager
def site(
    *, database_url: str = "", worker: bool = True, web: bool = True, settings: dict[str, str] | None = None
) -> Iterator[Site]:
    """Make a site with the city loaded and start it; everything is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="rembug-site-") as folder:
        made = Site(Path(folder), free_port(), database_url, settings or {})
        if database_url:
            _prepare(made)
        else:
            ready_site.copy_to(made.var, lambda kept: _prepare(Site(kept, made.port)))
        try:
            if web:
                made.start("web", "serve", "--no-worker")
                made.wait_until_up()
            if worker:
                made.start("worker", "worker")
            yield made
        finally:
            for name in list(made.children):
                made.kill(name)
