"""`scripts/setup.sh` on machines that lack something, with stand-ins for python3, uv, npm and apt-get on the PATH."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.house import ROOT

pytestmark = pytest.mark.slow
LOCKS = (
    "requirements.lock",
    "requirements-dev.lock",
    "requirements-node.lock",
    "package-lock.json",
    "pyproject.toml",
)
TOOLS = (
    "bash",
    "cat",
    "cut",
    "dirname",
    "env",
    "id",
    "mkdir",
    "pwd",
    "rm",
    "sha256sum",
    "sudo",
    "touch",
    "chmod",
    "cp",
)
# What an environment's own python does here: it notes what it was asked, and can say that pip is there.
INNER = """#!/bin/bash
echo "venv-python $*" >> "$LOG"
[ "$1 $2 $3" = "-m pip install" ] && [ -n "$PIP_FAILS" ] && exit 1
exit 0
"""
MAKE = 'mkdir -p .venv/bin && cp "$INNER" .venv/bin/python && chmod +x .venv/bin/python'


@dataclass
class Machine:
    """A folder with the script in it, and a PATH on which only stand-ins are."""

    home: Path

    def __post_init__(self) -> None:
        for folder in ("scripts", "bin"):
            (self.home / folder).mkdir()
        for name in LOCKS:
            (self.home / name).write_text(f"{name}\n")
        shutil.copy(ROOT / "scripts" / "setup.sh", self.home / "scripts" / "setup.sh")
        (self.home / "inner").write_text(INNER)
        for tool in TOOLS:
            found = shutil.which(tool)
            if found and tool != "sudo":
                (self.home / "bin" / tool).symlink_to(found)
        self.tool("npm", "")
        self.tool("node", "")

    def tool(self, name: str, script: str) -> None:
        """Put a stand-in on the PATH; it notes each call."""
        path = self.home / "bin" / name
        path.write_text(f'#!/bin/bash\necho "{name} $*" >> "$LOG"\n{script}\n')
        path.chmod(0o755)

    def python(self, make: str) -> None:
        """Put a python3 on the PATH whose `-m venv` does this."""
        self.tool("python3", f'[ "$1" = -c ] && exit 0\n{make}')

    def setup(self, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run the script and return how it went."""
        own = {
            "PATH": str(self.home / "bin"),
            "LOG": str(self.home / "log"),
            "INNER": str(self.home / "inner"),
        }
        command = ["bash", str(self.home / "scripts" / "setup.sh"), "run"]
        return subprocess.run(command, env={**own, **more}, capture_output=True, text=True, check=False)

    @property
    def log(self) -> str:
        """What was called."""
        path = self.home / "log"
        return path.read_text() if path.exists() else ""

    @property
    def stamp(self) -> Path:
        """The file that says that all is ready."""
        return self.home / ".venv" / "rembug-run.stamp"


HALF = "mkdir -p .venv/bin && touch .venv/bin/python && exit 1"  # Debian without ensurepip leaves this behind


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_python_that_can_make_environments_is_enough(machine: Machine) -> None:
    machine.python(MAKE)
    machine.tool("uv", "exit 1")
    assert machine.setup().returncode == 0
    assert "uv" not in machine.log
    assert machine.stamp.read_text().strip()


def test_a_half_made_environment_gives_way_to_uv(machine: Machine) -> None:
    machine.python(HALF)
    machine.tool("uv", MAKE)
    assert machine.setup().returncode == 0
    assert "uv venv --seed" in machine.log
    assert machine.stamp.exists()


@pytest.mark.skipif(
    os.geteuid() != 0, reason="only root, or who may sudo without password, may install packages"
)
def test_without_uv_root_installs_the_missing_package(machine: Machine) -> None:
    machine.python(f"if [ -e installed ]; then {MAKE}; else {HALF}; fi")
    machine.tool("apt-get", '[ "$1" = install ] && touch installed; exit 0')
    assert machine.setup().returncode == 0
    assert "apt-get install -y -qq python3-venv" in machine.log
    assert machine.stamp.exists()


def test_where_nothing_helps_it_names_the_one_command(machine: Machine) -> None:
    machine.python(HALF)
    done = machine.setup()
    assert done.returncode != 0
    assert "apt-get install python3-venv" in done.stderr
    assert not (machine.home / ".venv").exists()


def test_without_node_it_comes_from_the_package_index(machine: Machine) -> None:
    machine.python(MAKE)
    for name in ("node", "npm"):
        (machine.home / "bin" / name).unlink()
    # The package puts npm into the environment.
    (machine.home / "inner").write_text(
        INNER + 'case "$*" in *requirements-node.lock*) cp "$0" .venv/bin/npm ;; esac\n'
    )
    inner = (machine.home / "inner").read_text().replace("exit 0\ncase", "case")
    (machine.home / "inner").write_text(inner)
    assert machine.setup().returncode == 0
    assert "requirements-node.lock" in machine.log


def test_the_second_time_nothing_is_done(machine: Machine) -> None:
    machine.python(MAKE)
    machine.setup()
    before = machine.log
    assert machine.setup().returncode == 0
    assert machine.log == before


def test_a_changed_lock_is_installed_again(machine: Machine) -> None:
    machine.python(MAKE)
    machine.setup()
    before = machine.log
    (machine.home / "requirements.lock").write_text("something else\n")
    machine.setup()
    assert len(machine.log) > len(before)


def test_an_installation_that_broke_off_leaves_no_stamp(machine: Machine) -> None:
    machine.python(MAKE)
    assert machine.setup(PIP_FAILS="1").returncode != 0
    assert not machine.stamp.exists()
    assert machine.setup().returncode == 0
    assert machine.stamp.exists()


def test_an_old_python_is_named(machine: Machine) -> None:
    machine.tool("python3", "exit 1")
    done = machine.setup()
    assert done.returncode != 0
    assert "Python 3.11" in done.stderr
