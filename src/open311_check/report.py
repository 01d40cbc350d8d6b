"""The findings as words and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from open311_check.ask import Server
from open311_check.verdict import Finding

ASKED = 3  # addresses shown of a check that failed without naming one


def sentence(server: Server, findings: Sequence[Finding]) -> str:
    """Return the last line."""
    counts = Counter(one.verdict for one in findings)
    told = ", ".join(f"{counts[name]} {word}" for name, word in (("pass", "passed"), ("fail", "failed")))
    made = f"; requests written: {', '.join(server.made)}" if server.made else ""
    return f"{len(findings)} checks: {told}, {counts['skipped']} skipped{made}"


def as_text(server: Server, findings: Sequence[Finding]) -> str:
    """Return a report for people."""
    lines = [f"Open311 GeoReport v2: {server.base}  ({', '.join(server.options.forms)})", ""]
    for one in findings:
        mark = "FAIL" if one.verdict == "fail" else one.verdict
        lines.append(f"{mark:8}{one.id:4} {one.words}")
        for fault in one.faults:
            lines += [
                f"{'':13}asked  {fault.asked}",
                f"{'':13}found  {fault.found}",
                f"{'':13}mend   {fault.mend}",
            ]
        if one.reason:
            lines.append(f"{'':13}because {one.reason}")
    return "\n".join([*lines, "", sentence(server, findings)])


def as_json(server: Server, findings: Sequence[Finding]) -> dict[str, Any]:
    """Return the same for machines."""
    return {
        "endpoint": server.base,
        "formats": server.options.forms,
        "summary": Counter(one.verdict for one in findings),
        "written": server.made,
        "checks": [
            {
                "id": one.id,
                "assertion": one.words,
                "verdict": one.verdict,
                "asked": one.asked,
                "reason": one.reason,
                "faults": [{"asked": f.asked, "found": f.found, "mend": f.mend} for f in one.faults],
            }
            for one in findings
        ],
    }
