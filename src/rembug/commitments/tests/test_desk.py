"""The facility desk: asked, offered, lent, returned; the same piece is never lent twice."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from rembug.audit.models import Entry
from rembug.commitments.models import Need, Thing
from rembug.commitments.queries.desk import today
from rembug.commitments.rules.desk import Hold, free
from rembug.commitments.tests.made import TREATED
from rembug.deliberation.tests.conftest import body_of, speaker
from rembug.people.models import Body

DAY = date(2027, 3, 1)
HOLDS = st.lists(
    st.builds(
        lambda first, length, count, out: Hold(
            DAY + timedelta(first), DAY + timedelta(first + length), count, out
        ),
        *(st.integers(-5, 15), st.integers(0, 9), st.integers(1, 4), st.booleans()),
    ),
    max_size=8,
)


@given(HOLDS, st.integers(0, 15), st.integers(0, 9))
def test_what_is_free_is_free_on_every_day(holds: list[Hold], first: int, length: int) -> None:
    start, end = DAY + timedelta(first), DAY + timedelta(first + length)
    days = [start + timedelta(number) for number in range(length + 1)]

    def taken(day: date) -> int:
        spans = [
            (min(h.first, DAY), max(h.last, DAY), h.quantity) if h.out else (h.first, h.last, h.quantity)
            for h in holds
        ]
        return sum(count for begins, ends, count in spans if begins <= day <= ends)

    assert free(50, holds, start, end, DAY) == 50 - max(taken(day) for day in days)


def listed(client: Client, body: Body, quantity: int = 2, **more: Any) -> str:
    """List pumps; return the code."""
    said = {"action_id": str(uuid4()), "body": body.public_id, "kind": "pump", "quantity": quantity}
    said |= {"area": TREATED, "name": "Pompa 3 inci"} | more
    assert client.post("/kerja/fasilitas/barang/", said).status_code == 302
    return Thing.objects.latest("id").code


def asked(client: Client, body: Body, quantity: int = 1, **more: Any) -> str:
    """Ask for pumps from tomorrow on; return the code."""
    first = today() + timedelta(days=1)
    said = {"action_id": str(uuid4()), "body": body.public_id, "kind": "pump", "quantity": quantity}
    said |= {"area": TREATED, "purpose": "Menyedot air di gang", "to": ""}
    said |= {"from_on": first.isoformat(), "to_on": (first + timedelta(days=2)).isoformat()}
    answer = client.post("/kerja/fasilitas/minta/", said | more)
    assert answer.status_code == 302, re.findall(r"alert\">([^<]+)", answer.content.decode())
    return str(answer["Location"].split("/")[-2])


def moved(client: Client, code: str, body: Body, verb: str, seen: str, **more: Any) -> int:
    """Take a step; return the status."""
    said = {"action_id": str(uuid4()), "verb": verb, "body": body.public_id, "seen": seen}
    return int(client.post(f"/kerja/fasilitas/{code}/", said | more).status_code)


def test_a_thing_goes_out_and_comes_back_in_public(
    owner: Client, watcher: Client, office: Body, group: Body
) -> None:
    thing, code = listed(owner, office), asked(watcher, group)
    offer = {"thing": thing, "quantity": "1", "action_id": str(uuid4())}
    assert [moved(owner, code, office, "offer", "asked", **offer) for _ in range(2)] == [302, 302]
    assert moved(owner, code, office, "lend", "offered") == 302
    assert moved(owner, code, office, "return", "lent") == 302
    page = Client().get(f"/fasilitas/{code}/").content.decode()
    for words in ("Ditawarkan", "Diserahkan kepada peminjam", "Diterima kembali", "Panjang Baru"):
        assert words in page
    assert Entry.objects.filter(verb="need.moved").count() == 3
    assert "dikembalikan" in Client().get("/fasilitas/").content.decode()
    assert code in watcher.get("/kerja/fasilitas/").content.decode()


def test_two_requests_never_get_the_same_piece(
    owner: Client, watcher: Client, office: Body, group: Body
) -> None:
    thing, one, two = listed(owner, office), asked(watcher, group, 2), asked(watcher, group, 1)
    assert moved(owner, one, office, "offer", "asked", thing=thing, quantity="2") == 302
    assert moved(owner, two, office, "offer", "asked", thing=thing, quantity="1") == 422
    later = today() + timedelta(days=10)
    free_then = asked(watcher, group, 2, from_on=later.isoformat(), to_on=later.isoformat())
    assert moved(owner, free_then, office, "offer", "asked", thing=thing, quantity="2") == 302
    assert moved(owner, one, office, "lend", "offered") == 302
    # Handed over early while the pieces are out with somebody else: they are not there.
    assert moved(owner, free_then, office, "lend", "offered") == 422
    assert moved(owner, one, office, "return", "lent") == 302
    assert moved(owner, free_then, office, "lend", "offered") == 302


def test_a_request_is_offered_by_one_body_only(
    owner: Client, watcher: Client, office: Body, group: Body
) -> None:
    other = body_of(group.city, "contoh-pemuda")
    youth = speaker(other, "coordinator", "muda@example.org")
    first, second, code = listed(owner, office), listed(youth, other), asked(watcher, group)
    assert moved(owner, code, office, "offer", "asked", thing=first, quantity="1") == 302
    assert moved(youth, code, other, "offer", "asked", thing=second, quantity="1") == 422
    assert Need.objects.get(code=code, thing__body=office).state == "offered"


def test_each_step_belongs_to_its_body(owner: Client, watcher: Client, office: Body, group: Body) -> None:
    thing, code = listed(owner, office), asked(watcher, group, to=office.public_id)
    other = body_of(group.city, "contoh-pemuda")
    youth = speaker(other, "coordinator", "muda@example.org")
    own = listed(youth, other)
    assert moved(youth, code, other, "offer", "asked", thing=own, quantity="1") == 403
    assert moved(youth, code, other, "decline", "asked", words="x") == 403
    assert moved(owner, code, office, "offer", "asked", thing=own, quantity="1") == 422  # not its own thing
    assert moved(owner, code, office, "offer", "asked", thing=thing, quantity="1") == 302
    assert moved(watcher, code, group, "lend", "offered") == 403
    assert moved(watcher, code, group, "cancel", "offered") == 422  # without a reason
    assert moved(watcher, code, group, "cancel", "offered", words="Air sudah surut.") == 302
    assert "Air sudah surut." in Client().get(f"/fasilitas/{code}/").content.decode()


def test_what_is_declined_says_why_and_hides_numbers(
    owner: Client, watcher: Client, office: Body, group: Body
) -> None:
    code = asked(watcher, group, to=office.public_id, purpose="Hubungi 0812-3456-7890 untuk tenda")
    assert (
        moved(owner, code, office, "decline", "asked", words="Sedang diperbaiki, tanya 0812-3456-7890") == 302
    )
    page = Client().get(f"/fasilitas/{code}/").content.decode()
    assert "ditolak" in page
    assert "0812" not in page


def test_a_thing_that_is_out_stays_on_the_list(
    owner: Client, watcher: Client, office: Body, group: Body
) -> None:
    thing, code = listed(owner, office), asked(watcher, group)
    moved(owner, code, office, "offer", "asked", thing=thing, quantity="1")
    owner.post(f"/kerja/fasilitas/barang/{thing}/tarik/")
    assert Thing.objects.get().retired_at is None
    moved(owner, code, office, "decline", "offered", words="Rusak.")
    owner.post(f"/kerja/fasilitas/barang/{thing}/tarik/")
    assert Thing.objects.get().retired_at is not None


@pytest.mark.parametrize(
    "wrong", [{"kind": "rocket"}, {"quantity": "0"}, {"area": "33"}, {"to_on": "2020-01-01"}]
)
def test_a_request_that_cannot_be_is_refused(watcher: Client, group: Body, wrong: dict[str, str]) -> None:
    first = today().isoformat()
    said = {
        "action_id": str(uuid4()),
        "body": group.public_id,
        "kind": "pump",
        "quantity": "1",
        "area": TREATED,
    }
    said |= {"purpose": "Banjir", "from_on": first, "to_on": first} | wrong
    assert watcher.post("/kerja/fasilitas/minta/", said).status_code == 422
