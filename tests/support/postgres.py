"""A PostgreSQL of our own on a free port, gone afterwards. As root the server runs as an unprivileged user."""

import contextlib
import os
import pwd
import random
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

USER = "rembug-pg"
OURS = range(20_000, 32_000)


class NoPostgres(RuntimeError):
    """The PostgreSQL programs are not on this machine; the message names the remedy."""


def programs() -> Path:
    """Return the folder of initdb and postgres."""
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    found = [place for place in places if (place / "initdb").exists()]
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path).resolve().parent)
    if not found:
        raise NoPostgres("PostgreSQL is not installed. Run: apt-get install postgresql")
    return found[0]


@dataclass
class Cluster:
    """A cluster that can be killed and started again."""

    home: Path
    port: int
    owner: pwd.struct_passwd | None

    @property
    def address(self) -> str:
        """Address without a database name."""
        return f"postgresql://rembug@127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the server and wait until it answers (after a kill: until it has recovered)."""
        self._control("-l", str(self.home / "log"), "-w", "start")

    def kill(self) -> None:
        """Stop at once without a clean shutdown, as a crash would; what was committed must survive."""
        self._control("-m", "immediate", "-w", "stop", check=False)

    def _control(self, *words: str, check: bool = True) -> None:
        _run(self.owner, [str(programs() / "pg_ctl"), "-D", str(self.home / "data"), *words], check=check)


@contextlib.contextmanager
def running(settings: dict[str, str] | None = None) -> Iterator[Cluster]:
    """Start a cluster with default durability; it is gone afterwards."""
    owner = _owner()
    home = Path(tempfile.mkdtemp(prefix="rembug-pg-"))
    if owner is not None:
        os.chown(home, owner.pw_uid, owner.pw_gid)
    made = Cluster(home, free_port(), owner)
    data = home / "data"
    _run(owner, [str(programs() / "initdb"), "-D", str(data), "-U", "rembug", "--auth=trust", "-E", "UTF8"])
    options = {"port": str(made.port), "listen_addresses": "127.0.0.1", "unix_socket_directories": str(home)}
    lines = "".join(f"{name} = '{value}'\n" for name, value in {**options, **(settings or {})}.items())
    with (data / "postgresql.conf").open("a") as file:
        file.write(lines)
    made.start()
    try:
        yield made
    finally:
        made.kill()
        shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def cluster(settings: dict[str, str] | None = None) -> Iterator[str]:
    """Start a cluster with default durability and give its address without a database name."""
    with running(settings) as made:
        yield made.address


def create(address: str, name: str) -> str:
    """Create a database in the cluster and return its address."""
    psql = programs() / "psql"
    command = [
        str(psql) if psql.exists() else "psql",
        f"{address}/postgres",
        "-qc",
        f'CREATE DATABASE "{name}"',
    ]
    subprocess.run(command, check=True)
    return f"{address}/{name}"


def free_port() -> int:
    """Return a port that nobody listens on now, below those that the system lends to outgoing connections.

    A lent port may be taken between this answer and the start of the server that asked for it.
    """
    for port in random.sample(OURS, 200):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise RuntimeError(f"no port from {OURS.start} to {OURS.stop} is free")


def _owner() -> pwd.struct_passwd | None:
    """Root may not run the server: it gets a user of its own."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", USER], check=True
        )
        return pwd.getpwnam(USER)


def _run(owner: pwd.struct_passwd | None, command: list[str], *, check: bool = True) -> None:
    identity: dict[str, Any] = (
        {} if owner is None else {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []}
    )
    done = subprocess.run(
        command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd="/", text=True, **identity
    )
    if check and done.returncode:
        raise RuntimeError(f"{command[0]} failed: {done.stdout}")


def main() -> int:
    """Run a command with DATABASE_URL set to a fresh database: `python -m tests.support.postgres COMMAND …`."""
    with cluster() as address:
        url = create(address, "rembug")
        return subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
