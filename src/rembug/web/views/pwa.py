"""What makes the site installable and useful without network: manifest, service worker, offline page."""

import hashlib

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from rembug.lib.request import Request
from rembug.web import queries

# Pages and files that the phone keeps so that a report can be begun without network.
PAGES = ("/lapor/", "/saya/laporan/", "/luring/")
MODULES = (
    "db",
    "flow",
    "keep",
    "mine",
    "outbox",
    "photo",
    "place",
    "prepare",
    "review",
    "says",
    "send",
    "waiting",
)
FILES = (
    "web/app.css",
    "web/icons.svg",
    "web/depth.svg",
    "web/lattice.svg",
    "web/mark.svg",
    "reports/flow.css",
    *(f"reports/{name}.js" for name in MODULES),
)


@require_safe
def worker(request: Request) -> HttpResponse:
    """Return the service worker; its bytes change when any file it keeps changes, so that phones update."""
    files = [*map(static, FILES), "/lapor/peta.svg"]
    version = hashlib.sha256("\n".join([*PAGES, *files]).encode()).hexdigest()[:12]
    context = {"version": version, "pages": PAGES, "files": files}
    response = render(request, "web/sw.js", context, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'"
    )
    return response


@require_safe
@cache_control(public=True, max_age=3600)
def manifest(request: Request) -> JsonResponse:
    """Return the web app manifest."""
    city = queries.face(request.city).name
    icons = [
        {"src": static("web/app-192.png"), "sizes": "192x192", "type": "image/png"},
        {"src": static("web/app-512.png"), "sizes": "512x512", "type": "image/png"},
        {
            "src": static("web/app-maskable-512.png"),
            "sizes": "512x512",
            "type": "image/png",
            "purpose": "maskable",
        },
    ]
    shortcut = {"name": gettext("Lapor"), "url": "/lapor/", "icons": icons[:1]}
    body = {
        "id": "/",
        "name": f"Rembug {city}",
        "short_name": "Rembug",
        "description": gettext("Lapor rob dan lihat tindak lanjutnya."),
        "lang": "id",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbf8f2",
        "theme_color": "#1f3a68",
        "icons": icons,
        "shortcuts": [shortcut],
    }
    return JsonResponse(body, content_type="application/manifest+json")


@require_safe
def offline(request: Request) -> HttpResponse:
    """Show what still works without network."""
    return render(request, "web/offline.html")
