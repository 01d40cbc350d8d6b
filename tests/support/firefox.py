"""The system's Firefox, driven over its own Marionette protocol: no driver program is needed beside it."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from tests.support.driven import ELEMENT, Child, Driven, kill, started
from tests.support.postgres import free_port

FIREFOX = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox") or ""
# A quiet browser that comes back after a crash without asking.
HABITS: dict[str, object] = {
    "browser.sessionstore.resume_from_crash": False,
    "toolkit.startup.max_resumed_crashes": -1,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.update.enabled": False,
    "intl.accept_languages": "id",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}


def missing() -> str:
    """Return why no Firefox can be driven here, with the remedy; empty where it is there."""
    return "" if FIREFOX else "no Firefox here: apt-get install firefox-esr"


class Firefox(Driven):
    """One Firefox on one profile."""

    def __init__(self, child: Child, port: int) -> None:
        super().__init__(child)
        self._number = 0
        reach = partial(socket.create_connection, ("127.0.0.1", port), timeout=60)
        self._line = started(reach, child, "Firefox")
        self._heard()
        self.ask("WebDriver:NewSession", capabilities={})

    def ask(self, command: str, **given: Any) -> Any:
        """Send one command and return its answer; raise RuntimeError with the browser's words when it fails."""
        self._number += 1
        said = json.dumps([0, self._number, command, given]).encode()
        self._line.sendall(b"%d:%s" % (len(said), said))
        _kind, _number, fault, answer = self._heard()
        if fault:
            raise RuntimeError(f"{command}: {fault['error']}: {fault['message']}")
        return answer

    def go(self, url: str) -> None:
        """Open an address and wait until it is loaded."""
        self.ask("WebDriver:Navigate", url=url)

    def run(self, script: str) -> Any:
        """Run a script in the page and return what it returns."""
        return self.ask("WebDriver:ExecuteScript", script=script, args=[])["value"]

    def find(self, css: str) -> str:
        """Return a reference to the first element that fits."""
        return str(self.ask("WebDriver:FindElement", using="css selector", value=css)["value"][ELEMENT])

    def is_shown(self, element: str) -> bool:
        """Tell whether a person would see an element."""
        return bool(self.ask("WebDriver:IsElementDisplayed", id=element)["value"])

    def click(self, css: str) -> None:
        """Click the first element that fits, once it is there."""
        self.ask("WebDriver:ElementClick", id=self.wait_for(css))

    def choose(self, css: str, path: Path) -> None:
        """Choose a file for a file field."""
        self.ask("WebDriver:ElementSendKeys", id=self.find(css), text=str(path))

    def kill(self) -> None:
        """End the browser and all its processes at once, as an empty battery does."""
        super().kill()
        self._line.close()

    def _heard(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._read(1)
        return json.loads(self._read(int(length[:-1])))

    def _read(self, size: int) -> bytes:
        held = b""
        while len(held) < size:
            more = self._line.recv(size - len(held))
            if not more:
                raise ConnectionError("Firefox has gone")
            held += more
        return held


@contextlib.contextmanager
def firefox(profile: Path) -> Iterator[Firefox]:
    """Start Firefox on a profile; whatever is left of it is killed at the end."""
    profile.mkdir(exist_ok=True)
    port = free_port()
    habits = {**HABITS, "marionette.port": port}
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in habits.items())
    (profile / "user.js").write_text("".join(lines))
    child = subprocess.Popen(
        [FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(profile.parent), "MOZ_CRASHREPORTER_DISABLE": "1"},
        start_new_session=True,
    )
    with contextlib.ExitStack() as last:
        last.callback(kill, child)
        phone = Firefox(child, port)
        last.callback(phone.kill)
        yield phone
