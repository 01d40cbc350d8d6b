"""The verifier that outsiders run: another process, another implementation, only files or HTTP in between."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.live_server_helper import LiveServer

from rembug.audit import actions, keys, queries, rules, standalone
from rembug.audit.models import Entry
from rembug.audit.tests.conftest import ME

Grow = Callable[[int], None]
SCRIPT = Path(standalone.__file__).with_name("verify_log.py")


def run(*words: object) -> tuple[int, str]:
    key = str(keys.load().signer.verifier)
    command = [sys.executable, "-I", str(SCRIPT), "--key", key, *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.fixture
def files(grow: Grow, tmp_path: Path) -> dict[str, Path]:
    grow(100)
    found = {name: tmp_path / name for name in ("old", "new", "log", "receipt")}
    actions.checkpoint(actor=ME)
    found["old"].write_text(queries.checkpoints()[0].note, encoding="utf-8")
    grow(177)
    actions.checkpoint(actor=ME, at_least=timedelta(0))
    found["new"].write_text(queries.checkpoints()[0].note, encoding="utf-8")
    grow(3)
    call_command("audit", "export", str(found["log"]), verbosity=0)
    hashed = Entry.objects.get(leaf_index=123).leaf_hash
    found["receipt"].write_text(json.dumps(queries.receipt(hashed)), encoding="utf-8")
    return found


@pytest.mark.django_db
def test_a_sound_log_is_found_sound(files: dict[str, Path]) -> None:
    code, said = run("--entries", files["log"], "--checkpoint", files["new"], "--since", files["old"])
    assert (code, said.split(",")[0]) == (0, "sound: 277 entries")


@pytest.mark.django_db
def test_every_kind_of_tampering_is_found(files: dict[str, Path]) -> None:
    lines = files["log"].read_text(encoding="utf-8").splitlines(keepends=True)
    changed = [*lines[:9], lines[9].replace('"R9"', '"R8"'), *lines[10:]]
    swapped = [*lines[:9], lines[10], lines[9], *lines[11:]]
    for bad, told in (
        (changed, "leaf 9: the entry does not have the hash"),
        (swapped, "leaf 9 is missing"),
        (lines[:9] + lines[10:], "leaf 9 is missing"),
        (lines[:200], "277 leaves were signed, but the log ends before"),
    ):
        files["log"].write_text("".join(bad), encoding="utf-8")
        code, said = run("--entries", files["log"], "--checkpoint", files["new"], "--since", files["old"])
        assert code == 1
        assert told in said


@pytest.mark.django_db
def test_a_rewritten_log_is_found_with_an_old_checkpoint(files: dict[str, Path]) -> None:
    line = json.loads(files["log"].read_text(encoding="utf-8").splitlines()[9])
    line["leaf"]["object_id"] = "other"
    text = json.dumps(line["leaf"], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    line["leaf_hash"] = rules.leaf_hash(text.encode())
    lines = files["log"].read_text(encoding="utf-8").splitlines()
    lines[9] = json.dumps(line)
    files["log"].write_text("\n".join(lines), encoding="utf-8")
    code, said = run("--entries", files["log"], "--checkpoint", files["new"], "--since", files["old"])
    assert code == 1
    assert "the first 100 leaves are not those that were signed" in said


@pytest.mark.django_db
def test_a_receipt_is_checked_alone(files: dict[str, Path]) -> None:
    assert run("--receipt", files["receipt"]) == (0, "sound: leaf 123 of 277\n")
    receipt = json.loads(files["receipt"].read_text(encoding="utf-8"))
    receipt["proof"]["leaf_index"] = 122
    files["receipt"].write_text(json.dumps(receipt), encoding="utf-8")
    assert run("--receipt", files["receipt"])[0] == 1
    files["new"].write_text(files["new"].read_text(encoding="utf-8").replace("277", "278"), encoding="utf-8")
    assert "signature is false" in run("--entries", files["log"], "--checkpoint", files["new"])[1]


@pytest.mark.django_db
def test_what_cannot_be_read_is_said_so(tmp_path: Path) -> None:
    assert run("--entries", tmp_path / "none", "--checkpoint", tmp_path / "none")[0] == 2


@pytest.mark.django_db(transaction=True)
def test_the_verifier_downloads_and_checks_a_running_city(
    grow: Grow, live_server: LiveServer, tmp_path: Path
) -> None:
    grow(1203)
    actions.checkpoint(actor=ME)
    code, said = run("--url", live_server.url, "--keep", tmp_path / "kept")
    assert (code, said.split(",")[0]) == (0, "sound: 1203 entries")
    grow(40)
    actions.checkpoint(actor=ME, at_least=timedelta(0))
    code, said = run("--url", live_server.url, "--since", tmp_path / "kept" / "checkpoint-1203")
    assert (code, said.split(",")[0]) == (0, "sound: 1243 entries")
