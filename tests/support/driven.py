"""What browsers have in common that are led over their own wire, not by Playwright."""

import abc
import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the WebDriver standard's name of a reference to an element
Child = subprocess.Popen[bytes]
T = TypeVar("T")


class Driven(abc.ABC):
    """One browser on one profile; what it cannot do raises RuntimeError with the browser's words."""

    def __init__(self, child: Child) -> None:
        self.child = child

    @abc.abstractmethod
    def go(self, url: str) -> None:
        """Open an address and wait until it is loaded."""

    @abc.abstractmethod
    def run(self, script: str) -> Any:
        """Run a script in the page and return what it returns."""

    @abc.abstractmethod
    def find(self, css: str) -> str:
        """Return a reference to the first element that fits."""

    @abc.abstractmethod
    def is_shown(self, element: str) -> bool:
        """Tell whether a person would see an element."""

    @abc.abstractmethod
    def click(self, css: str) -> None:
        """Click the first element that fits, once it is there."""

    @abc.abstractmethod
    def choose(self, css: str, path: Path) -> None:
        """Choose a file for a file field."""

    def wait_for(self, css: str, seconds: float = 30.0) -> str:
        """Wait for a visible element and return its reference."""
        end = time.monotonic() + seconds
        while True:
            with contextlib.suppress(RuntimeError):
                found = self.find(css)
                if self.is_shown(found):
                    return found
            assert time.monotonic() < end, (
                f"{css} never appeared on {self.run('return document.body.innerText')}"
            )
            time.sleep(0.1)

    def kill(self) -> None:
        """End the browser and all its processes at once, as an empty battery does."""
        kill(self.child)


def started(reach: Callable[[], T], child: Child, name: str, seconds: float = 60.0) -> T:
    """Return what a program answers once it listens."""
    end = time.monotonic() + seconds
    while True:
        try:
            return reach()
        except OSError:
            assert child.poll() is None, f"{name} did not start"
            assert time.monotonic() < end, f"{name} does not listen"
            time.sleep(0.2)


def kill(child: Child) -> None:
    """End a program and all that it started."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
