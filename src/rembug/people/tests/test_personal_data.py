"""L-07 and L-08: consent that can be proved, and data that can be had, corrected and forgotten."""

import sys
import types
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from rembug.audit.models import Entry
from rembug.lib import clock
from rembug.lib.actor import Actor, system
from rembug.people import actions, queries
from rembug.people.actions import consents, personal_data, sessions
from rembug.people.models import Consent, DataRequest, Person, RoleGrant
from rembug.people.queries.consents import is_given
from rembug.people.queries.persons import actor_of
from rembug.people.tests.town import PASSWORD, give, make_body, make_person, sign_in

PHONE = Actor("device", "device", device_hash="a" * 32)


def test_l_07_a_consent_proves_version_language_time_and_channel() -> None:
    consents.give(actor=PHONE, purpose="account", channel="whatsapp")
    row = Consent.objects.get()
    assert (row.text_version, row.language, row.channel) == ("2026-11", "id", "whatsapp")
    assert row.at.tzinfo is not None
    entry = Entry.objects.get(verb="consent.given")
    assert row.text_hash in entry.data
    assert PHONE.device_hash not in entry.data + entry.object_id + entry.actor


def test_l_07_taking_back_counts_at_once_and_nothing_is_overwritten() -> None:
    consents.give(actor=PHONE, purpose="account")
    subject = f"device:{PHONE.device_hash}"
    assert is_given(subject, "account")
    personal_data.withdraw_consent(actor=PHONE, purpose="group")
    assert is_given(subject, "account")
    consents.withdraw(actor=PHONE, purpose="account")
    assert not is_given(subject, "account")
    assert list(Consent.objects.order_by("id").values_list("given", flat=True)) == [True, False, False]
    request = DataRequest.objects.get()
    assert request.due_at - request.asked_at == timedelta(hours=72)
    assert request.done_at is not None
    assert request.done_at <= request.due_at


def test_withdrawing_the_consent_for_the_account_ends_roles_and_sessions(client: Client) -> None:
    person = make_person("sri@example.org")
    give(person, "verifier", make_body())
    sign_in(client, person)
    other = sign_in(Client(), person)
    client.post("/saya/data/tarik/")
    assert other.get("/akun/sesi/").status_code == 302
    assert not RoleGrant.objects.filter(ended_at=None).exists()


def test_l_08_the_export_has_everything_about_me_and_nothing_about_others(client: Client) -> None:
    me, other = make_person("sri@example.org", totp=True), make_person("budi@example.org")
    body = make_body()
    give(me, "verifier", body)
    give(other, "officer", body)
    sign_in(client, me, code=True)
    data = client.post("/saya/data/unduh.json").json()
    assert data["account"]["email"] == "sri@example.org"
    assert [held["role"] for held in data["roles"]] == ["verifier"]
    assert len(data["sessions"]) == 1
    assert data["second_factors"][0]["kind"] == "totp"
    assert data["requests"][0]["kind"] == "export"
    text = str(data)
    assert "budi" not in text.lower()
    assert "secret" not in text
    assert "pbkdf2" not in text
    page = client.get("/saya/data/").content.decode()
    assert "sri@example.org" in page
    assert "minta salinan" in page


def test_correcting_my_name(client: Client) -> None:
    person = make_person("sri@example.org")
    sign_in(client, person)
    client.post("/saya/data/betulkan/", {"display_name": "Sri Rejeki", "language": "jv"})
    person.refresh_from_db()
    assert (person.display_name, person.language) == ("Sri Rejeki", "jv")


class Keeper:
    """Another app that keeps data about people."""

    erased: list[str]

    def __init__(self, *, fails: bool = False) -> None:
        self.erased, self.fails = [], fails

    def export(self, *, actor: Actor) -> dict[str, object]:
        return {"reports": [f"of {actor.public_id}"]}

    def erase(self, *, actor: Actor) -> int:
        if self.fails:
            raise RuntimeError("the disk is full")
        self.erased.append(actor.public_id)
        return 1


@pytest.fixture
def keeper(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Keeper:
    found = Keeper()
    module = types.ModuleType("keeper_of_tests")
    module.holder = found  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "keeper_of_tests", module)
    settings.DATA_HOLDERS = ["keeper_of_tests.holder"]
    return found


def test_l_08_erasing_forgets_me_and_leaves_the_log_whole(client: Client, keeper: Keeper) -> None:
    person = make_person("sri@example.org")
    public_id = person.public_id
    sign_in(client, person)
    before = {row.pk: row.leaf_hash for row in Entry.objects.all()}
    assert client.get("/saya/data/hapus/")["Location"].startswith("/akun/pastikan/")
    client.post("/akun/pastikan/", {"password": PASSWORD})
    assert client.post("/saya/data/hapus/", {"word": "ya"}).status_code == 422
    assert Person.objects.exists()
    assert "sudah dihapus" in client.post("/saya/data/hapus/", {"word": "hapus"}).content.decode()
    assert not Person.objects.exists()
    assert keeper.erased == [public_id]
    after = {row.pk: row.leaf_hash for row in Entry.objects.filter(pk__in=before)}
    assert after == before
    assert not Entry.objects.filter(data__contains="sri@").exists()
    assert client.get("/akun/sesi/").status_code == 302


def test_an_erasing_that_fails_leaves_everything_and_the_clock_running(keeper: Keeper) -> None:
    person = make_person("sri@example.org")
    keeper.fails = True
    with pytest.raises(RuntimeError):
        actions.erase_person(actor=actor_of(person))
    assert Person.objects.filter(pk=person.pk).exists()
    assert DataRequest.objects.get(kind="delete").done_at is None


def test_a_phone_without_account_has_its_data_too(keeper: Keeper) -> None:
    consents.give(actor=PHONE, purpose="account")
    assert queries.my_data(PHONE)["reports"] == ["of device"]
    actions.erase_person(actor=PHONE)
    assert keeper.erased == ["device"]


def test_a_stranger_is_told_that_nothing_is_kept(client: Client) -> None:
    assert "tidak menyimpan data" in client.get("/saya/data/").content.decode()
    assert client.post("/saya/data/unduh.json").status_code == 403


def test_a_session_that_ran_out_is_forgotten_with_its_address(client: Client) -> None:
    sign_in(client, make_person("sri@example.org"))
    sign_in(Client(), make_person("budi@example.org"))
    row = Session.objects.get(session_key=client.session.session_key)
    row.expire_date = clock.now() - timedelta(minutes=1)
    row.save()
    before = UserSession.objects.count()
    assert sessions.forget_expired(actor=system("test")) == 1
    assert UserSession.objects.count() == before - 1
