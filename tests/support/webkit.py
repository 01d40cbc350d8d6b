"""The system's WebKit, driven through its WebDriver, on a screen that nobody sees."""

import contextlib
import functools
import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.support.driven import ELEMENT, Child, Driven, kill, started
from tests.support.postgres import free_port

BROWSER = Path(__file__).with_name("webkit_browser.py")
PYTHON = "/usr/bin/python3"  # the system's own, which knows the system's libraries
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


class WebKit(Driven):
    """One WebKit on one folder of data."""

    def __init__(self, child: Child, port: int, folder: Path) -> None:
        super().__init__(child)
        self._url = f"http://127.0.0.1:{port}"
        self._session = ""
        started(
            lambda: urllib.request.urlopen(f"{self._url}/status", timeout=10).close(),
            child,
            "WebKitWebDriver",
        )
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

    def find(self, css: str) -> str:
        """Return a reference to the first element that fits."""
        return str(self.ask("POST", "/element", using="css selector", value=css)[ELEMENT])

    def is_shown(self, element: str) -> bool:
        """Tell whether a person would see an element."""
        return bool(self.ask("GET", f"/element/{element}/displayed"))

    def click(self, css: str) -> None:
        """Click the first element that fits, once it is there, in the middle of the screen as a finger brings it."""
        found = self.wait_for(css)
        middle = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})"
        self.ask("POST", "/execute/sync", script=middle, args=[{ELEMENT: found}])
        self.ask("POST", f"/element/{found}/click")

    def choose(self, css: str, path: Path) -> None:
        """Choose a file for a file field."""
        self.ask("POST", f"/element/{self.find(css)}/value", text=str(path))


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
            yield WebKit(child, port, folder)
        finally:
            kill(child)


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
