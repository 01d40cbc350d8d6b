"""Every address × every role, asked for real: who gets in is what the permission table says.

To add an address: a line in `rembug.config.access`; when the line is `scoped`, also a sample in `SAMPLES` below.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import get_converters

from rembug.config.access import TABLE
from rembug.lib import clock
from rembug.lib.access import NEEDS_SECOND_FACTOR, PUBLIC, SIGNED_IN, Access
from rembug.lib.actor import system
from rembug.people.actions import invitations
from rembug.people.models import Body, BodyArea, Invitation, Person, Registration, RoleGrant
from rembug.people.tests.town import give, house, make_body, make_person, sign_in
from rembug.reports.models import Report

__all__ = ["house"]
ROLES = ("member", "verifier", "officer", "coordinator", "approver", "facilitator", "administrator")
HERE, ELSEWHERE = "33.75.03", "33.75.01"  # two kecamatan of one city


@dataclass(frozen=True, slots=True)
class World:
    """What samples may point to: all of it lies in HERE."""

    body: Body
    group: Body
    grant: RoleGrant
    invitation: Invitation
    report: Report


# URL name -> the parameters of an address whose object lies in HERE; others get a made-up object by their kind
SAMPLES: dict[str, Callable[[World], dict[str, object]]] = {
    "people:registration": lambda world: {"public_id": world.group.public_id},
    "people:revoke-invitation": lambda world: {"public_id": world.invitation.public_id},
    "people:end-role": lambda world: {"grant_id": world.grant.pk},
    "reports:work-case": lambda world: {"code": world.report.code},
    "reports:photo": lambda _world: {"name": "0" * 32, "side": "240"},
    "account_reset_password_from_key": lambda _world: {"uidb36": "1", "key": "no-such-key"},
    "mfa_edit_webauthn": lambda _world: {"pk": 1},
    "mfa_remove_webauthn": lambda _world: {"pk": 1},
    "water:spot": lambda _world: {"lon": "109.680", "lat": "-6.880"},
    "audit:entry": lambda _world: {"uid": "0" * 32},
    "audit:checkpoint_at": lambda _world: {"size": 1},
    "audit:tile": lambda _world: {"level": 0, "place": "000"},
}
MADE_UP = {
    "int": 1,
    "str": "ABC",
    "slug": "abc",
    "path": "abc",
    "uuid": "01990000-0000-7000-8000-000000000000",
}


def addresses(
    patterns: list[URLPattern | URLResolver], space: str = ""
) -> Iterator[tuple[str, dict[str, object]]]:
    """Walk all URL patterns, those of other packages too; return full names and made-up parameters."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (space, pattern.namespace)))
            for name, made_up in addresses(pattern.url_patterns, inner):
                yield name, parameters(pattern) | made_up
        else:
            yield (
                ":".join(filter(None, (space, pattern.name or f"unnamed {pattern.pattern}"))),
                parameters(pattern),
            )


def parameters(pattern: URLPattern | URLResolver) -> dict[str, object]:
    """Return made-up parameters by the kind of each."""
    kinds = {type(known): kind for kind, known in get_converters().items()}
    converters = getattr(pattern.pattern, "converters", {})
    return {name: MADE_UP.get(kinds.get(type(found), ""), "abc") for name, found in converters.items()}


ADDRESSES = dict(addresses(get_resolver().url_patterns))
NAMES = sorted(ADDRESSES)


def test_every_address_is_in_the_table_and_nothing_else() -> None:
    assert [name for name in NAMES if name not in TABLE] == []
    assert [name for name in TABLE if name not in NAMES] == []
    assert [name for name in NAMES if TABLE[name].scoped and name not in SAMPLES] == []


@pytest.fixture
def world(house: None) -> World:  # noqa: ARG001 a fixture asks for another by name
    office = make_body("Kelurahan contoh")
    group = make_body("Kelompok baru", sphere="civil_society", state="pending")
    BodyArea.objects.bulk_create(BodyArea(body=body, area_code=HERE) for body in (office, group))
    Registration.objects.create(body=group, contact_email="wakil@example.org", asked_at=clock.now())
    grant = give(make_person("petugas@example.org"), "member", office, HERE)
    offer = invitations.Offer("baru@example.org", "member", office.public_id, HERE)
    invitation, _ = invitations.invite(actor=system("test"), city=office.city, offer=offer)
    return World(office, group, grant, invitation, make_report(office.city))


