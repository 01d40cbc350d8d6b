"""Steps that tests of proposals share."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from rembug.lib import clock
from rembug.people.models import Body

AREA = "33.75.03.1010"  # Panjang Baru


def form(body: Body, **more: Any) -> dict[str, Any]:
    """Return what publishing asks for."""
    return {
        "action_id": str(uuid4()),
        "body": body.public_id,
        "mandate": "Rembug RW tanggal 8 Januari, 42 orang hadir.",
        "title": "Pompa untuk gang Kusuma",
        "need": "Air rob masuk rumah tiap pasang tinggi dan tidak surut sampai sore.",
        "asked": "Satu pompa 50 liter per detik dan rumah pompa.",
        "field": "infrastructure",
        "area": AREA,
        "cost_low": "80000000",
        "cost_high": "120000000",
        "contribution": "Tenaga warga dan lahan rumah pompa",
        "priority": "1",
        "path": "musrenbang",
    } | more


def proposed(author: Client, body: Body, **more: Any) -> str:
    """Publish a proposal at the desk; return its code."""
    answer = author.post("/kerja/usulan/baru/", form(body, sure="1", **more))
    assert answer.status_code == 302, re.sub(r"<[^>]+>", " ", answer.content.decode())[-3000:]
    return str(answer["Location"].split("/")[-2])


def decided(
    client: Client, code: str, body: Body, outcome: str, *, seen: str, status: int = 302, **more: Any
) -> None:
    """Decide at the desk."""
    said = {
        "action_id": str(uuid4()),
        "body": body.public_id,
        "post": "Lurah",
        "outcome": outcome,
        "reason": "no-budget",
        "words": "Anggaran tahun ini sudah terbagi.",
        "seen": seen,
    }
    answer = client.post(f"/kerja/usulan/{code}/putuskan/", said | more)
    assert answer.status_code == status, answer.content.decode()[-2000:]


def delivered(author: Client, code: str, body: Body, **more: Any) -> str:
    """Hand a proposal to a body; return the code of the answer sheet."""
    day = timezone.localtime(clock.now()).date().isoformat()
    said = {"action_id": str(uuid4()), "body": body.public_id, "on": day} | more
    answer = author.post(f"/kerja/usulan/{code}/serahkan/", said)
    assert answer.status_code == 302, answer.content.decode()[-2000:]
    page = Client().get(f"/usulan/{code}/").content.decode()
    found = re.findall(r'href="/jawaban/(\w+)/">([^<]+)<', page)
    return str(next(sheet for sheet, name in found if name == body.name))


def said(client: Client, sheet: str, body: Body, verb: str, **more: Any) -> int:
    """Add a step to an answer sheet; return the status."""
    step = {"action_id": str(uuid4()), "verb": verb, "body": body.public_id}
    return int(client.post(f"/kerja/jawaban/{sheet}/", step | more).status_code)


def text(address: str, client: Client | None = None) -> str:
    """Return a page as text without marks, in one line."""
    page = (client or Client()).get(address)
    assert page.status_code == 200, page.status_code
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
