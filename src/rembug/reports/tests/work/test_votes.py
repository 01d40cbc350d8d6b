"""One phone, one voice: anybody may confirm or deny an incident, and change their mind."""

import pytest
from django.conf import settings
from django.test import Client

from rembug.lib.actor import ANONYMOUS
from rembug.lib.errors import Invalid, NotAllowed, NotFound
from rembug.reports.actions.vote import vote
from rembug.reports.models import Vote
from rembug.reports.tests.work.made import Town, acts, incident_of, judge, page, phone, report, send, text

pytestmark = pytest.mark.usefixtures("town")


def test_a_neighbour_confirms_without_account_or_script_and_may_change_it(town: Town) -> None:
    code = incident_of(send(town.city, by=phone())).code
    client = Client()
    form = page(client.get(f"/kejadian/{code}/")).cssselect(f"form[action='/kejadian/{code}/suara/']")[0]
    assert [button.get("value") for button in form.cssselect("button")] == ["ya", "tidak"]
    said = client.post(f"/kejadian/{code}/suara/", {"value": "ya", "near": "1"}, follow=True)
    assert "Suara Anda dihitung" in text(said)
    client.post(f"/kejadian/{code}/suara/", {"value": "ya", "near": "1"})
    assert (Vote.objects.get().value, Vote.objects.get().near, acts("incident.voted")) == (1, True, 1)
    client.post(f"/kejadian/{code}/suara/", {"value": "tidak"})
    assert (Vote.objects.get().value, acts("incident.voted")) == (-1, 2)
    Client().post(f"/kejadian/{code}/suara/", {"value": "tidak"})
    assert Vote.objects.count() == 2


def test_denials_lower_what_we_believe(town: Town) -> None:
    sent = send(town.city, by=phone())
    before = report(sent).probability
    for _ in range(4):
        vote(actor=phone(), incident=incident_of(sent).code, value=-1, secret=settings.SECRET_KEY, near=True)
    judge()
    assert report(sent).probability < before


def test_who_reported_has_spoken_already(town: Town) -> None:
    mine = phone()
    code = incident_of(send(town.city, by=mine)).code
    with pytest.raises(NotAllowed):
        vote(actor=mine, incident=code, value=1, secret=settings.SECRET_KEY)


def test_wrong_votes_are_told(town: Town) -> None:
    sent = send(town.city, by=phone())
    code = incident_of(sent).code
    shown = Client().post(f"/kejadian/{code}/suara/", {"value": "mungkin"}, follow=True)
    assert "Pilih ya atau tidak." in text(shown)
    assert Client().post("/kejadian/NONE/suara/", {"value": "ya"}).status_code == 404
    with pytest.raises(Invalid):
        vote(actor=phone(), incident=code, value=0, secret=settings.SECRET_KEY)
    with pytest.raises(NotFound):
        vote(actor=phone(), incident="NONE", value=1, secret=settings.SECRET_KEY)
    with pytest.raises(NotAllowed):
        vote(actor=ANONYMOUS, incident=code, value=1, secret=settings.SECRET_KEY)


def test_an_incident_that_is_not_public_takes_no_votes(town: Town) -> None:
    code = incident_of(send(town.city, by=phone(), visibility="private")).code
    assert Client().post(f"/kejadian/{code}/suara/", {"value": "ya"}).status_code == 404
    with pytest.raises(NotFound):
        vote(actor=phone(), incident=code, value=1, secret=settings.SECRET_KEY)
