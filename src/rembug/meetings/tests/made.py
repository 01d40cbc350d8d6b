"""Steps that tests of meetings share."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from rembug.lib import clock
from rembug.people.models import Body


def form(body: Body, **more: Any) -> dict[str, Any]:
    """Return what arranging asks for: tomorrow at nine."""
    day = timezone.localtime(clock.now()).date() + timedelta(days=1)
    return {
        "action_id": str(uuid4()),
        "body": body.public_id,
        "title": "Rembug saluran Degayu",
        "place": "Balai kelurahan",
        "area": "33.75.03.1007",
        "day": day.isoformat(),
        "begins": "09:00",
        "hours": "2",
        "agenda": "Data rob bulan ini\nRencana",
        "invited": [],
    } | more


def arranged(host: Client, body: Body, **more: Any) -> str:
    """Arrange a meeting at the desk; return its code."""
    answer = host.post("/kerja/pertemuan/baru/", form(body, **more))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"].split("/")[-2])


def links(host: Client, code: str) -> tuple[str, dict[str, str]]:
    """Return the path of the door and of each invitation, as the host sees them."""
    page = host.get(f"/kerja/pertemuan/{code}/").content.decode()
    door = re.search(r'href="[^"]*?(/pertemuan/hadir/[^"]+)"', page)
    assert door
    found = re.findall(r'href="[^"]*?(/pertemuan/undangan/[^"]+)"', page)
    return door[1], {path.rstrip("/").split("/")[-1]: path for path in found}


def planned(host: Client, code: str, body: Body, what: str = "Bersihkan saluran", days: int = 5) -> str:
    """Add an item to the plan; return its code."""
    due = timezone.localtime(clock.now()).date() + timedelta(days=days)
    said = {
        "action_id": str(uuid4()),
        "what": what,
        "body": body.public_id,
        "role": "",
        "due_on": due.isoformat(),
    }
    answer = host.post(f"/kerja/pertemuan/{code}/rencana/", said)
    assert answer.status_code == 302, answer.content.decode()
    page = host.get(f"/pertemuan/{code}/").content.decode()
    found = re.search(rf'/tindak-lanjut/(\w+)/">{what}', page)
    assert found
    return found[1]
