"""Steps that tests of promises share."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from rembug.lib import clock
from rembug.people.models import Body

TREATED, BESIDE = "33.75.03.1010", ("33.75.03.1004", "33.75.03.1003")


def form(body: Body, **more: Any) -> dict[str, Any]:
    """Return what promising asks for."""
    due = timezone.localtime(clock.now()).date() + timedelta(days=60)
    return {
        "action_id": str(uuid4()),
        "body": body.public_id,
        "kind": "works",
        "title": "Pompa gang Kusuma",
        "words": "Satu pompa 50 liter per detik.",
        "role": "Kepala bidang drainase",
        "source": "apbd",
        "due_on": due.isoformat(),
        "area": TREATED,
        "amount": "90000000",
    } | more


def promised(owner: Client, body: Body, **more: Any) -> str:
    """Promise at the desk; return the code."""
    answer = owner.post("/kerja/komitmen/baru/", form(body, **more))
    assert answer.status_code == 302, re.findall(r"alert\">([^<]+)", answer.content.decode())
    return str(answer["Location"].split("/")[-2])


def moved(client: Client, code: str, body: Body, verb: str, seen: str, **more: Any) -> int:
    """Move at the desk with a document as evidence; return the status."""
    said = {
        "action_id": str(uuid4()),
        "verb": verb,
        "body": body.public_id,
        "seen": seen,
        "evidence": "document",
        "evidence_code": "BA/12/2027",
    }
    return int(client.post(f"/kerja/komitmen/{code}/", said | more).status_code)
