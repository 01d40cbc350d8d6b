"""Where letters to a body go: the addresses of those who speak for it. For letters only; no page shows them."""

from __future__ import annotations

from collections.abc import Collection

from rembug.people.models import RoleGrant


def addresses_of(body_id: int, roles: Collection[str]) -> list[tuple[str, str]]:
    """Return (e-mail address, language) of the active people who hold one of these roles for a body."""
    rows = RoleGrant.objects.filter(body_id=body_id, role__in=roles, ended_at=None, person__is_active=True)
    found = rows.order_by("person_id").values_list("person__email", "person__language").distinct()
    return [(email, language or "id") for email, language in found]
