"""What the forms of surveys and of common maps offer alike."""

from __future__ import annotations

from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy

from rembug.lib.actor import Actor, Role
from rembug.people.queries.bodies import public_bodies
from rembug.places import queries as places


def offer_own(form: forms.Form, *, actor: Actor, city: str, roles: tuple[Role, ...]) -> None:
    """Give a form a fresh id, the bodies that the actor speaks for by these roles, and the city's areas."""
    form.fields["action_id"].initial = uuid4
    own = [
        (body.public_id, body.name)
        for body in public_bodies(city=city)
        if actor.speaks_for(body.public_id, *roles, city=city)
    ]
    areas = [(area.code, area.name) for area in places.areas(city) if area.level != "city"]
    form.fields["body"].choices = own  # type: ignore[attr-defined]
    form.fields["area"].choices = [("", gettext_lazy("Seluruh kota")), *areas]  # type: ignore[attr-defined]
