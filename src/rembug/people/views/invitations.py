"""Inviting, taking up, taking back; roles in force and ending them."""

from allauth.account.internal.flows.login import record_authentication
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache

from rembug.lib.errors import RembugError
from rembug.lib.request import Request
from rembug.people.actions import invitations as acts
from rembug.people.forms.directory import HandOverForm
from rembug.people.forms.faults import add_faults
from rembug.people.forms.invitations import InviteForm, NewcomerForm
from rembug.people.queries import invitations, roles
from rembug.people.views.handing_over import hand_over

KEY = "invitation"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def listing(request: Request) -> HttpResponse:
    """List invitations, and make one."""
    form = InviteForm(request.POST or None, actor=request.actor, city=request.city)
    if request.method == "POST" and form.is_valid():
        try:
            made, token = acts.invite(actor=request.actor, city=request.city, offer=form.offer())
            return hand_over(request, made.email, token)
        except RembugError as fault:
            add_faults(form, fault)
    known = invitations.made_in(actor=request.actor, city=request.city)
    context = {"form": form, "invitations": known}
    return render(request, "people/invitations.html", context, status=422 if form.errors else 200)


def revoke(request: Request, public_id: str) -> HttpResponse:
    """Take back one invitation, after a look at it."""
    found = invitations.one(actor=request.actor, city=request.city, public_id=public_id)
    if request.method == "POST":
        acts.revoke_invitation(actor=request.actor, city=request.city, public_id=public_id)
        messages.success(request, gettext("Undangan dicabut."))
        return redirect("people:invitations")
    return render(request, "people/revoke.html", {"invitation": found})


def held(request: Request) -> HttpResponse:
    """List the roles in force that this person could end."""
    return render(
        request, "people/roles.html", {"roles": roles.in_city(actor=request.actor, city=request.city)}
    )


def end(request: Request, grant_id: int) -> HttpResponse:
    """End one role, after a look at it."""
    found = roles.one(actor=request.actor, city=request.city, grant_id=grant_id)
    if request.method == "POST":
        acts.end_role(actor=request.actor, city=request.city, grant_id=grant_id)
        messages.success(request, gettext("Peran diakhiri."))
        return redirect("people:roles")
    return render(request, "people/end_role.html", {"held": found})


def hand_on(request: Request, grant_id: int) -> HttpResponse:
    """Offer a role to whoever follows in it: one's own, or one that this person could end."""
    found = roles.one_or_own(actor=request.actor, city=request.city, grant_id=grant_id)
    form = HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made, token = acts.hand_over(
                actor=request.actor, city=request.city, grant_id=grant_id, email=form.cleaned_data["email"]
            )
            return hand_over(request, made.email, token)
        except RembugError as fault:
            add_faults(form, fault)
    context = {"form": form, "held": found}
    return render(request, "people/hand_over.html", context, status=422 if form.errors else 200)


@never_cache
def follow(request: Request, token: str) -> HttpResponse:
    """Keep the token of a link in the session, so that it leaves the address bar before anything is loaded."""
    request.session[KEY] = token
    return redirect("people:accept")


@never_cache
def accept(request: Request) -> HttpResponse:
    """Show an invitation and take it up: with the account it is for, or with a new one."""
    token = request.session.get(KEY, "")
    found = invitations.by_token(token)
    if found.has_account:
        return _accept_known(request, token, found)
    form = NewcomerForm(request.POST or None, email=found.email)
    if request.method == "POST" and form.is_valid():
        return _accept_new(request, token, form)
    context = {"form": form, "invitation": found}
    return render(request, "people/accept.html", context, status=422 if form.errors else 200)


def _accept_known(request: Request, token: str, found: invitations.InvitationFace) -> HttpResponse:
    own = request.user.is_authenticated and request.user.email.lower() == found.email
    if request.method == "POST" and own:
        acts.accept(actor=request.actor, token=token)
        del request.session[KEY]
        messages.success(request, gettext("Peran Anda sudah berlaku."))
        return redirect("people:mine")
    return render(request, "people/accept_known.html", {"invitation": found, "own": own})


def _accept_new(request: Request, token: str, form: NewcomerForm) -> HttpResponse:
    newcomer = form.newcomer(get_language() or "id")
    person = acts.accept(actor=request.actor, token=token, newcomer=newcomer)
    del request.session[KEY]
    login(request, person, backend=BACKEND)
    UserSession.objects.create_from_request(request)  # listed at once, so that it can be ended
    # They typed the password a moment ago: setting up a second factor need not ask again.
    record_authentication(request, person, "password", email=person.email, reauthenticated=True)
    messages.success(request, gettext("Selamat datang. Peran Anda sudah berlaku."))
    return redirect("people:mine")
