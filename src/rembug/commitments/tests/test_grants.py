"""Grants by their lawful route: nothing is planned before it is checked, nothing decided without reason and number."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from rembug.audit.models import Entry
from rembug.commitments.models import Grant
from rembug.commitments.tests.made import TREATED
from rembug.people.models import Body

WANTED = ("legal-entity", "seated-here", "board", "written-plan", "not-every-year", "accounted")


def form(body: Body, office: Body, **more: Any) -> dict[str, Any]:
    """Return what asking asks for."""
    said = {"action_id": str(uuid4()), "body": body.public_id, "to": office.public_id, "route": "hibah"}
    said |= {"title": "Perahu karet", "purpose": "Mengantar warga saat rob.", "amount": "25000000"}
    return said | {"area": TREATED, "met": ["board"]} | more


@pytest.fixture
def code(watcher: Client, group: Body, office: Body) -> str:
    """A request of the group."""
    assert watcher.post("/kerja/hibah/", form(group, office)).status_code == 302
    return Grant.objects.get().code


def step(client: Client, code: str, body: Body, verb: str, seen: str, **more: Any) -> int:
    """Take a step; return the status."""
    said = {"action_id": str(uuid4()), "verb": verb, "body": body.public_id, "seen": seen}
    return int(client.post(f"/kerja/hibah/{code}/", said | more).status_code)


def test_a_grant_goes_its_lawful_way_in_public(code: str, owner: Client, office: Body) -> None:
    assert step(owner, code, office, "plan", "asked", reference="1") == 422  # not before it was checked
    assert step(owner, code, office, "check", "asked", met=WANTED[:3]) == 302
    assert step(owner, code, office, "plan", "checked", reference="DPA 1.2") == 422  # three are missing
    assert step(owner, code, office, "check", "checked", met=WANTED) == 302
    assert step(owner, code, office, "plan", "checked") == 422  # without a number
    same = {"reference": "DPA 1.2", "action_id": str(uuid4())}
    assert [step(owner, code, office, "plan", "checked", **same) for _ in range(2)] == [302, 302]
    assert step(owner, code, office, "grant", "planned", reference="NPHD 7/2027") == 422  # without a reason
    assert (
        step(owner, code, office, "grant", "planned", reference="NPHD 7/2027", words="Sesuai rencana.") == 302
    )
    page = Client().get(f"/hibah/{code}/").content.decode()
    for words in ("NPHD 7/2027", "DPA 1.2", "Sesuai rencana.", "diberikan", "belum dipastikan"):
        assert words in page
    assert Entry.objects.filter(verb="grant.moved").count() == 4


def test_a_refusal_names_its_reason_and_number(code: str, owner: Client, office: Body) -> None:
    assert step(owner, code, office, "refuse", "asked", words="Bukan kewenangan kami.") == 422
    said = {"words": "Bukan kewenangan kami. Telepon 0812-3456-7890", "reference": "900/12"}
    assert step(owner, code, office, "refuse", "asked", **said) == 302
    page = Client().get(f"/hibah/{code}/").content.decode()
    assert "900/12" in page
    assert "0812" not in page
    assert step(owner, code, office, "check", "refused", met=WANTED) == 422


def test_each_side_takes_its_own_steps(
    code: str, owner: Client, watcher: Client, office: Body, group: Body
) -> None:
    assert step(watcher, code, group, "check", "asked", met=WANTED) == 403
    assert step(owner, code, office, "withdraw", "asked", words="x") == 403
    assert step(watcher, code, group, "withdraw", "asked", words="Sudah ada perahu.") == 302
    assert Grant.objects.get().state == "withdrawn"


def test_the_same_form_asks_once_and_only_an_office_decides(
    watcher: Client, group: Body, office: Body
) -> None:
    said = form(group, office)
    assert [watcher.post("/kerja/hibah/", said).status_code for _ in range(2)] == [302, 302]
    assert Grant.objects.count() == 1
    for wrong in ({"to": group.public_id}, {"route": "rahasia"}, {"amount": "0"}, {"purpose": " "}):
        assert watcher.post("/kerja/hibah/", form(group, office, **wrong)).status_code == 422, wrong


def test_the_list_shows_routes_with_their_basis(code: str) -> None:
    page = Client().get("/hibah/").content.decode()
    assert "Perahu karet" in page
    assert "UU 23/2014" in page
    assert f"/hibah/{code}/" in page
    assert "Bantuan sosial" in page
