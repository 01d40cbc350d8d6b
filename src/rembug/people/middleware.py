"""Who acts in this request, and whether they may call this address at all."""

import logging
from collections.abc import Callable, Mapping
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext

from rembug.lib.access import PUBLIC, SIGNED_IN, Access
from rembug.lib.actor import Actor, Grant
from rembug.lib.errors import NotAllowed, NotFound, RembugError, TooMany
from rembug.lib.origin import host_of
from rembug.people import device, second_factor
from rembug.people.queries import persons

logger = logging.getLogger("rembug.access")
GetResponse = Callable[[HttpRequest], HttpResponse]


class ActorMiddleware:
    """Sets `request.actor`. A request without session cookie costs no query: intake must stay fast."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.withheld = ()  # type: ignore[attr-defined]  # grants that wait for a second factor
        request.actor = self._actor(request)  # type: ignore[attr-defined]
        response = self.get_response(request)
        device.set_cookie(request, response)
        return response

    def _actor(self, request: HttpRequest) -> Actor:
        device_hash = device.read(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            person = request.user
            # Only now, with each request: a role that was given or ended counts at once.
            grants = persons.grants_of(person)
            waiting = tuple(grant for grant in grants if second_factor.needed(grant.role))
            if waiting and not second_factor.given(request):
                request.withheld = waiting  # type: ignore[attr-defined]
                grants = tuple(grant for grant in grants if grant not in waiting)
            return Actor(person.public_id, "person", grants, person.pk, device_hash)
        return device.actor(device_hash)


class AccessMiddleware:
    """Refuses every address that is not in the table, and every caller whom the table does not name."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.table: Mapping[str, Access] = import_string(settings.ACCESS_TABLE)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Compare the caller with the line of this address."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        access = self.table.get(name)
        if access is None:
            logger.error("address %r is not in the permission table and is refused", name)
            return refuse(request, NotAllowed(gettext("Halaman ini belum dibuka.")))
        if access.who == PUBLIC:
            return None
        return self._check(request, access)

    def _check(self, request: HttpRequest, access: Access) -> HttpResponse | None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        withheld: tuple[Grant, ...] = request.withheld  # type: ignore[attr-defined]
        if actor.kind != "person":
            return ask_to_sign_in(request)
        if access.second_factor and not second_factor.given(request):
            return ask_for_second_factor(request)
        if access.who == SIGNED_IN:
            return None
        city = getattr(request, "city", settings.DEFAULT_CITY)
        if _holds(actor.grants, access, city):
            return None
        if _holds(withheld, access, city):
            return ask_for_second_factor(request)
        logger.warning(
            "refused %s to %s", request.resolver_match and request.resolver_match.view_name, actor.public_id
        )
        return refuse(request, NotAllowed(gettext("Anda belum punya hak untuk halaman ini.")))

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """Show a refusal that an action or a query raised; other faults are not ours."""
        return refuse(request, fault) if isinstance(fault, NotAllowed | NotFound | TooMany) else None


def _holds(grants: tuple[Grant, ...], access: Access, city: str) -> bool:
    return any(grant.city == city and grant.role in access.who for grant in grants)


def wants_json(request: HttpRequest) -> bool:
    """Tell whether a program asks rather than a person's browser."""
    accept = request.headers.get("Accept", "")
    return request.path.startswith("/api/") or ("json" in accept and "text/html" not in accept)


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a person to the sign-in page and back; tell a program plainly."""
    if wants_json(request):
        return _problem("sign-in", gettext("Masuk dulu."), 401)
    if request.method == "POST" and request.headers.get("HX-Request") != "true":
        return _keep_words(request)
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    answer = redirect_to_login(back)
    return _htmx_aware(request, answer)


def _keep_words(request: HttpRequest) -> HttpResponse:
    """Say that the session ended before this form arrived, and give back the sentences that were typed in it.

    Secrets are never given back: nothing of the confidential desk, no field of a password.
    """
    came = request.headers.get("Referer", "")
    back = urlsplit(came).path if host_of(came) == request.get_host() else "/kerja/"
    match = request.resolver_match
    typed = [] if match and match.app_name == "confidential" else request.POST.items()
    words = [str(said) for name, said in typed if "pass" not in name and " " in str(said).strip()]
    page = {"words": words[:20], "door": f"{reverse('account_login')}?{urlencode({'next': back})}"}
    answer = render(request, "people/ended.html", page, status=403)
    answer["Cache-Control"] = "private, no-store"
    return answer


def ask_for_second_factor(request: HttpRequest) -> HttpResponse:
    """Send a person to give, or first to set up, the second factor that their role needs."""
    if wants_json(request):
        return _problem("second-factor", gettext("Peran Anda memerlukan pengaman kedua."), 403)
    back = request.get_full_path() if request.method in {"GET", "HEAD"} else "/"
    where = second_factor.page_to_give(request.user)
    query = {"next": back} if where else {"next": back, "perlu": "1"}
    return _htmx_aware(request, HttpResponseRedirect(f"{reverse(where or 'mfa_index')}?{urlencode(query)}"))


def _htmx_aware(request: HttpRequest, answer: HttpResponseRedirect) -> HttpResponse:
    if request.headers.get("HX-Request") != "true":
        return answer
    return HttpResponse(status=401, headers={"HX-Redirect": answer.url})


def refuse(request: HttpRequest, fault: RembugError) -> HttpResponse:
    """Say no: what happened and what to do, without telling more about the object."""
    if wants_json(request):
        return _problem(fault.code, fault.message, fault.status)
    return render(
        request, "people/denied.html", {"message": fault.message, "fault": fault}, status=fault.status
    )


def _problem(code: str, title: str, status: int) -> HttpResponse:
    body = {"type": f"/masalah/{code}", "title": title, "status": status}
    return JsonResponse(body, status=status, content_type="application/problem+json")
