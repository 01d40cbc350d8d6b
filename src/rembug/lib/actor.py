"""Who acts: a frozen value that every app can check without knowing `people`."""

from dataclasses import dataclass
from typing import Literal

from rembug.lib.errors import NotAllowed

Kind = Literal["person", "device", "system", "anonymous"]
Role = Literal["member", "verifier", "officer", "coordinator", "approver", "facilitator", "administrator"]


@dataclass(frozen=True, slots=True)
class Grant:
    """A role given per body and area.

    `area` is a code prefix as in Kemendagri codes: `33.75.03` covers its kelurahan; an empty one covers the city.
    """

    role: Role
    city: str
    body: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, a phone without account, or a named part of the system."""

    public_id: str
    kind: Kind
    grants: tuple[Grant, ...] = ()
    person_id: int | None = None
    device_hash: str = ""

    def may(self, *roles: Role, city: str, area: str = "", body: str = "") -> bool:
        """Tell whether a grant covers one of these roles here (and for this body, when one is named)."""
        return any(
            grant.role in roles
            and grant.city == city
            and covers(grant.area, area)
            and (not body or grant.body == body)
            for grant in self.grants
        )

    def require(self, *roles: Role, city: str, area: str = "", body: str = "") -> None:
        """Raise `NotAllowed` unless `may` says yes."""
        if not self.may(*roles, city=city, area=area, body=body):
            raise NotAllowed("Anda belum punya hak untuk tindakan ini di wilayah ini.")

    def speaks_for(self, body: str, *roles: Role, city: str) -> bool:
        """Tell whether a grant gives one of these roles for a body, in whatever area."""
        return any(grant.role in roles and grant.city == city and grant.body == body for grant in self.grants)

    def require_for(self, body: str, *roles: Role, city: str) -> None:
        """Raise `NotAllowed` unless `speaks_for` says yes."""
        if not self.speaks_for(body, *roles, city=city):
            raise NotAllowed("Anda belum punya hak untuk bertindak atas nama pihak ini.")


def covers(prefix: str, code: str) -> bool:
    """Tell whether an area code lies within another (`33.75.03` covers `33.75.03.1007`, not `33.75.031`)."""
    return not prefix or code == prefix or code.startswith(prefix + ".")


def system(name: str) -> Actor:
    """Return the named system actor, for example `system("reports.process")`."""
    return Actor(public_id=f"system:{name}", kind="system")


ANONYMOUS = Actor(public_id="anonymous", kind="anonymous")
