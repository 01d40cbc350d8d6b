"""What a check finds: pass, fail with what to mend, or skipped with the reason."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from open311_check import spark

if TYPE_CHECKING:
    from open311_check.ask import Server

MOST = 5  # faults told of one check


class Fault(Exception):
    """One thing that is not as the standard has it: what was asked, what was found, how to mend it."""

    def __init__(self, asked: str, found: str, mend: str) -> None:
        super().__init__(found)
        self.asked, self.found, self.mend = asked, found, mend


class Skip(Exception):
    """The check cannot be made, or the server does not offer what it is about."""


class Unreachable(Exception):
    """No answer at all."""


Body = Callable[["Server"], Iterator[Fault]]


@dataclass(frozen=True, slots=True)
class Check:
    """One assertion of the checklist."""

    id: str
    words: str
    body: Body
    writes: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one check."""

    id: str
    words: str
    verdict: str
    asked: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    reason: str = ""


def check(number: str, words: str, *, writes: bool = False) -> Callable[[Body], Check]:
    """Make a check of a function that yields (or raises) each fault."""
    return lambda body: Check(number, words, body, writes)


def run(one: Check, server: Server) -> Finding:
    """Make one check. What fails by reading alone is read anew once: a living server changes between two answers."""
    server.asked.clear()
    faults, reason = _tried(one, server)
    if faults and not one.writes:
        server.kept.clear()
        faults, reason = _tried(one, server)
    verdict = "fail" if faults else "skipped" if reason else "pass"
    return Finding(one.id, one.words, verdict, tuple(server.asked), tuple(faults), reason)


def _tried(one: Check, server: Server) -> tuple[list[Fault], str]:
    faults: list[Fault] = []
    try:
        for fault in one.body(server):
            faults.append(fault)
            if len(faults) == MOST:
                break
    except Fault as fault:
        faults.append(fault)
    except Skip as error:
        return faults, str(error)
    except Unreachable as error:
        faults.append(
            Fault(server.asked[-1], f"no answer: {error}", "answer every request, also one that is wrong")
        )
    except (AttributeError, IndexError, KeyError, TypeError, spark.Unreadable) as error:
        asked = server.asked[-1] if server.asked else ""
        faults.append(
            Fault(asked, f"an answer of another shape: {error}", "answer the documents of the standard")
        )
    return faults, ""
