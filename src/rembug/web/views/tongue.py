"""The language switch: a plain form, kept in a cookie."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from rembug.lib.request import Request
from rembug.web.forms import TongueForm

YEAR_S = 31_536_000


@require_POST
def switch(request: Request) -> HttpResponse:
    """Remember the language and go back to the page where the switch stood."""
    form = TongueForm(request.POST)
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = HttpResponseRedirect(back)
    if form.is_valid():
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            form.cleaned_data["language"],
            max_age=YEAR_S,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return response
