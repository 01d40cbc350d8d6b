"""Steps that tests of evidence share: reports come in, questions are asked, answers frozen."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

from django.test import Client

from rembug.evidence.actions import ask
from rembug.evidence.actions.make import make_waiting
from rembug.evidence.models import Version
from rembug.evidence.rules.question import Asked
from rembug.lib.actor import Actor, Grant, system
from rembug.people.models import Body
from rembug.reports.actions.process import process_waiting, settle

ROB = {"category": "rob", "depth_class": "knee", "setting": "street", "since": "now", "accuracy_m": 12}
ABOUT = "Semua laporan rob di kota, untuk rapat warga dan untuk siapa saja yang ingin memeriksa."


def report(number: int, **more: Any) -> str:
    """Send one report from a phone of its own; return its code."""
    body = {**ROB, "lon": 109.6753 + number * 0.0003, "lat": -6.8637, **more}
    answer = Client().post(
        "/api/v1/reports",
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4()), "X-Device-Token": f"{number:032x}"},
    )
    assert answer.status_code in {200, 201}, answer.content
    return str(answer.json()["code"])


def download(client: Client, address: str) -> bytes:
    """Return the bytes of a streamed file."""
    answer: Any = client.get(address)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def judge() -> None:
    """Let the jobs of reports run."""
    process_waiting(actor=system("test"))
    settle(actor=system("test"))


def acting(body: Body) -> Actor:
    """Return a member of a body as an actor."""
    return Actor("member-1", "person", (Grant("member", body.city, body.public_id),))


def question(body: Body, title: str = "Rob di kota", **more: Any) -> str:
    """Save a question; return its address."""
    asked = Asked(**({"subject": "reports", "category": "rob"} | more))
    made = ask.save_question(actor=acting(body), body=body.public_id, title=title, about=ABOUT, asked=asked)
    return made.slug


def frozen_version(body: Body, slug: str) -> Version:
    """Ask for a version and let the job make it (in tests a job runs as soon as it is woken)."""
    made = ask.freeze(actor=acting(body), city=body.city, slug=slug)
    make_waiting(actor=system("test"))
    made.refresh_from_db()
    return made
