"""The system's Firefox, driven over its own Marionette protocol: no driver program is needed beside it."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support.postgres import free_port

FIREFOX = os.environ.get("FIREFOX") or shutil.which("firefox-esr") or shutil.which("firefox") or ""
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the WebDriver standard's name of a reference to an element
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


class Firefox:
    """One Firefox on one profile."""

    def __init__(self, child: "subprocess.Popen[bytes]", port: int) -> None:
        self.child = child
        self._number = 0
        self._line = _connected(port, child)
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

    def wait_for(self, css: str, seconds: float = 30.0) -> str:
        """Wait for a visible element and return its reference."""
        end = time.monotonic() + seconds
        while True:
            with contextlib.suppress(RuntimeError):
                found = self.ask("WebDriver:FindElement", using="css selector", value=css)["value"][ELEMENT]
                if self.ask("WebDriver:IsElementDisplayed", id=found)["value"]:
                    return str(found)
            assert time.monotonic() < end, (
                f"{css} never appeared on {self.run('return document.body.innerText')}"
            )
            time.sleep(0.1)

    def click(self, css: str) -> None:
        """Click the first element that fits, once it is there."""
        self.ask("WebDriver:ElementClick", id=self.wait_for(css))

    def choose(self, css: str, path: Path) -> None:
        """Choose a file for a file field."""
        field = self.ask("WebDriver:FindElement", using="css selector", value=css)["value"][ELEMENT]
        self.ask("WebDriver:ElementSendKeys", id=field, text=str(path))

    def kill(self) -> None:
        """End the browser and all its processes at once, as an empty battery does."""
        _kill(self.child)
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
    try:
        started = Firefox(child, port)
        yield started
        started.kill()
    finally:
        _kill(child)


def _connected(port: int, child: "subprocess.Popen[bytes]") -> socket.socket:
    end = time.monotonic() + 60
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=60)
        except OSError:
            assert child.poll() is None, "Firefox did not start"
            assert time.monotonic() < end, "Firefox does not listen"
            time.sleep(0.2)


def _kill(child: "subprocess.Popen[bytes]") -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
