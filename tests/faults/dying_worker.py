"""A worker that is killed at one chosen point: `python -m tests.faults.dying_worker MODULE FUNCTION TIMES`.

It dies by its own `kill -9` right after the function has returned for the n-th time: no clean-up of any kind runs.
"""

from __future__ import annotations

import os
import signal
import sys
from importlib import import_module
from typing import Any


def main() -> None:
    """Put the trap in place and be a worker."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembug.config.settings")
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()
    module, name, times = import_module(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    inner, left = getattr(module, name), [times]

    def trap(*given: Any, **named: Any) -> Any:
        result = inner(*given, **named)
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(module, name, trap)
    from django.core.management import call_command  # noqa: PLC0415

    call_command("worker", "--interval", "0.1")


if __name__ == "__main__":
    main()
