"""Demo logins: one for each role, with a real second factor."""

import stat
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from rembug.people.tests.town import roles_in_force


@pytest.fixture(autouse=True)
def _var(settings: Settings, tmp_path: Path) -> None:
    settings.VAR = tmp_path


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, list[str]]:
    """Run the command and return what it prints, by role."""
    call_command("demo", "people", "--city", "pekalongan")
    lines = [line.split() for line in capsys.readouterr().out.splitlines() if "@" in line]
    return {words[0].partition("@")[0]: words for words in lines}


def test_each_role_has_a_login_that_works(client: Client, capsys: pytest.CaptureFixture[str]) -> None:
    logins = printed(capsys)
    assert len(logins) == 7
    email, *words = logins["verifier"]
    client.post("/masuk/", {"login": email, "password": " ".join(words)})
    assert roles_in_force(client) == ["verifier"]


def test_an_officer_needs_the_code_and_the_command_prints_it(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    email, *words = printed(capsys)["officer"]
    client.post("/masuk/", {"login": email, "password": " ".join(words[: words.index("TOTP")])})
    assert roles_in_force(client) == []
    call_command("demo", "code", "officer")
    assert client.post("/masuk/kode/", {"code": capsys.readouterr().out.strip()}).status_code == 302
    assert roles_in_force(client) == ["officer"]


def test_a_second_start_keeps_the_logins_and_their_file_is_private(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(capsys) == printed(capsys)
    assert stat.S_IMODE((settings.VAR / "demo-logins.json").stat().st_mode) == 0o600
