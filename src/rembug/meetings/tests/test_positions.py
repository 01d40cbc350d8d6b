"""Joint positions: words that do not change, signatures that may be withdrawn and stay seen."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client

from rembug.audit.models import Entry
from rembug.meetings.models import Position, Signature
from rembug.meetings.tests.conftest import speaker
from rembug.people.models import Body
from rembug.people.tests.town import make_body


def written(host: Client, group: Body, **more: str) -> str:
    """Publish a position; return its code."""
    form = {
        "action_id": str(uuid4()),
        "body": group.public_id,
        "title": "Pompa Degayu",
        "text": "Kami minta pompa.",
    }
    answer = host.post("/kerja/sikap/", form | more)
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"].split("/")[-2])


def test_two_groups_sign_one_withdraws_and_all_of_it_stays_seen(host: Client, group: Body, city: str) -> None:
    same = str(uuid4())
    code = written(host, group, action_id=same)
    assert written(host, group, action_id=same) == code
    second = make_body("Kelompok kedua", city=city, sphere="civil_society", kind="community")
    other = speaker(second, "verifier", "kedua@example.org")
    mine = {"body": second.public_id}
    for _ in range(2):
        assert other.post(f"/kerja/sikap/{code}/", mine | {"verb": "sign"}).status_code == 302
    assert "Kelompok kedua" in Client().get(f"/sikap/{code}/").content.decode()
    for _ in range(2):
        assert other.post(f"/kerja/sikap/{code}/", mine | {"verb": "withdraw"}).status_code == 302
    page = Client().get(f"/sikap/{code}/").content.decode()
    assert "ditarik" in page
    assert Signature.objects.filter(withdrawn_at=None).count() == 1
    assert other.post(f"/kerja/sikap/{code}/", mine | {"verb": "sign"}).status_code == 302
    assert Signature.objects.count() == 3
    verbs = list(
        Entry.objects.filter(verb__startswith="position.").order_by("id").values_list("verb", flat=True)
    )
    assert verbs == ["position.written", "position.signed", "position.withdrawn", "position.signed"]
    assert "Pompa Degayu" in Client().get("/sikap/").content.decode()


def test_nobody_signs_for_a_body_of_others(host: Client, group: Body, office: Body) -> None:
    code = written(host, group)
    assert host.post(f"/kerja/sikap/{code}/", {"body": office.public_id, "verb": "sign"}).status_code == 403
    assert host.post("/kerja/sikap/ZZZZZZZZZ/", {"body": group.public_id, "verb": "sign"}).status_code == 404
    assert Client().post(f"/kerja/sikap/{code}/", {"body": group.public_id}).status_code in {302, 403}
    assert Signature.objects.count() == 1


def test_an_empty_text_is_not_published(host: Client, group: Body) -> None:
    form = {"action_id": str(uuid4()), "body": group.public_id, "title": "Judul saja", "text": " "}
    answer = host.post("/kerja/sikap/", form)
    assert answer.status_code == 422
    assert "Judul saja" in answer.content.decode()
    assert Position.objects.count() == 0
