"""Parse, run one command, turn faults into a sentence and an exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from rob.cli import flood, learn, onset, scenario, stations, tide, verify
from rob.types import RobError

COMMANDS = (tide, stations, verify, onset, flood, scenario, learn)


def parser() -> argparse.ArgumentParser:
    """The parser of all commands."""
    top = argparse.ArgumentParser(prog="rob", description="When, where and how deep the tide will come.")
    commands = top.add_subparsers(dest="command", required=True, metavar="command")
    for module in COMMANDS:
        module.add(commands)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns
    -------
    int
        0 when done, 2 for a fault in what was given, 130 when interrupted.
    """
    options = parser().parse_args(arguments)
    try:
        options.run(options)
    except RobError as fault:
        print(f"rob: {fault}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        # Whoever read our output has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as fault:
        print(
            f"rob: {fault.filename or 'file'}: {fault.strerror or fault}. Check its rights and the room on the disk; "
            "nothing was written.",
            file=sys.stderr,
        )
        return 2
    except KeyboardInterrupt:
        print("rob: interrupted; nothing was written.", file=sys.stderr)
        return 130
    return 0
