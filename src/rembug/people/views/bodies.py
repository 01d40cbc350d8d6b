"""The list of bodies, the page of one, a group's own registration and its decision."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from rembug.lib.errors import NotFound, RembugError, TooMany
from rembug.lib.request import Request
from rembug.people import areas, words
from rembug.people.actions import registrations
from rembug.people.forms.faults import add_faults
from rembug.people.forms.groups import DecisionForm, GroupForm
from rembug.people.queries import bodies
from rembug.people.views.handing_over import hand_over


def listing(request: Request) -> HttpResponse:
    """Show the listed bodies of the city by sphere: all, or those of an area and with certain words."""
    asked = {name: request.GET.get(name, "").strip()[:60] for name in ("q", "wilayah", "bagian")}
    found = bodies.find(city=request.city, words=asked["q"], area=asked["wilayah"], sphere=asked["bagian"])
    context = {
        "bodies": found,
        "asked": asked,
        "is_asked": any(asked.values()),
        "areas": areas.choices(request.city),
        "spheres": words.SPHERES.items(),
    }
    return render(request, "people/bodies.html", context)


def page(request: Request, public_id: str) -> HttpResponse:
    """Show one body: what it is, what it looks after and can lend, whether it has joined. A double leads on."""
    try:
        body = bodies.public_body(city=request.city, public_id=public_id)
    except NotFound:
        other = bodies.moved_to(city=request.city, public_id=public_id)
        if not other:
            raise
        return redirect("people:body", public_id=other, permanent=True)
    reachable = bodies.has_people(city=request.city, public_id=public_id)
    return render(request, "people/body.html", {"body": body, "reachable": reachable})


def register(request: Request) -> HttpResponse:
    """Take in a group's registration."""
    form = GroupForm(request.POST or None, city=request.city)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="register_group"):
            raise TooMany(gettext("Terlalu sering. Tunggu sebentar, lalu coba lagi."), retry_after_s=3600)
        try:
            registrations.register_group(actor=request.actor, city=request.city, group=form.group())
        except RembugError as fault:
            add_faults(form, fault)
        else:
            return redirect("people:registered")
    return render(request, "people/register.html", {"form": form}, status=422 if form.errors else 200)


def registered(request: Request) -> HttpResponse:
    """Say what happens next."""
    return render(request, "people/registered.html")


def waiting(request: Request) -> HttpResponse:
    """List the groups that wait for this coordinator."""
    found = bodies.registrations(actor=request.actor, city=request.city)
    return render(request, "people/registrations.html", {"waiting": found})


def decide(request: Request, public_id: str) -> HttpResponse:
    """Show one registration and take the decision."""
    found = bodies.registration(actor=request.actor, city=request.city, public_id=public_id)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _decided(request, public_id, form)
        except RembugError as fault:
            add_faults(form, fault)
    context = {"waiting": found, "form": form}
    return render(request, "people/registration.html", context, status=422 if form.errors else 200)


def _decided(request: Request, public_id: str, form: DecisionForm) -> HttpResponse:
    said = form.cleaned_data
    actor, city = request.actor, request.city
    if said["decision"] == "confirm":
        role = form.role_given()
        invitation, token = registrations.confirm_group(
            actor=actor, city=city, public_id=public_id, role=role
        )
        return hand_over(request, invitation.email, token)
    registrations.decline_group(actor=actor, city=city, public_id=public_id, reason=said["reason"])
    messages.success(request, gettext("Keputusan dicatat."))
    return redirect("people:registrations")
