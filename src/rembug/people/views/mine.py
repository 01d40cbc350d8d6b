"""My page: who I am here, what I may do, and where to go on."""

from django.http import HttpResponse
from django.shortcuts import render

from rembug.lib.request import Request
from rembug.people.queries import roles


def page(request: Request) -> HttpResponse:
    """Show the account of the person who is signed in; to others, what works without one."""
    mine = roles.of_person(actor=request.actor) if request.actor.kind == "person" else []
    can_coordinate = any(
        grant.role in {"coordinator", "administrator"} and grant.city == request.city
        for grant in request.actor.grants
    )
    return render(request, "people/mine.html", {"roles": mine, "can_coordinate": can_coordinate})