def make_report(city: str) -> Report:
    """Make a report in HERE; its city's pack is not needed to be refused it."""
    now = clock.now()
    return Report.objects.create(
        city=city, client_id=uuid4(), receipt_hash=uuid4().hex, channel="web", received_at=now, salt=b"",
        category="rob", observed_from=now, observed_at=now, lon=109.67, lat=-6.88, located_by="map",
        area_code=f"{HERE}.1001", cell="898c1a9a9a3ffff", source="x", changed_at=now,
    )  # fmt: skip


def path_of(name: str, world: World) -> str:
    """Return a real address of this name."""
    return reverse(name, kwargs=SAMPLES[name](world) if name in SAMPLES else ADDRESSES[name])


def stranger() -> Client:
    """Return a browser that nobody is signed in with; a page that breaks over a made-up object is no refusal."""
    return Client(raise_request_exception=False)


def client_of(role: str, body: Body, area: str = "") -> Client:
    """Sign somebody in who holds one role, with a second factor."""
    person = make_person(f"{role}-{body.pk}@example.org", totp=True)
    give(person, role, body, area)
    return sign_in(stranger(), person, code=True)


def refused(client: Client, path: str) -> bool:
    """Tell whether the caller was sent to the door or told no; `not found` is no refusal of the page."""
    answer = client.get(path)
    if answer.streaming:
        list(answer)  # reading to the end closes the file behind it
    where = answer.headers.get("Location", "")
    to_the_door = answer.status_code == 302 and where.startswith("/masuk/?next=")
    return to_the_door or answer.status_code in {401, 403}


def refused_object(client: Client, path: str) -> bool:
    """Tell whether the caller does not get this object; a hidden one may be `not found`."""
    return refused(client, path) or client.get(path).status_code == 404


def allows(access: Access, role: str) -> bool:
    """Say what the table promises to a signed-in person with one role here and a second factor."""
    return access.who in (PUBLIC, SIGNED_IN) or role in access.who


@pytest.mark.parametrize("name", NAMES)
def test_strangers_get_in_where_the_table_says_public(name: str, world: World) -> None:
    assert refused(stranger(), path_of(name, world)) is (TABLE[name].who != PUBLIC)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_gets_in_where_the_table_says(role: str, world: World) -> None:
    client = client_of(role, world.body)
    wrong = [n for n in NAMES if refused(client, path_of(n, world)) is allows(TABLE[n], role)]
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_a_role_in_another_city_opens_nothing_here(role: str, world: World) -> None:
    client = client_of(role, make_body("Dinas lain", city="kota-lain"))
    staff = [name for name in NAMES if not isinstance(TABLE[name].who, str)]
    assert [name for name in staff if not refused(client, path_of(name, world))] == []


@pytest.mark.parametrize("role", ROLES)
def test_a_role_in_another_area_does_not_reach_the_object(role: str, world: World) -> None:
    client = client_of(role, world.body, ELSEWHERE)
    scoped = [name for name in NAMES if TABLE[name].scoped]
    assert [name for name in scoped if not refused_object(client, path_of(name, world))] == []


@pytest.mark.parametrize("role", sorted(NEEDS_SECOND_FACTOR))
def test_a_powerful_role_without_second_factor_opens_nothing(role: str, world: World) -> None:
    person = make_person("tanpa@example.org")
    give(person, role, world.body)
    client = sign_in(stranger(), person)
    staff = {name: TABLE[name] for name in NAMES if not isinstance(TABLE[name].who, str)}
    for name, access in staff.items():
        answer = client.get(path_of(name, world))
        if role in access.who:  # first the factor
            assert answer.headers.get("Location", "").startswith("/akun/pengaman/?"), name
        else:
            assert answer.status_code == 403, name


def test_staff_pages_are_never_public(world: World) -> None:
    for name in NAMES:
        if TABLE[name].who == PUBLIC:
            assert not path_of(name, world).startswith("/kerja/"), name


@pytest.mark.usefixtures("house")
def test_an_address_outside_the_table_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(TABLE, "people:mine")
    assert Client().get("/saya/").status_code == 403


def test_a_disabled_person_is_a_stranger(world: World) -> None:
    client = client_of("administrator", world.body)
    Person.objects.update(is_active=False)
    signed_in = [name for name in NAMES if TABLE[name].who != PUBLIC]
    assert [name for name in signed_in if not refused(client, path_of(name, world))] == []
