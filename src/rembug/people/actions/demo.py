"""One login for each role of a demonstration, with a real second factor: nothing is let through."""

import json
import os
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import settings
from django.db import transaction

from rembug.audit import actions as audit
from rembug.lib import ids
from rembug.lib.access import NEEDS_SECOND_FACTOR
from rembug.lib.actor import Actor, Role
from rembug.people import rules
from rembug.people.models import Body, Person, RoleGrant

PERIOD_S = 30
TIME_TO_TYPE_S = 5
WORDS = (
    "perahu",
    "ombak",
    "jala",
    "bakau",
    "muara",
    "pasang",
    "tambak",
    "layar",
    "karang",
    "pantai",
    "dermaga",
)


@dataclass(frozen=True, slots=True)
class DemoLogin:
    """One demo login as it is printed; `totp_secret` is empty where no second factor is needed."""

    role: Role
    email: str
    password: str
    totp_secret: str


def create_demo_people(
    *, actor: Actor, city: str, homes: Mapping[Role, str] | None = None
) -> list[DemoLogin]:
    """Make one demo login for each role and return all of them; call again for the same answer.

    Passwords and secrets are random for each installation and kept in `var/demo-logins.json`, which only its
    owner can read. Roles are given in the whole city: at the body that `homes` names for a role (public id), and
    where it names none, or one that looks after a part of the city, at one that is made here, marked as an example.
    """
    known = {login.email: login for login in read_demo_logins()}
    logins = [known.get(_email(role, city)) or _fresh(role, city) for role in rules.ROLES]
    _write({**known, **{login.email: login for login in logins}})
    with transaction.atomic():
        for login in logins:
            _ensure(actor, city, login, (homes or {}).get(login.role, ""))
    return logins


def _email(role: Role, city: str) -> str:
    return f"{role}@{city}.demo.invalid"  # .invalid can never receive a letter (RFC 2606)


def _fresh(role: Role, city: str) -> DemoLogin:
    # 46 bits: a demonstration may stand on the open net, and its addresses are known.
    password = f"{secrets.choice(WORDS)} {secrets.choice(WORDS)} {ids.public_code(8)}"
    secret = generate_totp_secret() if role in NEEDS_SECOND_FACTOR else ""
    return DemoLogin(role, _email(role, city), password, secret)


def _ensure(actor: Actor, city: str, login: DemoLogin, home: str) -> None:
    if Person.objects.filter(email=login.email).exists():
        return
    person = Person(email=login.email, display_name=f"Demo {login.role}", is_demo=True)
    person.set_password(login.password)
    person.save()
    EmailAddress.objects.create(user=person, email=login.email, verified=True, primary=True)
    if login.totp_secret:
        TOTP.activate(person, login.totp_secret)
    body = Body.objects.filter(city=city, public_id=home).first()
    if body is not None:
        RoleGrant.objects.create(person=person, role=login.role, body=body)
    # Who looks after a part of the city could not do what is for all of it.
    if body is None or body.areas.exists():
        RoleGrant.objects.create(person=person, role=login.role, body=_body(actor, city, login.role))
    audit.record(actor=actor, verb="person.demo-made", obj=audit.Ref("person", person.public_id), city=city)


def _body(actor: Actor, city: str, role: Role) -> Body:
    group = role in {"member", "verifier"}
    name = "Komunitas contoh (demo)" if group else "Kantor contoh (demo)"
    body, made = Body.objects.get_or_create(
        city=city,
        name=name,
        is_example=True,
        defaults={
            "kind": "komunitas" if group else "dinas",
            "sphere": Body.Sphere.CIVIL_SOCIETY if group else Body.Sphere.BUREAUCRACY,
            "level": Body.Level.CITY,
            "state": Body.State.CONFIRMED,
        },
    )
    if made:
        audit.record(actor=actor, verb="body.demo-made", obj=audit.Ref("body", body.public_id), city=city)
    return body


def read_demo_logins() -> list[DemoLogin]:
    """Return the demo logins of this installation, none when there was no demonstration."""
    try:
        return [DemoLogin(**row) for row in json.loads(_file().read_text())]
    except FileNotFoundError:
        return []


def code_now(secret: str) -> str:
    """Return the six digits that an authenticator app with this secret shows now.

    A code lives 30 seconds; in its last five this waits for the next one, so that there is time to type it.
    """
    left = PERIOD_S - time.time() % PERIOD_S
    if left < TIME_TO_TYPE_S:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def _file() -> Path:
    return settings.VAR / "demo-logins.json"


def _write(logins: dict[str, DemoLogin]) -> None:
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump([asdict(login) for login in logins.values()], file, indent=1)
    fresh.replace(path)
