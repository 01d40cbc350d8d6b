"""What every page shows around its content: the city's name, the destinations that exist, the languages."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy

from rembug.alerts.closing import closed
from rembug.alerts.queries.banner import banner
from rembug.lib.actor import ANONYMOUS
from rembug.web import queries
from rembug.web.ways import PAGES

# Path, name, icon. A destination is shown once it answers: nobody is sent to a page that does not exist.
DESTINATIONS = (
    ("/", gettext_lazy("Beranda"), "home"),
    ("/peta/", gettext_lazy("Peta"), "map"),
    ("/lapor/", gettext_lazy("Lapor"), "report"),
    ("/usulan/", gettext_lazy("Usulan"), "proposal"),
    ("/saya/", gettext_lazy("Saya"), "me"),
)
FOOT = (
    ("/tentang/", gettext_lazy("Tentang Rembug"), ""),
    ("/data/", gettext_lazy("Data terbuka"), ""),
    ("/rob/", gettext_lazy("Kapan rob datang?"), ""),
    ("/kalibrasi/", gettext_lazy("Seberapa tepat kami"), ""),
    ("/kasus/", gettext_lazy("Kasus"), ""),
    ("/peringatan/", gettext_lazy("Peringatan"), ""),
    ("/ajakan/", gettext_lazy("Ajakan"), ""),
    ("/pertemuan/", gettext_lazy("Pertemuan"), ""),
    ("/usulan/", gettext_lazy("Usulan"), ""),
    ("/komitmen/", gettext_lazy("Komitmen"), ""),
    ("/survei/", gettext_lazy("Survei"), ""),
    ("/peta-warga/", gettext_lazy("Peta warga"), ""),
    ("/fasilitas/", gettext_lazy("Fasilitas"), ""),
    ("/hibah/", gettext_lazy("Hibah dan bantuan"), ""),
    ("/neraca/", gettext_lazy("Neraca empat aktor"), ""),
    ("/program-rob/", gettext_lazy("Program rob"), ""),
    ("/jejak/", gettext_lazy("Jejak suara saya"), ""),
    ("/minggu/", gettext_lazy("Minggu ini"), ""),
    ("/kalender/", gettext_lazy("Kalender bersama"), ""),
    ("/belajar/", gettext_lazy("Belajar"), ""),
    ("/catatan/", gettext_lazy("Catatan publik"), ""),
    ("/pihak/", gettext_lazy("Daftar pihak"), ""),
    ("/rahasia/", gettext_lazy("Laporan rahasia"), ""),
)
DESKS = (
    ("/kerja/", gettext_lazy("Laporan"), ""),
    ("/kerja/kasus/", gettext_lazy("Kasus"), ""),
    ("/kerja/kasus/cek-ulang/", gettext_lazy("Cek ulang"), ""),
    ("/kerja/kasus/angka/", gettext_lazy("Angka penanganan"), ""),
    ("/kerja/peringatan/", gettext_lazy("Peringatan"), ""),
    ("/kerja/ajakan/", gettext_lazy("Ajakan"), ""),
    ("/kerja/pertemuan/", gettext_lazy("Pertemuan"), ""),
    ("/kerja/usulan/", gettext_lazy("Usulan"), ""),
    ("/kerja/komitmen/", gettext_lazy("Komitmen"), ""),
    ("/kerja/kelas/", gettext_lazy("Kelas"), ""),
    ("/kerja/pesan/", gettext_lazy("Pesan masuk"), ""),
    ("/kerja/rahasia/", gettext_lazy("Rahasia"), ""),
    ("/kerja/data-dukung/baru/", gettext_lazy("Data dukung"), ""),
    ("/kerja/survei/", gettext_lazy("Survei"), ""),
    ("/kerja/peta-warga/", gettext_lazy("Peta warga"), ""),
    ("/kerja/fasilitas/", gettext_lazy("Fasilitas"), ""),
    ("/kerja/hibah/", gettext_lazy("Hibah dan bantuan"), ""),
)
TONGUES = (
    {"code": "id", "short": "ID", "name": "Bahasa Indonesia"},
    {"code": "en", "short": "EN", "name": "English"},
)
MANIFEST = "/manifest.webmanifest"


@dataclass(frozen=True, slots=True)
class Place:
    """One destination of the navigation; `here` marks the page that is open."""

    path: str
    name: str
    icon: str
    here: bool


def shell(request: HttpRequest) -> dict[str, object]:
    """Give templates `shell`; nothing is read before a template asks for it."""
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> dict[str, object]:
    face = queries.face(getattr(request, "city", ""))
    return {
        "city_name": face.name,
        "simulated": face.simulated,
        "emergency": face.emergency,
        "places": _places(DESTINATIONS, request.path),
        "foot": _places(FOOT, request.path),
        "alerts": banner(face.slug, closed(request)),
        "desks": _desks(request),
        "thread": thread_of(request),
        "tongues": TONGUES,
        "manifest": MANIFEST if exists(MANIFEST) else "",
    }


def _desks(request: HttpRequest) -> list[Place]:
    """Return the desks that the permission table opens to the caller's roles; the open page is marked."""
    roles = {grant.role for grant in getattr(request, "actor", ANONYMOUS).grants}
    mine = (desk for desk in DESKS if exists(desk[0]) and roles & roles_at(desk[0]))
    return [Place(path, str(name), icon, request.path == path) for path, name, icon in mine]


def thread_of(request: HttpRequest) -> str:
    """Return the address of the thread that the open page belongs to; "" where it belongs to none."""
    match = request.resolver_match
    if match is None:
        return ""
    kind = next((kind for kind, names in PAGES.items() if match.view_name in names), "")
    code = match.kwargs.get("code") or match.kwargs.get("slug") or ""
    return reverse("web:thread", args=[kind, code]) if kind and code else ""


def _places(table: tuple[tuple[str, object, str], ...], path: str) -> list[Place]:
    return [
        Place(there, str(name), icon, path == there or (there != "/" and path.startswith(there)))
        for there, name, icon in table
        if exists(there)
    ]


@lru_cache
def roles_at(path: str) -> frozenset[str]:
    """Return the roles that the permission table lets into an address of staff."""
    access = import_string(settings.ACCESS_TABLE).get(resolve(path).view_name)
    return frozenset(access.who) if access and not isinstance(access.who, str) else frozenset()


@lru_cache
def exists(path: str) -> bool:
    """Tell whether an address answers on this site."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
