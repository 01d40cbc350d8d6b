"""Who may give which role to whom, and what a link can and cannot do."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from rembug.lib import clock
from rembug.lib.actor import Actor, Grant, Role, system
from rembug.lib.errors import NotAllowed, NotFound, RembugError
from rembug.people.actions import invitations, persons
from rembug.people.actions.invitations import Newcomer, Offer
from rembug.people.models import Body, Invitation, Person
from rembug.people.tests.town import PASSWORD, give, make_body, make_person, roles_in_force, sign_in

CITY = "pekalongan"
NEWCOMER = Newcomer("Sri", PASSWORD)


def holder(role: Role, body: Body, area: str = "", city: str = CITY) -> Actor:
    """Return somebody who holds one role."""
    return Actor("tester", "person", (Grant(role, city, body.public_id, area),))


def tries(actor: Actor, role: Role, body: Body, area: str = "") -> bool:
    """Tell whether the actor manages to invite."""
    try:
        invitations.invite(actor=actor, city=CITY, offer=Offer("x@example.org", role, body.public_id, area))
    except NotAllowed:
        return False
    return True


def test_an_administrator_invites_everywhere_in_the_city_and_not_beyond() -> None:
    office = make_body()
    assert all(
        tries(holder("administrator", office), role, make_body("Lain"))
        for role in ("officer", "administrator")
    )
    assert not tries(holder("administrator", office, city="kota-lain"), "member", office)


def test_a_coordinator_invites_below_themselves_for_their_own_body() -> None:
    office, other = make_body(), make_body("Dinas lain")
    own = holder("coordinator", office)
    assert tries(own, "officer", office)
    assert not tries(own, "officer", other)
    for role in ("coordinator", "approver", "administrator"):
        assert not tries(own, role, office)


def test_a_coordinator_of_an_area_stays_in_it() -> None:
    office = make_body()
    own = holder("coordinator", office, "33.75.03")
    assert tries(own, "verifier", office, "33.75.03.1007")
    assert not tries(own, "verifier", office, "33.75.01")
    assert not tries(own, "verifier", office)


@pytest.mark.parametrize("role", ["member", "verifier", "officer", "approver", "facilitator"])
def test_nobody_else_invites(role: Role) -> None:
    office = make_body()
    assert not tries(holder(role, office), "member", office)


def offered(email: str = "sri@example.org", role: Role = "verifier") -> str:
    """Make an invitation and return its token."""
    body = make_body("Kelurahan", state="not_joined")
    return invitations.invite(actor=system("test"), city=CITY, offer=Offer(email, role, body.public_id))[1]


def test_the_token_itself_is_not_kept() -> None:
    token = offered()
    assert token not in str(Invitation.objects.values().get())


def test_a_link_expires() -> None:
    token = offered()
    later = clock.now() + timedelta(days=15)
    with time_machine.travel(later), pytest.raises(NotFound):
        invitations.accept(actor=Actor("device", "device"), token=token, newcomer=NEWCOMER)


def test_a_revoked_link_opens_nothing() -> None:
    token = offered()
    row = Invitation.objects.get()
    invitations.revoke_invitation(actor=holder("administrator", row.body), city=CITY, public_id=row.public_id)
    with pytest.raises(NotFound):
        invitations.accept(actor=Actor("device", "device"), token=token, newcomer=NEWCOMER)


def test_an_account_is_never_taken_over_by_a_link(client: Client) -> None:
    make_person("sri@example.org")
    token = offered()
    client.get(f"/undangan/{token}/")
    answer = client.post(
        "/undangan/", {"display_name": "Maling", "password": "sandi pencuri", "consent": "on"}
    )
    assert "Masuk dulu dengan alamat" in answer.content.decode()
    sign_in(client, make_person("lain@example.org"))
    client.get(f"/undangan/{token}/")
    client.post("/undangan/")
    assert Invitation.objects.get().accepted_at is None


def test_who_has_an_account_accepts_with_it_and_the_body_has_joined(client: Client) -> None:
    token = offered()
    sign_in(client, make_person("sri@example.org"))
    client.get(f"/undangan/{token}/")
    assert client.post("/undangan/")["Location"] == "/saya/"
    assert roles_in_force(client) == ["verifier"]
    assert Body.objects.get().state == "confirmed"


def test_a_weak_password_is_refused_with_the_form_kept(client: Client) -> None:
    client.get(f"/undangan/{offered()}/")
    answer = client.post("/undangan/", {"display_name": "Sri", "password": "12345678", "consent": "on"})
    assert answer.status_code == 422
    assert not Person.objects.exists()


def test_the_first_administrator_comes_in_from_the_console(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("people", "invite-admin", "admin@example.org", "--city", CITY)
    link = capsys.readouterr().out.split()[-1].replace("http://localhost:8000", "")
    client.get(link)
    client.post("/undangan/", {"display_name": "Admin", "password": PASSWORD, "consent": "on"})
    assert roles_in_force(client) == []  # waits for the second factor
    assert client.get("/kerja/peran/")["Location"].startswith("/akun/pengaman/?")
    assert client.get("/akun/pengaman/aplikasi/").status_code == 200  # the password is not asked again


def test_a_role_is_ended_by_the_page_and_has_no_force_at_once(client: Client) -> None:
    office = make_body()
    worker = make_person("petugas@example.org")
    grant = give(worker, "verifier", office)
    theirs = sign_in(Client(), worker)
    boss = make_person("koordinator@example.org", totp=True)
    give(boss, "coordinator", office)
    sign_in(client, boss, code=True)
    assert roles_in_force(theirs) == ["verifier"]
    assert client.post(f"/kerja/peran/{grant.pk}/akhiri/")["Location"] == "/kerja/peran/"
    assert roles_in_force(theirs) == []


def test_stopping_an_account_ends_its_sessions() -> None:
    office = make_body()
    worker = make_person("petugas@example.org")
    give(worker, "verifier", office)
    theirs = sign_in(Client(), worker)
    persons.disable_person(actor=holder("administrator", office), city=CITY, public_id=worker.public_id)
    assert theirs.get("/akun/sesi/").status_code == 302
    theirs.post("/masuk/", {"login": worker.email, "password": PASSWORD})
    assert theirs.get("/akun/sesi/").status_code == 302
    persons.enable_person(actor=holder("administrator", office), city=CITY, public_id=worker.public_id)
    assert sign_in(theirs, worker).get("/akun/sesi/").status_code == 200


def test_a_city_has_no_say_over_who_also_serves_another() -> None:
    office = make_body()
    worker = make_person("petugas@example.org")
    give(worker, "verifier", office)
    give(worker, "verifier", make_body("Jauh", city="kota-lain"))
    with pytest.raises(RembugError):
        persons.disable_person(actor=holder("administrator", office), city=CITY, public_id=worker.public_id)
