"""The files of `deploy/` are understood by the programs that read them, and name nothing that is not there."""

import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from tests.support import proxy as proxies
from tests.support.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())


def test_systemd_understands_every_unit(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not on this machine")
    for unit in UNITS:  # the program itself is installed on the server only
        text = (
            unit.read_text()
            .replace("/opt/rembug/.venv/bin/rembug", "/bin/true")
            .replace("/opt/rembug", "/tmp")
        )
        (tmp_path / unit.name).write_text(text)
    made = [str(tmp_path / unit.name) for unit in UNITS]
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *made], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "unit", [unit for unit in UNITS if unit.suffix == ".service"], ids=lambda unit: unit.name
)
def test_every_service_is_shut_in(unit: Path) -> None:
    said = unit.read_text().splitlines()
    for line in (
        "User=rembug",
        "NoNewPrivileges=yes",
        "ProtectSystem=strict",
        "CapabilityBoundingSet=",
        "UMask=0077",
    ):
        assert line in said
    # The photo process limits its own memory: a filter that forbids it would refuse every photo.
    assert not any("@resources" in line for line in said)


def test_units_call_commands_that_exist() -> None:
    words = {found for unit in UNITS for found in re.findall(r"bin/rembug ([a-z]+)", unit.read_text())}
    commands = {path.stem for path in (ROOT / "src" / "rembug").glob("*/management/commands/*.py")}
    assert words <= commands | {"migrate"}


def test_every_setting_of_the_example_is_one_of_ours() -> None:
    names = re.findall(r"^([A-Z_]+)=", (DEPLOY / "environment.example").read_text(), flags=re.MULTILINE)
    known = "".join(path.read_text() for path in (ROOT / "src" / "rembug").rglob("*.py"))
    assert [name for name in names if f'"{name}"' not in known] == []


def test_nginx_understands_its_file(tmp_path: Path) -> None:
    if not proxies.NGINX:
        pytest.skip("nginx is not on this machine: apt-get install nginx")
    main = proxies.prepare(tmp_path).configure(8000)
    done = subprocess.run(
        [proxies.NGINX, "-t", "-p", str(tmp_path), "-c", str(main)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_nginx_keeps_nothing_of_what_is_told_in_confidence() -> None:
    text = (DEPLOY / "nginx" / "rembug.conf").read_text()
    found = re.search(r"location /rahasia/ \{(.*?)\}", text, flags=re.DOTALL)
    assert found
    for line in ("error_log /dev/null crit;", "client_body_buffer_size 12m;", "proxy_max_temp_file_size 0;"):
        assert line in found[1]
    assert "client_max_body_size 12m;" in text  # what fits into memory is all that comes in
    assert "access_log off;" in text


def test_nginx_writes_no_key_of_another_system_into_its_log() -> None:
    text = (DEPLOY / "nginx" / "rembug.conf").read_text()
    found = re.search(r"location /open311/ \{(.*?)\}", text, flags=re.DOTALL)
    assert found
    assert "error_log /dev/null crit;" in found[1]
    assert "proxy_pass http://rembug;" in found[1]


def test_caddy_understands_its_file() -> None:
    if not shutil.which("caddy"):
        pytest.skip("caddy is not on this machine: apt-get install caddy")
    file = str(DEPLOY / "caddy" / "Caddyfile")
    done = subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", file],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_caddy_writes_no_key_of_another_system_into_its_log(tmp_path: Path) -> None:
    if not shutil.which("caddy"):
        pytest.skip("caddy is not on this machine: apt-get install caddy")
    port, nobody = free_port(), free_port()
    text = (DEPLOY / "caddy" / "Caddyfile").read_text()
    text = text.replace("rembug.example.go.id {", f"http://127.0.0.1:{port} {{").replace(
        ":8000", f":{nobody}"
    )
    (tmp_path / "Caddyfile").write_text(text.replace("{\n", "{\n\tadmin off\n", 1))
    command = ["caddy", "run", "--adapter", "caddyfile", "--config", str(tmp_path / "Caddyfile")]
    log = tmp_path / "log"
    with log.open("wb") as file, subprocess.Popen(command, stdout=file, stderr=file) as caddy:
        try:
            answer = _asked(f"http://127.0.0.1:{port}/open311/v2/requests.json?x=1&api_key=of-a-system&y=2")
        finally:
            caddy.terminate()
    assert answer == 502  # nobody answers behind it, and that is what it logs
    assert "x=1&api_key=-&y=2" in log.read_text()
    assert "of-a-system" not in log.read_text()


def _asked(address: str) -> int:
    """Ask until the proxy is up; return the status."""
    end = time.monotonic() + 20
    while True:
        try:
            asked = urllib.request.Request(address, headers={"Referer": address})
            with urllib.request.urlopen(asked, timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
