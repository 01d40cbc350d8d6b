"""A transfer of a case as a process of its own: `python -m tests.faults.transferring CODE VERSION BODY ACTION KILL GO`.

KILL 0: it waits for the file GO, transfers and prints `done`, or the name of the error. KILL n: it dies by its own
`kill -9` when it is about to ask the database for the n-th time within the transfer; no clean-up of any kind runs.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path
from typing import Any
from uuid import UUID


def main() -> None:
    """Transfer once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rembug.config.settings")
    import django  # noqa: PLC0415 - the environment comes first

    django.setup()
    from django.db import connection  # noqa: PLC0415

    from rembug.cases.actions.move import Said, move  # noqa: PLC0415
    from rembug.lib.actor import Actor, Grant  # noqa: PLC0415
    from rembug.lib.errors import RembugError  # noqa: PLC0415

    code, version, body, action, kill, go = sys.argv[1:7]
    city = "pekalongan"
    boss = Actor("fault-boss", "person", (Grant("coordinator", city, f"{city}-dinkominfo", ""),))
    said = Said("assign", int(version), "Ini urusan pihak lain.", body=body, action_id=UUID(action))
    connection.ensure_connection()
    while go and not Path(go).exists():
        time.sleep(0.002)
    left = [int(kill)]

    def trap(execute: Any, *given: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*given)

    try:
        with connection.execute_wrapper(trap):
            move(actor=boss, city=city, code=code, said=said)
    except RembugError as error:
        print(type(error).__name__)
        return
    print("done")


if __name__ == "__main__":
    main()
