"""Pages for what went wrong: what happened, what was kept, what to do."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext

from rembug.lib.origin import is_foreign
from rembug.lib.request import Request
from rembug.reports.views.flow import resume


@dataclass(frozen=True, slots=True)
class Trouble:
    """The three sentences of an error page."""

    title: str
    kept: str
    remedy: str


def bad_request(request: Request, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """400: the request cannot be read."""
    trouble = Trouble(
        gettext("Permintaan ini tidak terbaca."),
        gettext("Tidak ada yang berubah. Laporan Anda di ponsel tetap tersimpan."),
        gettext("Kembali, lalu coba sekali lagi."),
    )
    return _page(request, trouble, 400)


def denied(request: Request, exception: Exception) -> HttpResponse:
    """403: this person may not do this here."""
    said = str(exception)
    trouble = Trouble(
        said if said.endswith(".") else gettext("Halaman ini bukan untuk umum."),
        gettext("Tidak ada yang berubah."),
        gettext("Masuk dengan akun yang berhak, atau kembali ke beranda."),
    )
    return _page(request, trouble, 403)


def missing(request: Request, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """404: there is nothing at this address."""
    trouble = Trouble(
        gettext("Halaman ini tidak ada."),
        gettext("Laporan yang sudah diterima tidak hilang. Alamatnya mungkin salah ketik."),
        gettext("Periksa alamatnya, atau cari dari peta dan daftar."),
    )
    return _page(request, trouble, 404)


def stale_form(request: Request, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """403 of the CSRF check: the form was open too long, or cookies are off. A report goes on where it was.

    What another site sent is no report of this person: nothing of it is shown.
    """
    if request.path == reverse("reports:flow") and not is_foreign(request):
        return resume(request)
    trouble = Trouble(
        gettext("Formulir ini sudah kedaluwarsa."),
        gettext("Isian Anda belum terkirim. Draf di ponsel tetap tersimpan."),
        gettext("Kembali, muat ulang halaman, lalu kirim lagi. Cookie harus menyala."),
    )
    return _page(request, trouble, 403)


def broken(request: Request) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """500: our fault. The page needs neither database nor session, which may be what failed."""
    return HttpResponse(render_to_string("web/broken.html"), status=500)


def _page(request: Request, trouble: Trouble, status: int) -> HttpResponse:
    # A post of another site comes without our cookies: a form here would set a new CSRF cookie over this person's own.
    bare = request.method == "POST" and is_foreign(request)
    page = {"trouble": trouble, "status": status, "bare": bare}
    return render(request, "web/trouble.html", page, status=status)
