"""The system's WebKit, driven through its WebDriver, on a screen that nobody sees."""

import contextlib
import functools
import json
import os
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support.postgres import free_port

BROWSER = Path(__file__).with_name("webkit_browser.py")
PYTHON = "/usr/bin/python3"  # the system's own, which knows the system's libraries
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the WebDriver standard's name of a reference to an element
PACKAGES = "webkit2gtk-driver gir1.2-webkit2-4.1 python3-gi xvfb"
HABITS = {
    "GDK_BACKEND": "x11",
    "NO_AT_BRIDGE": "1",
    "LIBGL_ALWAYS_SOFTWARE": "1",
    "WEBKIT_DISABLE_COMPOSITING_MODE": "1",
    "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
}


@functools.cache
def missing() -> str:
    """Return why no WebKit can be driven here, with the remedy; empty where all is there."""
    programs = all(shutil.which(name) for name in ("WebKitWebDriver", "Xvfb", PYTHON))
    asked = "import gi; gi.require_version('Gtk', '3.0'); gi.require_version('WebKit2', '4.1')"
    if programs and subprocess.run([PYTHON, "-c", asked], capture_output=True, check=False).returncode == 0:
        return ""
    return f"no WebKit to drive here: apt-get install {PACKAGES}"


class WebKit:
    """One WebKit on one folder of data."""

    def __init__(self, child: "subprocess.Popen[bytes]", port: int, folder: Path) -> None:
        self.child = child
        self._url = f"http://127.0.0.1:{port}"
        self._session = ""
        _until_it_listens(self._url, child)
        options = {"binary": PYTHON, "args": [str(BROWSER), str(folder)]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self._session = self.ask("POST", "", capabilities=wanted)["sessionId"]

    def ask(self, method: str, path: str, **given: Any) -> Any:
        """Send one command and return its answer; raise RuntimeError with the driver's words when it fails."""
        url = f"{self._url}/session{'/' + self._session if self._session else ''}{path}"
        body = json.dumps(given).encode() if method == "POST" else None
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as fault:
            told = json.load(fault)["value"]
            raise RuntimeError(f"{path}: {told['error']}: {told['message']}") from None

    def go(self, url: str) -> None:
        """Open an address and wait until it is loaded."""
        self.ask("POST", "/url", url=url)

    def run(self, script: str) -> Any:
        """Run a script in the page and return what it returns."""
        return self.ask("POST", "/execute/sync", script=script, args=[])

    def wait_for(self, css: str, seconds: float = 30.0) -> str:
        """Wait for a visible element and return its reference."""
        end = time.monotonic() + seconds
        while True:
            with contextlib.suppress(RuntimeError):
                found = str(self.ask("POST", "/element", using="css selector", value=css)[ELEMENT])
                if self.ask("GET", f"/element/{found}/displayed"):
                    return found
            assert time.monotonic() < end, (
                f"{css} never appeared on {self.run('return document.body.innerText')}"
            )
            time.sleep(0.1)

    def click(self, css: str) -> None:
        """Click the first element that fits, once it is there, in the middle of the screen as a finger brings it."""
        found = self.wait_for(css)
        middle = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})"
        self.ask("POST", "/execute/sync", script=middle, args=[{ELEMENT: found}])
        self.ask("POST", f"/element/{found}/click")

    def choose(self, css: str, path: Path) -> None:
        """Choose a file for a file field."""
        field = self.ask("POST", "/element", using="css selector", value=css)[ELEMENT]
        self.ask("POST", f"/element/{field}/value", text=str(path))

    def kill(self) -> None:
        """End the browser and all its processes at once, as an empty battery does."""
        _kill(self.child)


@contextlib.contextmanager
def webkit(folder: Path) -> Iterator[WebKit]:
    """Start WebKit on a folder of data; whatever is left of it is killed at the end."""
    folder.mkdir(exist_ok=True)
    port = free_port()
    with _screen() as display:
        child = subprocess.Popen(
            ["WebKitWebDriver", f"--port={port}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **HABITS, "DISPLAY": display, "HOME": str(folder)},
            start_new_session=True,
        )
        try:
            started = WebKit(child, port, folder)
            yield started
        finally:
            _kill(child)


@contextlib.contextmanager
def _screen() -> Iterator[str]:
    hear, say = os.pipe()
    command = ["Xvfb", "-displayfd", str(say), "-screen", "0", "800x900x24", "-nolisten", "tcp"]
    child = subprocess.Popen(
        command, pass_fds=[say], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    os.close(say)
    try:
        with os.fdopen(hear) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        yield f":{number}"
    finally:
        child.terminate()
        child.wait()


def _until_it_listens(url: str, child: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{url}/status", timeout=10).close()
            return
        except OSError:
            assert child.poll() is None, "WebKitWebDriver did not start"
            assert time.monotonic() < end, "WebKitWebDriver does not listen"
            time.sleep(0.2)


def _kill(child: "subprocess.Popen[bytes]") -> None:
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
